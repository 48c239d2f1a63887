import { hash } from "node:crypto";

// src/lib/hash.ts
/** SHA-256 of bytes, or of a string's UTF-8, as 64 lower-case hex digits. */
function sha256(data) {
	return hash("sha256", data, "hex");
}

export { sha256 as t };