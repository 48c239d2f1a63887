import { t as publishEvidence } from "./publish-evidence-CSurYkJx.js";

export { publishEvidence };