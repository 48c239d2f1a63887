import { t as pushRun } from "./push-run-Df4zNBSB.js";

export { pushRun };