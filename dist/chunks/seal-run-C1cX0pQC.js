import { t as sealRun } from "./seal-run-D2K3dcQ6.js";

export { sealRun };