import { t as isObject } from "./json-DncajuVf.js";
import { n as KeyError } from "./errors-CCP6iRFo.js";
import { r as parseTrustedKey } from "./keys-Ck0aianH.js";
import { createPublicKey } from "node:crypto";

// src/seal/jwks.ts
/** Keys that one key set may hold: a server that turns its key over daily has listed this many after three years. */
const MOST_KEYS = 1e3;
/** RFC 8410, section 4: what stands before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo. */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const KEY_BYTES = 32;
/**
* The Ed25519 keys of a JSON Web Key Set (RFC 7517, RFC 8037) that came from anyone. Keys of other kinds are passed over:
* one set may serve several uses.
* @throws KeyError when it is no key set, or holds a private key, which makes the whole set worthless
*/
function parseJwks(value) {
	const members = isObject(value) ? value["keys"] : void 0;
	if (!Array.isArray(members)) throw new KeyError("not_jwks", "this is no JSON Web Key Set: an object with the array \"keys\" is needed (RFC 7517)");
	if (members.length > MOST_KEYS) throw new KeyError("not_jwks", `the key set holds ${members.length} keys; at most ${MOST_KEYS} are read`);
	const parsed = {
		keys: [],
		ignored: []
	};
	for (const [index, member] of members.entries()) {
		const result = parseJwk(member, `/keys/${index}`);
		if (typeof result === "string") parsed.ignored.push(result);
		else if (!parsed.keys.some(({ keyid }) => keyid === result.keyid)) parsed.keys.push(result);
	}
	return parsed;
}
/** The public half as the key set lists it: kid is the keyid of the envelope's signatures. @param publicPem SPKI */
function toJwk(publicPem) {
	const { keyid } = parseTrustedKey(publicPem);
	const { x = "" } = createPublicKey(publicPem).export({ format: "jwk" });
	return {
		kty: "OKP",
		crv: "Ed25519",
		alg: "EdDSA",
		use: "sig",
		kid: keyid,
		x
	};
}
function parseJwk(member, at) {
	if (!isObject(member)) return `${at} is no object`;
	if (member["d"] !== void 0) throw new KeyError("wrong_half", `${at} holds a private key ("d"): whoever has read this set can sign with it`);
	const { kty, crv, use, alg, x, kid } = member;
	if (kty !== "OKP" || crv !== "Ed25519") return `${at} is no Ed25519 key`;
	if (use !== void 0 && use !== "sig") return `${at} is not for signatures`;
	if (alg !== void 0 && alg !== "EdDSA" && alg !== "Ed25519") return `${at} is for another algorithm than EdDSA`;
	if (typeof x !== "string" || !/^[A-Za-z0-9_-]{43}$/.test(x)) return `${at} has no "x" of ${KEY_BYTES} bytes`;
	const bytes = Buffer.from(x, "base64url");
	if (bytes.length !== KEY_BYTES || bytes.toString("base64url") !== x) return `${at} has no "x" of ${KEY_BYTES} bytes`;
	const key = toTrustedKey(bytes);
	if (key === void 0) return `${at} has an "x" that is no point of the curve`;
	if (kid !== void 0 && kid !== key.keyid) return `${at} has a "kid" that is not the SHA-256 of its key`;
	return key;
}
function toTrustedKey(x) {
	const body = Buffer.concat([SPKI_PREFIX, x]).toString("base64");
	try {
		return parseTrustedKey(`-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----\n`);
	} catch {
		return;
	}
}

export { toJwk as n, parseJwks as t };