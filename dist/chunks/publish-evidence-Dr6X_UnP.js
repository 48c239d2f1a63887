import { t as publishEvidence } from "./publish-evidence-BXufqV3w.js";

export { publishEvidence };