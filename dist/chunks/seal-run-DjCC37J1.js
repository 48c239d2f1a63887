import { t as sealRun } from "./seal-run-BLLAinWd.js";

export { sealRun };