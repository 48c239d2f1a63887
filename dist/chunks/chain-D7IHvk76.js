import { t as limits } from "./limits-DSc7_a2H.js";
import { t as EnvelopeError } from "./errors-CCP6iRFo.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { D as string, E as strictObject, S as literal, T as record, _ as base64, a as sha256Hex, c as timestamp, g as array, h as _enum, l as uuidV7, t as count } from "./primitives-B201jKT5.js";
import { n as toCanonicalJson } from "./canonical-CfWXMl1o.js";
import { s as runRecord, u as worker } from "./record-CgEmn-RJ.js";
import { i as toPreAuthEncoding, r as payloadTypes } from "./dsse-AEBoNKPY.js";

// src/schema/envelope.ts
/** Who sealed. embedded: the same process that ran the steps; server: another party that received them. */
const producer = strictObject({
	name: string(),
	version: string(),
	component: _enum(["server", "embedded"]),
	instance: string().optional(),
	worker
});
/** Codes, explained in docs/envelope.md: what the record shows by itself, and what nobody may read into it. */
const claims = strictObject({
	mechanical: array(string()),
	no_claims: array(string())
});
const chainEntry = strictObject({
	index: count,
	pointer: string(),
	payload_sha256: sha256Hex,
	prev_entry_hash: sha256Hex,
	entry_hash: sha256Hex
});
const sealSignature = strictObject({
	keyid: sha256Hex,
	alg: literal("Ed25519"),
	sig: base64()
});
const integrity = strictObject({
	canonicalization: literal("rfc8785-jcs"),
	hash_algorithm: literal("sha256"),
	chain_version: literal(1),
	hash_chain: array(chainEntry).min(1),
	entry_count: count.min(1),
	head_entry_hash: sha256Hex,
	signatures: array(sealSignature)
});
/** The only member outside the seal. */
const unsealed = strictObject({
	location_hints: array(strictObject({
		content_uri: string(),
		location: string()
	})),
	links: record(string(), string())
});
/** The record as it is; of its worker the producer tells. */
const { worker: _worker, ...recorded } = runRecord.shape;
/** Everything that the seal covers: the envelope without `integrity` and `unsealed`. */
const sealedMembers = strictObject({
	schema_version: literal("1.0"),
	evidence_id: uuidV7,
	generated_at: timestamp,
	sealed_at: timestamp,
	producer,
	...recorded,
	claims
});
/** The Evidence Envelope v1 (docs/envelope.md): the authoritative record of one run. */
const envelope = strictObject({
	...sealedMembers.shape,
	integrity,
	unsealed: unsealed.optional()
});

// src/seal/quote.ts
const SHOWN = 120;
/**
* A text from an untrusted file as it may stand in a message: cut, quoted, and printable ASCII only, so that it can
* neither move a terminal's cursor nor pass for other text.
*/
function quote(text) {
	const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
	return JSON.stringify(shown).replaceAll(/[^\x20-\x7e]/g, escapeUnit);
}
function escapeUnit(unit) {
	return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
/** One reference token of a JSON Pointer (RFC 6901, section 3). */
function toPointerToken(name) {
	return `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
/** A path of keys and indexes as a JSON Pointer. */
function toPointer(path) {
	return path.map((name) => toPointerToken(String(name))).join("");
}

// src/seal/json-tokens.ts
const QUOTE = 34;
const BACKSLASH = 92;
/** b f n r t: the escapes that RFC 8785 writes with a letter, by the character that they stand for. */
const LETTER_ESCAPES = /* @__PURE__ */ new Set([
	8,
	9,
	10,
	12,
	13
]);
const CANONICAL_ESCAPES = /* @__PURE__ */ new Set([
	QUOTE,
	BACKSLASH,
	98,
	102,
	110,
	114,
	116
]);
const SLASH = 47;
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
/** The longest number that RFC 8785 writes has 25 characters; longer ones carry digits that a double cannot hold. */
const NUMBER_CHARACTERS = 64;
/** Steps over a string, from its opening to behind its closing quote; tells whether it has escapes. */
function passString(walk) {
	const { bytes } = walk;
	let escaped = false;
	let at = walk.at + 1;
	for (;;) {
		const byte = bytes[at];
		if (byte === void 0) throw notJson(at, "the text ends inside a string");
		if (byte === QUOTE) break;
		if (byte < 32) throw notJson(at, "a control character stands unescaped in a string");
		if (byte === BACKSLASH) {
			escaped = true;
			walk.at = at;
			passEscape(walk);
			at = walk.at;
		} else at += 1;
	}
	walk.at = at + 1;
	return escaped;
}
function passEscape(walk) {
	const byte = walk.bytes[walk.at + 1] ?? 0;
	if (CANONICAL_ESCAPES.has(byte)) walk.at += 2;
	else if (byte === SLASH) {
		walk.canonical = false;
		walk.at += 2;
	} else passUnicodeEscape(walk);
}
function passUnicodeEscape(walk) {
	const start = walk.at;
	const unit = readUnicodeEscape(walk);
	if (unit === void 0) throw notJson(start, "this is no JSON escape");
	const text = latin1(walk.bytes, start, start + 6);
	if (unit >= 32 || LETTER_ESCAPES.has(unit) || text !== text.toLowerCase()) walk.canonical = false;
	if (unit < 55296 || unit > 57343) return;
	const second = unit <= 56319 ? readUnicodeEscape(walk) : void 0;
	if (second === void 0 || second < 56320 || second > 57343) throw new EnvelopeError("lone_surrogate", `byte ${start}: the escape of a surrogate without its other half`);
}
/** The code unit of `\uXXXX` at the walk's place, or undefined when something else stands there. */
function readUnicodeEscape(walk) {
	const text = latin1(walk.bytes, walk.at, walk.at + 6);
	if (!/^\\u[0-9a-fA-F]{4}$/.test(text)) return void 0;
	walk.at += 6;
	return Number.parseInt(text.slice(2), 16);
}
/** Steps over a number and refuses one that would not survive as an IEEE 754 double. */
function passNumber(walk) {
	const { bytes } = walk;
	const start = walk.at;
	let at = start;
	while (isDigit(bytes[at])) at += 1;
	walk.at = at;
	if (at > start && at - start <= 15 && !isNumberByte(bytes[at]) && (bytes[start] !== 48 || at === start + 1)) return;
	while (isNumberByte(bytes[at])) at += 1;
	walk.at = at;
	const text = latin1(bytes, start, Math.min(at, start + NUMBER_CHARACTERS + 1));
	if (text.length > NUMBER_CHARACTERS) throw unsafeNumber(start, text);
	if (!NUMBER.test(text)) throw notJson(start, "this is no JSON value");
	const value = Number(text);
	if (!Number.isFinite(value) || Object.is(value, -0)) throw unsafeNumber(start, text);
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw unsafeNumber(start, text);
	if (String(value) !== text) walk.canonical = false;
}
function isDigit(byte) {
	return byte !== void 0 && byte >= 48 && byte <= 57;
}
/** Digits and `+ - . E e`. */
function isNumberByte(byte) {
	return isDigit(byte) || byte === 43 || byte === 45 || byte === 46 || byte === 69 || byte === 101;
}
/** Steps over true, false or null. */
function passLiteral(walk) {
	for (const literal of [
		"true",
		"false",
		"null"
	]) if (latin1(walk.bytes, walk.at, walk.at + literal.length) === literal) {
		walk.at += literal.length;
		return;
	}
	throw notJson(walk.at, "this is no JSON value");
}
function notJson(at, why) {
	return new EnvelopeError("not_json", `byte ${at}: ${why}`);
}
function unsafeNumber(at, text) {
	return new EnvelopeError("unsafe_number", `byte ${at}: the number ${quote(text)} would not survive as a double`);
}
function latin1(bytes, start, end) {
	const length = Math.max(0, Math.min(end, bytes.length) - start);
	return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString("latin1");
}

// src/seal/json-scan.ts
const decoder = new TextDecoder();
/**
* Reads JSON more strictly than JSON.parse does, in one pass, without recursion and without building values: refuses
* duplicate keys (RFC 8259, section 4, leaves them open), numbers and strings that would change in silence, and anything
* beyond the limits of depth and number of values.
* @param bytes valid UTF-8
* @returns whether the bytes are exactly what RFC 8785 would write
* @throws EnvelopeError with the offset of the byte
*/
function scanJson(bytes) {
	const scan = {
		bytes,
		at: 0,
		canonical: true,
		frames: [],
		keys: [],
		values: 0
	};
	passSpace(scan);
	do
		if (!passValue(scan)) passBehindValue(scan);
	while (scan.frames.length > 0);
	if (scan.at < bytes.length) throw notJson(scan.at, "something follows the end of the document");
	return { canonical: scan.canonical };
}
/** Passes a scalar or an empty container; of any other container only the opening. Tells whether one was opened. */
function passValue(scan) {
	scan.values += 1;
	if (scan.values > limits.envelopeValues) throw new EnvelopeError("too_many_values", `the document holds more than ${limits.envelopeValues} values`);
	const byte = scan.bytes[scan.at];
	if (byte === 34) passString(scan);
	else if (byte === 123 || byte === 91) return openContainer(scan, byte === 123);
	else if (byte === 45 || byte !== void 0 && byte >= 48 && byte <= 57) passNumber(scan);
	else passLiteral(scan);
	return false;
}
function openContainer(scan, isObject) {
	if (scan.frames.length >= limits.jsonDepth) throw new EnvelopeError("too_deep", `byte ${scan.at}: nested more than ${limits.jsonDepth} levels deep`);
	scan.at += 1;
	passSpace(scan);
	if (scan.bytes[scan.at] === (isObject ? 125 : 93)) {
		scan.at += 1;
		return false;
	}
	scan.frames.push({
		isObject,
		firstKey: scan.keys.length,
		seen: null
	});
	if (isObject) passKey(scan);
	return true;
}
/** Passes closing brackets until a comma announces the next value, or the document is over. */
function passBehindValue(scan) {
	for (;;) {
		passSpace(scan);
		const frame = scan.frames.at(-1);
		if (frame === void 0) return;
		const byte = scan.bytes[scan.at];
		if (byte === 44) {
			scan.at += 1;
			passSpace(scan);
			if (frame.isObject) passKey(scan);
			return;
		}
		if (byte !== (frame.isObject ? 125 : 93)) throw notJson(scan.at, "expected a comma or a closing bracket");
		scan.at += 1;
		scan.keys.length = frame.firstKey;
		scan.frames.pop();
	}
}
function passKey(scan) {
	if (scan.bytes[scan.at] !== 34) throw notJson(scan.at, "expected a key");
	const start = scan.at + 1;
	const escaped = passString(scan);
	noteKey(scan, {
		start,
		end: scan.at - 1,
		escaped
	});
	passSpace(scan);
	if (scan.bytes[scan.at] !== 58) throw notJson(scan.at, "expected a colon");
	scan.at += 1;
	passSpace(scan);
}
/** Keys in ascending order cannot repeat; a set of those seen is built when the first one is out of order. */
function noteKey(scan, key) {
	const frame = scan.frames.at(-1);
	if (frame === void 0) return;
	const previous = scan.keys.length > frame.firstKey ? scan.keys.at(-1) : void 0;
	scan.keys.push(key);
	if (frame.seen === null && (previous === void 0 || isBefore(scan.bytes, previous, key))) return;
	scan.canonical = false;
	const name = toName(scan.bytes, key);
	frame.seen ??= new Set(scan.keys.slice(frame.firstKey, -1).map((earlier) => toName(scan.bytes, earlier)));
	if (frame.seen.has(name)) throw new EnvelopeError("duplicate_key", `byte ${key.start}: the key ${quote(name)} stands twice in one object`);
	frame.seen.add(name);
}
/** Whether one key sorts before another by UTF-16 code units: RFC 8785, section 3.2.3. */
function isBefore(bytes, one, other) {
	const length = Math.min(one.end - one.start, other.end - other.start);
	for (let index = 0; index < length; index += 1) {
		const a = bytes[one.start + index] ?? 0;
		const b = bytes[other.start + index] ?? 0;
		if (a > 127 || b > 127 || one.escaped || other.escaped) return toName(bytes, one) < toName(bytes, other);
		if (a !== b) return a < b;
	}
	return one.end - one.start < other.end - other.start;
}
function toName(bytes, key) {
	const text = decoder.decode(bytes.subarray(key.start, key.end));
	return key.escaped ? String(JSON.parse(`"${text}"`)) : text;
}
function passSpace(scan) {
	for (;;) {
		const byte = scan.bytes[scan.at];
		if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return;
		scan.canonical = false;
		scan.at += 1;
	}
}

// src/seal/schema-issues.ts
/** zod's compiler for a schema takes as long as a few hundred elements without it; most envelopes have fewer. */
function toParseOptions(artifacts) {
	return { jitless: !Array.isArray(artifacts) || artifacts.length < 500 };
}
/** What a strict schema says of a part outside the chain: members that it does not know are bytes that nothing covers. */
function tellIssues(issues, at, { code, problems }) {
	for (const issue of issues) {
		const names = issue.code === "unrecognized_keys" ? issue.keys : [];
		for (const name of names) problems.add(at + toPointer([...issue.path, name]), "uncovered", "no hash covers this member");
		if (names.length === 0) problems.add(at + toPointer(issue.path), code, issue.message);
	}
}

// src/seal/seal-statement.ts
/** The exact bytes that a seal signature is over: the DSSE encoding of the statement's RFC 8785 form. */
function toSealMessage(statement) {
	const { schema_version, evidence_id, run_id, sealed_at, entry_count, head_entry_hash } = statement;
	const said = {
		schema_version,
		evidence_id,
		run_id,
		sealed_at,
		entry_count,
		head_entry_hash
	};
	return toPreAuthEncoding(payloadTypes.seal, Buffer.from(toCanonicalJson(said)));
}
async function signSeal(statement, signer) {
	const signature = await signer.sign(toSealMessage(statement));
	return {
		keyid: signer.keyid,
		alg: "Ed25519",
		sig: Buffer.from(signature).toString("base64")
	};
}
const looseSignature = sealSignature.loose();
/** The keyid and the 64 bytes of a declared signature, or null when it has not the form of one; other members aside. */
function parseSealSignature(value) {
	const parsed = looseSignature.safeParse(value);
	if (!parsed.success) return null;
	const sig = Buffer.from(parsed.data.sig, "base64");
	return sig.length === 64 && sig.toString("base64") === parsed.data.sig ? {
		keyid: parsed.data.keyid,
		sig
	} : null;
}

// src/seal/chain.ts
/** The arrays whose elements have an entry each, in the order of the chain. The header comes before them. */
const collections = [
	"/execution/steps",
	"/artifacts",
	"/observations",
	"/gates",
	"/redactions"
];
/**
* The chain over leaves in their order (docs/envelope.md, "The chain"): every entry's hash covers its place, its
* pointer, its payload and the entry before it.
*/
function toChain(evidenceId, leaves) {
	let prev = toSeed(evidenceId);
	return leaves.map(({ pointer, payload_sha256 }, index) => {
		const entry = {
			index,
			pointer,
			payload_sha256,
			prev_entry_hash: prev
		};
		prev = toEntryHash(entry);
		return {
			...entry,
			entry_hash: prev
		};
	});
}
/** prev_entry_hash of entry 0. It binds the chain to the format's version and to one evidence. */
function toSeed(evidenceId) {
	return sha256(`quoderat/evidence-envelope/v1\n${evidenceId}`);
}
/** entry_hash of the other members, with chain_version 1. */
function toEntryHash(entry) {
	const { index, payload_sha256, pointer, prev_entry_hash } = entry;
	return sha256(`{"chain_version":1,"index":${index},"payload_sha256":${JSON.stringify(payload_sha256)},"pointer":${JSON.stringify(pointer)},"prev_entry_hash":${JSON.stringify(prev_entry_hash)}}`);
}
/** The RFC 8785 form of a chain that toChain made: hex digits and plain pointers need no escape. */
function toChainText(chain) {
	return `[${chain.map(({ entry_hash, index, payload_sha256, pointer, prev_entry_hash }) => `{"entry_hash":"${entry_hash}","index":${index},"payload_sha256":"${payload_sha256}","pointer":"${pointer}","prev_entry_hash":"${prev_entry_hash}"}`).join(",")}]`;
}

export { integrity as _, toSeed as a, unsealed as b, toSealMessage as c, scanJson as d, quote as f, envelope as g, chainEntry as h, toEntryHash as i, tellIssues as l, toPointerToken as m, toChain as n, parseSealSignature as o, toPointer as p, toChainText as r, signSeal as s, collections as t, toParseOptions as u, sealSignature as v, sealedMembers as y };