import { t as relayLimits } from "./relay-limits-C2ELTpho.js";

export { relayLimits };