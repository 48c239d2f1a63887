import { n as makeSealDeadline, r as startRelay, t as findServerFault } from "./run-relay-C-UOIznS.js";

export { findServerFault, makeSealDeadline, startRelay };