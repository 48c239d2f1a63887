// src/render/digest.ts
/** A SHA-256 as people compare it at a glance: `sha256:7be1…04c2`. */
function toShortDigest(sha256) {
	return `sha256:${sha256.slice(0, 4)}…${sha256.slice(-4)}`;
}
/** A git object name as people write it. */
function toShortCommit(objectName) {
	return objectName.slice(0, 7);
}

export { toShortDigest as n, toShortCommit as t };