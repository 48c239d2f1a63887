import { t as pushRun } from "./push-run-xsJUSQ7j.js";

export { pushRun };