import { t as publishEvidence } from "./publish-evidence-BJV-YYCN.js";

export { publishEvidence };