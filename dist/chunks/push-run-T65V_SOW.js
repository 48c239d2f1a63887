import { t as pushRun } from "./push-run-CzgjGF2D.js";

export { pushRun };