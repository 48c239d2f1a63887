import { t as sealRun } from "./seal-run-CVrkkI7V.js";

export { sealRun };