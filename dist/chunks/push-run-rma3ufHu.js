import { t as pushRun } from "./push-run-C5PwOyXi.js";

export { pushRun };