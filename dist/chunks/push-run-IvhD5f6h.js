import { t as pushRun } from "./push-run-aoxOlI_N.js";

export { pushRun };