import { t as sealRun } from "./seal-run-Dn7jBrkI.js";

export { sealRun };