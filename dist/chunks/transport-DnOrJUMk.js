import { n as toTransportError, t as makeTransport } from "./transport-26u_9TP3.js";

export { makeTransport, toTransportError };