import { t as signEvidence } from "./sign-evidence-vmlJdnKK.js";

export { signEvidence };