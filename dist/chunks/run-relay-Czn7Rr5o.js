import { n as makeSealDeadline, r as startRelay, t as findServerFault } from "./run-relay-Djo1fA3U.js";

export { findServerFault, makeSealDeadline, startRelay };