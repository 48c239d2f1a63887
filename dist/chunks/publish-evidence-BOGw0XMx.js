import { t as publishEvidence } from "./publish-evidence-C3OClXBk.js";

export { publishEvidence };