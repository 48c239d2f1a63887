import { n as toTransportError, t as makeTransport } from "./transport-BXrMxVJ2.js";

export { makeTransport, toTransportError };