import { t as pushRun } from "./push-run-C13rJsYf.js";

export { pushRun };