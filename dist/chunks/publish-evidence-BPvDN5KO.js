import { t as publishEvidence } from "./publish-evidence-DdxSomUS.js";

export { publishEvidence };