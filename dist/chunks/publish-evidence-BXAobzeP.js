import { t as publishEvidence } from "./publish-evidence-DTXrVQM9.js";

export { publishEvidence };