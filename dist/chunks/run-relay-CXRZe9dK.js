import { n as makeSealDeadline, r as startRelay, t as findServerFault } from "./run-relay-CzlhqQIq.js";

export { findServerFault, makeSealDeadline, startRelay };