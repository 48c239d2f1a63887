import { t as sealRun } from "./seal-run-DB5l4OsN.js";

export { sealRun };