import { t as sealRun } from "./seal-run-CBC4-maD.js";

export { sealRun };