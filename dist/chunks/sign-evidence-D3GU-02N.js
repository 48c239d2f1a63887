import { t as signEvidence } from "./sign-evidence-C5kJc2fZ.js";

export { signEvidence };