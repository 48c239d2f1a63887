import { t as relayLimits } from "./relay-limits-CZktj8Iq.js";

export { relayLimits };