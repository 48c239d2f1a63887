import { t as sealRun } from "./seal-run-mkHq2Y2I.js";

export { sealRun };