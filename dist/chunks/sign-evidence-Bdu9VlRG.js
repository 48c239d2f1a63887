import { t as signEvidence } from "./sign-evidence-DK1wOFoD.js";

export { signEvidence };