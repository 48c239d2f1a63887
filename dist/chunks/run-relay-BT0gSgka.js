import { n as makeSealDeadline, r as startRelay, t as findServerFault } from "./run-relay-CihbV2xK.js";

export { findServerFault, makeSealDeadline, startRelay };