import { t as sealRun } from "./seal-run-C8YNrJxZ.js";

export { sealRun };