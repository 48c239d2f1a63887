import { t as sealRun } from "./seal-run-DJQMtFGk.js";

export { sealRun };