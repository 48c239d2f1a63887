import { n as makeSealDeadline, r as startRelay, t as findServerFault } from "./run-relay-CO754Why.js";

export { findServerFault, makeSealDeadline, startRelay };