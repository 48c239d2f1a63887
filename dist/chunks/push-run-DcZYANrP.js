import { t as pushRun } from "./push-run-BNGN-Aq9.js";

export { pushRun };