import { n as makeSealDeadline, r as startRelay, t as findServerFault } from "./run-relay-D4Ev7DxW.js";

export { findServerFault, makeSealDeadline, startRelay };