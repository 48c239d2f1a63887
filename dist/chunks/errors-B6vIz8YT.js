// src/lib/errors.ts
/**
* The base of the one error class that each seam has. `code` is from a closed set; the message says what, which and
* what to do, and never holds a token, a header object or an environment.
*/
var CodedError = class extends Error {
	code;
	constructor(code, message, options) {
		super(message, options);
		this.name = new.target.name;
		this.code = code;
	}
};
/** The sentence to show for anything that was thrown. */
function toMessage(error) {
	return error instanceof Error ? error.message : String(error);
}
/** The system's word for what went wrong (`ENOENT`, `ENOSPC` ...); undefined when it was not the system. */
function toErrorCode(error) {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : void 0;
}

export { toErrorCode as n, toMessage as r, CodedError as t };