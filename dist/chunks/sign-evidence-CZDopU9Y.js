import { n as signEvidence, t as readSigned } from "./sign-evidence-BCo1kbue.js";

export { signEvidence };