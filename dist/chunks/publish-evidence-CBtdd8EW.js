import { t as publishEvidence } from "./publish-evidence-DubojJ2b.js";

export { publishEvidence };