import { t as sealRun } from "./seal-run-_PovbOZS.js";

export { sealRun };