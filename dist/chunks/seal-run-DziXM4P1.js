import { t as sealRun } from "./seal-run-Df8rOc5I.js";

export { sealRun };