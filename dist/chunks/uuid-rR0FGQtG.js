// src/lib/uuid.ts
/**
* UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits.
* @param now milliseconds since the epoch
* @param random ten random bytes
*/
function makeUuidV7(now, random) {
	const hex = now.toString(16).padStart(12, "0") + Buffer.from(random.subarray(0, 10)).toString("hex");
	const variant = (Number.parseInt(hex.charAt(16), 16) & 3 | 8).toString(16);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
/** Whether a text is a UUIDv7 in its one spelling, and nothing else that an address could be led astray by. */
function isUuidV7(text) {
	return /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}

export { makeUuidV7 as n, isUuidV7 as t };