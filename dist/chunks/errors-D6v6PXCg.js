import { t as CodedError } from "./errors-B6vIz8YT.js";

// src/relay/errors.ts
/** Why the server could not be asked, or what it refused. Never holds a token, a header or a body. */
var RelayError = class extends CodedError {
	retryable;
	retryAfterMs;
	missing;
	constructor(code, message, facts) {
		super(code, message, { cause: facts.cause });
		this.retryable = facts.retryable;
		this.retryAfterMs = facts.retryAfterMs ?? 0;
		this.missing = facts.missing ?? [];
	}
};

export { RelayError as t };