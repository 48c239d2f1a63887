import { n as makeSealDeadline, r as startRelay, t as findServerFault } from "./run-relay-CHhcRKcj.js";

export { findServerFault, makeSealDeadline, startRelay };