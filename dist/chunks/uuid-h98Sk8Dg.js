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

export { makeUuidV7 as t };