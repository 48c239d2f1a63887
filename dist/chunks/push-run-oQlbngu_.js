import { t as pushRun } from "./push-run-DpsviYee.js";

export { pushRun };