import { n as toTransportError, t as makeTransport } from "./transport-CkaV5YfR.js";

export { makeTransport, toTransportError };