import { t as sealRun } from "./seal-run-BnCTaSwu.js";

export { sealRun };