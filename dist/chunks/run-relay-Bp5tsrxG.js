import { n as makeSealDeadline, r as startRelay, t as findServerFault } from "./run-relay-Q_PLcdql.js";

export { findServerFault, makeSealDeadline, startRelay };