import { t as pushRun } from "./push-run-DOaQVPo7.js";

export { pushRun };