import { t as CodedError } from "./errors-B6vIz8YT.js";

// src/seal/errors.ts
var EnvelopeError = class extends CodedError {};
/** Why a record was not sealed. */
var SealError = class extends CodedError {};
/** Why a PEM text or a JSON Web Key Set is no key for Quoderat. Never holds key material, not even as a cause. */
var KeyError = class extends CodedError {};

export { KeyError as n, SealError as r, EnvelopeError as t };