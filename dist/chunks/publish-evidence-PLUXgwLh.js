import { t as publishEvidence } from "./publish-evidence-Dse4F2Zt.js";

export { publishEvidence };