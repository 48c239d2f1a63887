import { t as publishEvidence } from "./publish-evidence-By9kGQsM.js";

export { publishEvidence };