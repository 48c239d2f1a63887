import { t as relayLimits } from "./relay-limits-DmsqtKLA.js";

export { relayLimits };