import { t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { Readable } from "node:stream";
import { createHash } from "node:crypto";

// src/server/artifacts/store.ts
var ArtifactError = class extends CodedError {};
/** Lets go of what bytes hold (a file, a connection), also when none was read: an iterator that did not begin ends nothing. */
function letGo(bytes) {
	if (bytes instanceof Readable) bytes.destroy();
	else bytes[Symbol.asyncIterator]().return?.().catch(() => {});
}
const DIGEST = /^[0-9a-f]{64}$/;

// src/server/artifacts/digesting.ts
/**
* The same bytes, and at their end a throw unless they have that digest: whoever consumes it keeps nothing before it
* ended without one.
* @throws ArtifactError too_large with the first byte too many; digest_mismatch
*/
async function* digesting(sha256, bytes, maxBytes) {
	const hash = createHash("sha256");
	let size = 0;
	for await (const chunk of bytes) {
		size += chunk.length;
		if (size > maxBytes) throw new ArtifactError("too_large", `the artifact has more than the ${maxBytes} bytes that this server takes`);
		hash.update(chunk);
		yield chunk;
	}
	const found = hash.digest("hex");
	if (found !== sha256) throw new ArtifactError("digest_mismatch", `the ${size} bytes that came have the SHA-256 ${found}, not ${sha256}`);
}
const defaultPatience = {
	idleMs: limits.slowBodyIdleMs,
	graceMs: limits.slowBodyGraceMs,
	bytesPerMs: limits.slowBodyBytesPerMs
};
/**
* The same bytes from a client that may be slow or gone: each piece is waited for so long, and after a grace their
* average must keep up with a least rate, so that a trickle does not hold a place for hours.
* @param now milliseconds, monotonic
* @throws ArtifactError request_timeout; cut_off when the body breaks off
*/
async function* patiently(bytes, now, { idleMs, graceMs, bytesPerMs } = defaultPatience) {
	const begin = now();
	let size = 0;
	const iterator = bytes[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await withPatience(iterator.next());
			if (next.done === true) return;
			size += next.value.length;
			if (now() - begin > graceMs + size / bytesPerMs) throw toTooSlow(size);
			yield next.value;
		}
	} finally {
		iterator.return?.().catch(() => {});
	}
	async function withPatience(next) {
		let timer;
		const patience = new Promise((_resolve, reject) => {
			timer = setTimeout(() => reject(toTooSlow(size)), idleMs);
		});
		try {
			return await Promise.race([next, patience]);
		} catch (error) {
			next.catch(() => {});
			if (error instanceof ArtifactError) throw error;
			throw new ArtifactError("cut_off", `the body broke off after ${size} bytes`, { cause: error });
		} finally {
			clearTimeout(timer);
		}
	}
}
function toTooSlow(size) {
	return new ArtifactError("request_timeout", `the body came too slowly: ${size} bytes, then the server gave up`);
}

// src/lib/turns.ts
/**
* A bound to what a kind of work takes at once (memory, a processor). The number that waits is for the caller to bound.
* @param atOnce at least 1
*/
function makeTurns(atOnce) {
	let running = 0;
	const waiting = [];
	return async (work) => {
		if (running < atOnce) running += 1;
		else await new Promise((resolve) => waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next === void 0) running -= 1;
			else next();
		}
	};
}

export { DIGEST as a, ArtifactError as i, digesting as n, letGo as o, patiently as r, makeTurns as t };