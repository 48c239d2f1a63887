import { t as relayLimits } from "./relay-limits-WMc-nyWl.js";

export { relayLimits };