import { t as sealRun } from "./seal-run-CnCRWm88.js";

export { sealRun };