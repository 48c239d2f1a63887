import { t as CodedError } from "./errors-B6vIz8YT.js";

// src/sign/errors.ts
var SignError = class extends CodedError {};
/** Why a file cannot serve as the trusted root, or why none could be fetched. */
var TrustError = class extends CodedError {};

export { TrustError as n, SignError as t };