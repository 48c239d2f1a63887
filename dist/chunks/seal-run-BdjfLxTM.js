import { t as sealRun } from "./seal-run-DUYFmTSX.js";

export { sealRun };