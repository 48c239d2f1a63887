import { n as makeSealDeadline, r as startRelay, t as findServerFault } from "./run-relay-BLPTj2rG.js";

export { findServerFault, makeSealDeadline, startRelay };