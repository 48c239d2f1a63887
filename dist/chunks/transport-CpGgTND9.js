import { n as toTransportError, t as makeTransport } from "./transport-BhdfeGlS.js";

export { makeTransport, toTransportError };