import { t as signEvidence } from "./sign-evidence-C3oENgMk.js";

export { signEvidence };