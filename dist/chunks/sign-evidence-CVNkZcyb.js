import { n as signEvidence, t as readSigned } from "./sign-evidence-0fL80Jw2.js";

export { signEvidence };