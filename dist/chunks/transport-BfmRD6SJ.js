import { n as toTransportError, t as makeTransport } from "./transport-BHRaHNGu.js";

export { makeTransport, toTransportError };