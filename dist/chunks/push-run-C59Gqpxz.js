import { t as pushRun } from "./push-run-Cw9VDAXA.js";

export { pushRun };