import { t as sha256 } from "./hash-CBlzMCBf.js";
import { t as isObject } from "./json-DncajuVf.js";
import { _ as integrity, a as toSeed, b as unsealed, c as toSealMessage, d as scanJson, f as quote, h as chainEntry, i as toEntryHash, l as tellIssues, m as toPointerToken, n as toChain, o as parseSealSignature, p as toPointer, t as collections, u as toParseOptions, v as sealSignature, y as sealedMembers } from "./chain-D7IHvk76.js";
import { n as toCanonicalJson } from "./canonical-CfWXMl1o.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as EnvelopeError } from "./errors-CCP6iRFo.js";
import { createHash } from "node:crypto";

// src/seal/parse.ts
const VERSION = /^1\.(?:0|[1-9][0-9]{0,8})$/;
/**
* Bytes of an envelope file to its raw value. Limits and everything that JSON.parse would lose come first.
* @throws EnvelopeError for bytes that are no Evidence Envelope of version 1.x; where it knows, with the byte's offset.
*/
function parseEnvelope(bytes) {
	if (bytes.length > limits.envelopeBytes) throw new EnvelopeError("too_large", `${bytes.length} bytes; an envelope has at most ${limits.envelopeBytes}`);
	const text = toText$2(bytes);
	const { canonical: isCanonical } = scanJson(bytes);
	const value = JSON.parse(text);
	assertEnvelope(value);
	return {
		value,
		isCanonical,
		canonical: isCanonical ? bytes : Buffer.from(toCanonicalJson(value))
	};
}
function toText$2(bytes) {
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes);
	} catch {
		throw new EnvelopeError("not_utf8", "the file is no UTF-8 text");
	}
}
function assertEnvelope(value) {
	if (!isObject(value)) throw new EnvelopeError("not_an_envelope", "the document is no JSON object");
	const version = value["schema_version"];
	if (version === void 0) throw new EnvelopeError("not_an_envelope", "the document has no schema_version");
	if (typeof version !== "string" || !VERSION.test(version)) throw new EnvelopeError("unknown_version", `schema_version ${quote(JSON.stringify(version))} is none that this verifier knows (1.x)`);
}

// src/seal/problems.ts
function makeProblems() {
	const kept = [];
	let beyond = 0;
	return {
		add(pointer, code, message) {
			if (kept.length < limits.verdictProblems) kept.push({
				pointer,
				code,
				message
			});
			else beyond += 1;
		},
		list: () => beyond === 0 ? kept : [...kept, {
			pointer: "",
			code: "more",
			message: `and ${beyond} more problems`
		}]
	};
}

// src/seal/shape.ts
/**
* Whether every member that version 1.0 declares is there with its type. What a later 1.x may add is let pass: members
* that 1.0 does not know (the seal covers them), and, when the document says that it is later, new words in closed sets.
*/
function hasShape(value, problems) {
	const { integrity: _integrity, unsealed: _unsealed, ...sealed } = value;
	const isLater = value["schema_version"] !== "1.0";
	const options = {
		...toParseOptions(value["artifacts"]),
		reportInput: true
	};
	const issues = (sealedMembers.safeParse({
		...sealed,
		schema_version: "1.0"
	}, options).error?.issues ?? []).filter((issue) => !isLetPass(issue, isLater));
	for (const issue of issues) problems.add(toPointer(issue.path), "schema", issue.message);
	return issues.length === 0;
}
function isLetPass(issue, isLater) {
	if (issue.code === "unrecognized_keys") return true;
	if (issue.code === "invalid_value") return isLater && typeof issue.input === "string";
	if (issue.code !== "invalid_union") return false;
	return issue.errors.some((branch) => branch.length > 0 && branch.every((inner) => isLetPass(inner, isLater)));
}

// src/seal/artifact-bytes.ts
/** Hashes every artifact that is at hand, each content once, and never reads further than the longest size declared. */
async function checkArtifactBytes(artifacts, openArtifact, problems) {
	const longest = /* @__PURE__ */ new Map();
	for (const { sha256, size_bytes } of artifacts) longest.set(sha256, Math.max(size_bytes, longest.get(sha256) ?? 0));
	const contents = /* @__PURE__ */ new Map();
	let matched = 0;
	const missing = [];
	for (const [index, artifact] of artifacts.entries()) {
		const limit = longest.get(artifact.sha256) ?? 0;
		const found = contents.get(artifact.sha256) ?? await readContent(openArtifact, artifact.sha256, limit);
		contents.set(artifact.sha256, found);
		if (found.kind === "missing") missing.push(artifact.id);
		else if (found.kind === "unreadable") problems.add(`/artifacts/${index}`, "artifact_unreadable", "the bytes are there but cannot be read");
		else if (found.sha256 !== artifact.sha256 || found.size !== artifact.size_bytes) problems.add(`/artifacts/${index}`, "artifact_mismatch", "the bytes at hand are not those that were sealed");
		else matched += 1;
	}
	return {
		total: artifacts.length,
		matched,
		missing,
		checked: true
	};
}
async function readContent(openArtifact, sha256, limit) {
	const hash = createHash("sha256");
	let size = 0;
	try {
		const chunks = await openArtifact(sha256);
		if (chunks === null) return { kind: "missing" };
		for await (const chunk of chunks) {
			size += chunk.length;
			if (size > limit) break;
			hash.update(chunk);
		}
	} catch {
		return { kind: "unreadable" };
	}
	return {
		kind: "read",
		sha256: hash.digest("hex"),
		size
	};
}

// src/seal/authentic.ts
/**
* Whether a trusted key signed what the document's own bytes give: the signature is checked against the recomputed head,
* never against the declared one.
* @returns `no` when a signature that names a trusted key does not hold, and when only others signed; `undecidable` when
* nobody signed or no key is trusted: then there is nothing that could be false
*/
function checkAuthentic(value, recomputed, { trustedKeys, asked }, problems) {
	if (!asked && trustedKeys.length === 0) return {
		answer: "not_checked",
		keyids: []
	};
	if (trustedKeys.length === 0) {
		problems.add("/integrity/signatures", "no_trusted_key", "no trusted key was given to check signatures with");
		return {
			answer: "undecidable",
			keyids: []
		};
	}
	const signatures = toSignatures(value["integrity"]);
	const message = toMessage(value, recomputed);
	const keyids = /* @__PURE__ */ new Set();
	let answer = "yes";
	for (const { pointer, keyid, sig } of signatures) {
		const key = trustedKeys.find((trusted) => trusted.keyid === keyid);
		if (key === void 0) continue;
		if (message !== null && key.verify(message, sig)) keyids.add(keyid);
		else {
			answer = "no";
			problems.add(pointer, "bad_signature", `the signature that names the trusted key ${keyid} does not hold`);
		}
	}
	if (answer === "no" || keyids.size > 0) return {
		answer,
		keyids: [...keyids]
	};
	if (signatures.length === 0) {
		problems.add("/integrity/signatures", "unsigned", "the envelope is not signed");
		return {
			answer: "undecidable",
			keyids: []
		};
	}
	problems.add("/integrity/signatures", "no_trusted_signature", "it is signed, but by no key that is trusted here");
	return {
		answer: "no",
		keyids: []
	};
}
/** One answer from the keys and from Sigstore: all that was asked must hold. */
function joinSigstore(keyed, sigstore) {
	if (sigstore === void 0) return keyed;
	const answers = /* @__PURE__ */ new Set([keyed.answer, sigstore.answer]);
	return {
		...keyed,
		answer: answers.has("no") ? "no" : answers.has("undecidable") ? "undecidable" : "yes",
		problems: [...keyed.problems, ...sigstore.problems],
		...sigstore.facts && { sigstore: sigstore.facts }
	};
}
/** Those that have the form; checkIntact names the others. */
function toSignatures(integrity) {
	const declared = isObject(integrity) ? integrity["signatures"] : void 0;
	if (!Array.isArray(declared)) return [];
	return declared.flatMap((value, index) => {
		const signature = parseSealSignature(value);
		return signature === null ? [] : [{
			pointer: `/integrity/signatures/${index}`,
			...signature
		}];
	});
}
function toMessage(value, recomputed) {
	const { schema_version, evidence_id, run_id, sealed_at } = value;
	if (typeof schema_version !== "string" || typeof evidence_id !== "string") return null;
	if (typeof run_id !== "string" || typeof sealed_at !== "string") return null;
	return toSealMessage({
		schema_version,
		evidence_id,
		run_id,
		sealed_at,
		...recomputed
	});
}

// src/seal/expected.ts
const COMMIT_PREFIX = /^[0-9a-f]{7,64}$/;
/** `https://host/path`, `ssh://git@host/path`, `git@host:path`. */
const REMOTE_URL = /^(?:[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?|[^@/:]+@)([^/:]+)(?::[0-9]+)?[/:](.+)$/i;
/** Whether it is the evidence that the caller named, compared with the document, not with what it says of itself twice. */
function checkExpected(value, recomputed, expected, problems) {
	if (Object.values(expected).filter((wanted) => wanted !== void 0).length === 0) return "not_asked";
	const before = problems.list().length;
	const tell = (pointer, what) => problems.add(pointer, "not_expected", what);
	const { repo, commit, plan_hash, head, evidence_id } = expected;
	if (repo !== void 0 && !isRepo(value, repo)) tell("/subject/repo", "it is not about the expected repository");
	if (commit !== void 0 && !isCommit(readPath(value, ["subject", "id"]), commit.toLowerCase())) tell("/subject/id", "the tested commit is not the expected one (all of it, or its first 7 or more hex digits)");
	if (plan_hash !== void 0 && readPath(value, ["plan", "plan_hash"]) !== plan_hash.toLowerCase()) tell("/plan/plan_hash", "the plan is not the expected one");
	if (head !== void 0 && recomputed.head_entry_hash !== head.toLowerCase()) tell("/integrity/head_entry_hash", "the head that the document gives is not the expected one");
	if (evidence_id !== void 0 && value["evidence_id"] !== evidence_id.toLowerCase()) tell("/evidence_id", "it is not the expected evidence");
	return problems.list().length === before ? "yes" : "no";
}
/** The value behind a path of member names, or undefined. */
function readPath(value, path) {
	return path.reduce((found, name) => isObject(found) && Object.hasOwn(found, name) ? found[name] : void 0, value);
}
function isCommit(found, wanted) {
	return typeof found === "string" && COMMIT_PREFIX.test(wanted) && found.startsWith(wanted);
}
/** By name (`acme/shop`) exactly; by URL when host and path agree, whatever the scheme, user and `.git` at the end. */
function isRepo(value, wanted) {
	const location = toLocation(wanted);
	if (location === null) return readPath(value, [
		"subject",
		"repo",
		"name"
	]) === wanted;
	const url = readPath(value, [
		"subject",
		"repo",
		"url"
	]);
	return typeof url === "string" && toLocation(url) === location;
}
function toLocation(url) {
	const [, host, path] = REMOTE_URL.exec(url) ?? [];
	if (host === void 0 || path === void 0) return null;
	return `${host.toLowerCase()}/${path.replace(/\/+$/, "").replace(/\.git$/, "")}`;
}

// src/seal/spans.ts
const QUOTE = 34;
/**
* The members of the object that begins at `start`, in their order.
* @param bytes a document that scanJson found canonical: no white space, nothing malformed
*/
function toMemberSpans(bytes, start) {
	const members = [];
	let at = start + 1;
	while (bytes[at] === QUOTE) {
		const key = {
			start: at,
			end: passString(bytes, at)
		};
		const value = {
			start: key.end + 1,
			end: passValue(bytes, key.end + 1)
		};
		members.push({
			name: String(JSON.parse(toText$1(bytes, key))),
			key,
			value
		});
		at = value.end + 1;
	}
	return members;
}
/** The elements of the array that begins at `start`, in a document that scanJson found canonical. */
function toElementSpans(bytes, start) {
	const elements = [];
	let at = start + 1;
	if (bytes[at] === 93) return elements;
	do {
		const element = {
			start: at,
			end: passValue(bytes, at)
		};
		elements.push(element);
		at = element.end + 1;
	} while (bytes[at - 1] === 44);
	return elements;
}
function toText$1(bytes, { start, end }) {
	return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
}
function passValue(bytes, start) {
	let depth = 0;
	let at = start;
	for (;;) {
		const byte = bytes[at];
		if (byte === QUOTE) at = passString(bytes, at);
		else {
			if (depth === 0 && (byte === void 0 || byte === 44 || byte === 93 || byte === 125)) return at;
			if (byte === 123 || byte === 91) depth += 1;
			else if (byte === 125 || byte === 93) depth -= 1;
			at += 1;
		}
		if (depth === 0 && isEnd(bytes[at - 1])) return at;
	}
}
/** Whether a value can end with this byte and no other byte can belong to it. */
function isEnd(byte) {
	return byte === QUOTE || byte === 93 || byte === 125;
}
function passString(bytes, start) {
	let at = start + 1;
	while (bytes[at] !== QUOTE) at += bytes[at] === 92 ? 2 : 1;
	return at + 1;
}

// src/seal/cover.ts
const UNCOVERED = /* @__PURE__ */ new Set(["integrity", "unsealed"]);
const OBJECT = 123;
const ARRAY = 91;
const COMMA = Buffer.from(",");
const BRACES = {
	open: Buffer.from("{"),
	close: Buffer.from("}")
};
/**
* Cuts a document into its header and the elements of its collections. In canonical bytes the RFC 8785 form of every
* value is a slice of the file, so nothing is written again to be hashed.
* @param bytes of an object that scanJson found canonical
*/
function toCover(bytes) {
	const elements = {
		"/execution/steps": null,
		"/artifacts": null,
		"/observations": null,
		"/gates": null,
		"/redactions": null
	};
	const pieces = toHeaderPieces(bytes, 0, "", (collection, start) => {
		elements[collection] = toElementSpans(bytes, start).map((span) => sha256(bytes.subarray(span.start, span.end)));
	});
	return {
		elements,
		headerSha256: (lengths) => sha256(Buffer.concat(pieces.map((piece) => typeof piece === "string" ? Buffer.from(String(lengths[piece])) : piece)))
	};
}
/** Every leaf of the chain, as the document has it: header first, then element by element. */
function toLeaves({ elements, headerSha256 }) {
	return [{
		pointer: "",
		payload_sha256: headerSha256(toLengths(elements))
	}, ...collections.flatMap((collection) => (elements[collection] ?? []).map((payload_sha256, index) => ({
		pointer: `${collection}/${index}`,
		payload_sha256
	})))];
}
function toLengths(elements) {
	return {
		"/execution/steps": elements["/execution/steps"]?.length ?? 0,
		"/artifacts": elements["/artifacts"]?.length ?? 0,
		"/observations": elements["/observations"]?.length ?? 0,
		"/gates": elements["/gates"]?.length ?? 0,
		"/redactions": elements["/redactions"]?.length ?? 0
	};
}
function toHeaderPieces(bytes, start, pointer, onCollection) {
	const members = [];
	for (const { name, key, value } of toMemberSpans(bytes, start)) {
		const path = pointer + toPointerToken(name);
		const collection = collections.find((known) => known === path);
		if (pointer === "" && UNCOVERED.has(name)) continue;
		if (collection !== void 0 && bytes[value.start] === ARRAY) {
			onCollection(collection, value.start);
			members.push([bytes.subarray(key.start, value.start), collection]);
		} else if (path === "/execution" && bytes[value.start] === OBJECT) {
			const inner = toHeaderPieces(bytes, value.start, path, onCollection);
			members.push([bytes.subarray(key.start, value.start), ...inner]);
		} else members.push([bytes.subarray(key.start, value.end)]);
	}
	const joined = members.flatMap((pieces) => [COMMA, pieces].flat()).slice(1);
	return [
		BRACES.open,
		...joined,
		BRACES.close
	];
}

// src/seal/declared-chain.ts
const CHAIN = "/integrity/hash_chain";
const ELEMENT = /^(.+)\/(0|[1-9][0-9]{0,8})$/;
const MEMBERS = new Set(Object.keys(chainEntry.shape));
const looseEntry = chainEntry.loose();
/** Reads `hash_chain` entry by entry and names what is wrong with each by itself or against the one before it. */
function parseDeclaredChain(value, evidenceId, problems) {
	const chain = {
		entries: [],
		header: null,
		elements: {
			"/execution/steps": [],
			"/artifacts": [],
			"/observations": [],
			"/gates": [],
			"/redactions": []
		}
	};
	if (!Array.isArray(value)) {
		problems.add(CHAIN, value === void 0 ? "missing" : "wrong_type", "integrity has no hash_chain array");
		return chain;
	}
	const place = makePlace(evidenceId);
	for (const [index, declared] of value.entries()) {
		const entry = parseEntry(declared, `${CHAIN}/${index}`, problems);
		if (entry === null) continue;
		place.check(entry, `${CHAIN}/${index}`, problems);
		chain.entries.push(entry);
		fileEntry(chain, entry);
	}
	return chain;
}
function parseEntry(value, at, problems) {
	const parsed = looseEntry.safeParse(value);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		problems.add(at + toPointer(issue?.path ?? []), "wrong_type", `no entry of a hash chain: ${issue?.message}`);
		return null;
	}
	for (const name of isObject(value) ? Object.keys(value) : []) if (!MEMBERS.has(name)) problems.add(at + toPointerToken(name), "uncovered", "no hash covers this member");
	return parsed.data;
}
/** Walks along the chain and says where it breaks: once per break, not for everything behind it. */
function makePlace(evidenceId) {
	let next = {
		index: 0,
		prev: toSeed(evidenceId),
		place: {
			collection: -1,
			element: -1
		}
	};
	return { check(entry, at, problems) {
		if (entry.index !== next.index) problems.add(`${at}/index`, "chain_broken", `expected the index ${next.index}, found ${entry.index}`);
		if (entry.prev_entry_hash !== next.prev) problems.add(`${at}/prev_entry_hash`, "chain_broken", "this is not the hash of the entry before");
		if (entry.entry_hash !== toEntryHash(entry)) problems.add(`${at}/entry_hash`, "chain_broken", "this is not the hash of the entry itself");
		const place = toPlace(entry.pointer);
		if (place === null || !follows(place, next.place)) problems.add(`${at}/pointer`, "chain_broken", `${quote(entry.pointer)} does not follow the entry before`);
		next = {
			index: entry.index + 1,
			prev: entry.entry_hash,
			place: place ?? next.place
		};
	} };
}
/** null for a pointer that no entry can have. */
function toPlace(pointer) {
	if (pointer === "") return {
		collection: -1,
		element: 0
	};
	const [, name, element] = ELEMENT.exec(pointer) ?? [];
	const collection = collections.findIndex((known) => known === name);
	return collection === -1 ? null : {
		collection,
		element: Number(element)
	};
}
function follows(place, before) {
	if (place.collection === before.collection) return place.element === before.element + 1;
	return place.collection > before.collection && place.element === 0;
}
function fileEntry(chain, entry) {
	const place = toPlace(entry.pointer);
	if (place === null) return;
	const name = collections[place.collection];
	if (name === void 0) chain.header ??= entry.payload_sha256;
	else chain.elements[name].push(entry);
}

// src/seal/pinpoint.ts
/**
* Names what was done to an array since it was sealed. Elements are recognised by their hash, so that a removal is told
* as one removal and not as a change of everything behind it: the longest run of elements still in their old order
* stays, those recognised outside of it were moved, and the rest is paired, gap by gap, as changed, removed or added.
* O(n log n).
* @param present hashes of the elements now, in their order
*/
function pinpoint(collection, declared, present, problems) {
	const sources = matchByHash(declared, present);
	const anchors = toLongestAscending(sources);
	const moved = /* @__PURE__ */ new Set();
	for (const [index, source] of sources.entries()) {
		if (source === null || anchors.has(index)) continue;
		moved.add(source);
		problems.add(`${collection}/${index}`, "moved", `this element was sealed as ${declared[source]?.pointer}`);
	}
	let oldAt = 0;
	let newAt = 0;
	for (const anchor of [...anchors, present.length]) {
		const source = anchor < present.length ? sources[anchor] ?? 0 : declared.length;
		const old = toRange(oldAt, source).filter((index) => !moved.has(index));
		const fresh = toRange(newAt, anchor).filter((index) => sources[index] === null);
		tellGap({
			collection,
			old: old.map((index) => declared[index]?.pointer ?? ""),
			fresh
		}, problems);
		oldAt = source + 1;
		newAt = anchor + 1;
	}
}
function tellGap({ collection, old, fresh }, problems) {
	const pairs = Math.min(old.length, fresh.length);
	for (const [nth, index] of fresh.entries()) if (nth < pairs) problems.add(`${collection}/${index}`, "changed", `this element is not what was sealed as ${old[nth]}`);
	else problems.add(`${collection}/${index}`, "added", "this element was not sealed");
	for (const pointer of old.slice(pairs)) problems.add(pointer, "removed", "the element that was sealed here is gone");
}
/** For each present element the declared one with the same hash, each used once: its own place first, then in order. */
function matchByHash(declared, present) {
	const waiting = /* @__PURE__ */ new Map();
	for (let index = declared.length - 1; index >= 0; index -= 1) {
		const hash = declared[index]?.payload_sha256 ?? "";
		if (present[index] === hash) continue;
		const places = waiting.get(hash);
		if (places) places.push(index);
		else waiting.set(hash, [index]);
	}
	return present.map((hash, index) => {
		if (declared[index]?.payload_sha256 === hash) return index;
		return waiting.get(hash)?.pop() ?? null;
	});
}
/** The indexes of a longest ascending subsequence, in order (patience sorting); null takes no part. */
function toLongestAscending(values) {
	const tails = [];
	const before = [];
	for (const [index, value] of values.entries()) {
		if (value === null) continue;
		const at = lowerBound(tails, (tail) => (values[tail] ?? 0) < value);
		before[index] = tails[at - 1];
		tails[at] = index;
	}
	const chosen = [];
	for (let index = tails.at(-1); index !== void 0; index = before[index]) chosen.push(index);
	return new Set(chosen.toReversed());
}
function lowerBound(tails, isBelow) {
	let low = 0;
	let high = tails.length;
	while (low < high) {
		const middle = low + high >> 1;
		if (isBelow(tails[middle] ?? 0)) low = middle + 1;
		else high = middle;
	}
	return low;
}
function toRange(start, end) {
	return Array.from({ length: Math.max(0, end - start) }, (_, offset) => start + offset);
}

// src/seal/intact.ts
const CONSTANTS = {
	canonicalization: "rfc8785-jcs",
	hash_algorithm: "sha256",
	chain_version: 1
};
/** Recomputes the chain from the document's bytes and names everything in which the declared one differs. */
function checkIntact(raw, problems) {
	const { value } = raw;
	if (!raw.isCanonical) problems.add("", "not_canonical", "the file is not the RFC 8785 form of its value, so its digest cannot be reproduced");
	const cover = toCover(raw.canonical);
	const { execution, ...members } = value;
	const steps = isObject(execution) ? execution["steps"] : void 0;
	for (const collection of collections) {
		if (cover.elements[collection] !== null) continue;
		const found = collection === "/execution/steps" ? steps : members[collection.slice(1)];
		problems.add(collection, found === void 0 ? "missing" : "wrong_type", "this must be an array");
	}
	const evidenceId = typeof value["evidence_id"] === "string" ? value["evidence_id"] : "";
	const chain = toChain(evidenceId, toLeaves(cover));
	const recomputed = {
		entry_count: chain.length,
		head_entry_hash: chain.at(-1)?.entry_hash ?? ""
	};
	const before = problems.list().length;
	const declared = isObject(value["integrity"]) ? value["integrity"] : {};
	if (!isObject(value["integrity"])) problems.add("/integrity", "missing", "the envelope is not sealed");
	checkConstants(declared, problems);
	const declaredChain = parseDeclaredChain(declared["hash_chain"], evidenceId, problems);
	checkPayloads(declaredChain, cover, value, problems);
	checkSums(declared, declaredChain, problems);
	checkSignatureShapes(declared["signatures"], problems);
	checkUncovered(value, problems);
	if (problems.list().length === before && !isSameChain(chain, declaredChain.entries)) problems.add("/integrity/hash_chain", "chain_mismatch", "the chain is not the one that this document gives");
	return recomputed;
}
function checkConstants(declared, problems) {
	for (const [name, expected] of Object.entries(CONSTANTS)) if (declared[name] !== expected) problems.add(`/integrity/${name}`, "wrong_value", `must be ${JSON.stringify(expected)}`);
}
/** Compares what the chain says with what is there, element by element. */
function checkPayloads(declared, cover, value, problems) {
	for (const collection of collections) pinpoint(collection, declared.elements[collection], cover.elements[collection] ?? [], problems);
	const headers = [toLengths(cover.elements), toLengths(declared.elements)].map(cover.headerSha256);
	if (declared.header === null) problems.add("", "added", "the chain has no entry for the header");
	else if (!headers.includes(declared.header)) {
		problems.add("", "changed", "a member outside the five arrays is not what was sealed");
		nameUnknownMembers(value, problems);
	}
}
/** A header that changed may have changed by a member that version 1.0 does not have: that can be told exactly. */
function nameUnknownMembers(value, problems) {
	for (const name of Object.keys(value)) if (!Object.hasOwn(sealedMembers.shape, name) && name !== "integrity" && name !== "unsealed") problems.add(toPointerToken(name), "unknown_member", "version 1.0 has no such member");
}
function checkSums(declared, chain, problems) {
	const { entry_count, head_entry_hash } = declared;
	if (entry_count !== chain.entries.length) problems.add("/integrity/entry_count", "wrong_value", `the chain has ${chain.entries.length} entries`);
	if (head_entry_hash !== chain.entries.at(-1)?.entry_hash) problems.add("/integrity/head_entry_hash", "wrong_value", "this is not the entry_hash of the last entry");
}
function checkSignatureShapes(signatures, problems) {
	const at = "/integrity/signatures";
	if (!Array.isArray(signatures)) {
		problems.add(at, signatures === void 0 ? "missing" : "wrong_type", "signatures must be an array");
		return;
	}
	const keyids = /* @__PURE__ */ new Set();
	for (const [index, value] of signatures.entries()) {
		const issues = sealSignature.safeParse(value).error?.issues ?? [];
		tellIssues(issues, `${at}/${index}`, {
			code: "wrong_value",
			problems
		});
		const signature = parseSealSignature(value);
		if (signature === null) {
			if (issues.every(({ code }) => code === "unrecognized_keys")) problems.add(`${at}/${index}/sig`, "wrong_value", "an Ed25519 signature is 64 bytes in base64");
		} else if (keyids.has(signature.keyid)) problems.add(`${at}/${index}`, "uncovered", "a second signature by the same key");
		else keyids.add(signature.keyid);
	}
}
/** Members that no hash covers may only be those that version 1 puts outside the seal. */
function checkUncovered(value, problems) {
	const declared = isObject(value["integrity"]) ? value["integrity"] : {};
	for (const name of Object.keys(declared)) if (!Object.hasOwn(integrity.shape, name)) problems.add(`/integrity${toPointerToken(name)}`, "uncovered", `no hash covers ${quote(name)}`);
	if (Object.hasOwn(value, "unsealed")) tellIssues(unsealed.safeParse(value["unsealed"]).error?.issues ?? [], "/unsealed", {
		code: "wrong_type",
		problems
	});
}
function isSameChain(chain, declared) {
	return chain.length === declared.length && chain.at(-1)?.entry_hash === declared.at(-1)?.entry_hash;
}

// src/seal/references.ts
const FAILED = /* @__PURE__ */ new Set([
	"failed",
	"error",
	"timed_out"
]);
const UNFINISHED = /* @__PURE__ */ new Set(["aborted", "waiting"]);
/** Whether the record holds together: outcomes, references, and statements that must agree with each other. */
function checkReferences(sealed, problems) {
	const { execution, artifacts, observations, gates, redactions, plan } = sealed;
	const ids = {
		steps: collectIds("/execution/steps", execution.steps, problems),
		artifacts: collectIds("/artifacts", artifacts, problems),
		gates: collectIds("/gates", gates, problems)
	};
	collectIds("/observations", observations, problems);
	collectIds("/redactions", redactions, problems);
	checkSubject(sealed, problems);
	checkStatus(sealed, problems);
	const need = makeNeed(problems);
	need("/plan/plan_artifact_id", plan.plan_artifact_id, ids.artifacts);
	for (const [index, step] of execution.steps.entries()) checkStep(step, index, {
		ids,
		need,
		problems
	});
	for (const [index, artifact] of artifacts.entries()) {
		need(`/artifacts/${index}/step_id`, artifact.step_id, ids.steps);
		if (artifact.content_uri !== `urn:sha256:${artifact.sha256}`) problems.add(`/artifacts/${index}/content_uri`, "artifact_uri_mismatch", "this is not urn:sha256: and the sha256");
	}
	for (const [index, { basis_artifact_ids: basis, informational }] of observations.entries()) {
		basis.forEach((id, nth) => need(`/observations/${index}/basis_artifact_ids/${nth}`, id, ids.artifacts));
		if (informational !== (basis.length === 0)) problems.add(`/observations/${index}/informational`, "informational_mismatch", "must be true exactly when the observation has no basis");
	}
	gates.forEach((gate, index) => need(`/gates/${index}/step_id`, gate.step_id, ids.steps));
	redactions.forEach((receipt, index) => need(`/redactions/${index}/artifact_id`, receipt.artifact_id, ids.artifacts));
}
function makeNeed(problems) {
	return (pointer, id, ids) => {
		if (typeof id === "string" && !ids.has(id)) problems.add(pointer, "unresolved", `${quote(id)} is the id of nothing in this envelope`);
	};
}
function collectIds(pointer, elements, problems) {
	const ids = /* @__PURE__ */ new Set();
	for (const [index, { id }] of elements.entries()) {
		if (ids.has(id)) problems.add(`${pointer}/${index}/id`, "duplicate_id", `${quote(id)} is there twice`);
		ids.add(id);
	}
	return ids;
}
function checkSubject({ subject }, problems) {
	if (subject.id !== (subject.git?.commit_sha ?? null)) problems.add("/subject/id", "subject_mismatch", "must be git.commit_sha, or null without git");
}
/** A success that its own steps contradict. The other statuses have reasons that steps need not show. */
function checkStatus({ execution }, problems) {
	if (execution.status !== "success") return;
	const failed = execution.steps.some(({ status, continue_on_error }) => UNFINISHED.has(status) || FAILED.has(status) && !continue_on_error);
	const ran = execution.steps.some(({ status }) => status !== "skipped");
	if (failed || !ran || execution.termination !== "finished") problems.add("/execution/status", "status_mismatch", "the steps do not add up to a success");
}
function checkStep(step, index, { ids, need, problems }) {
	const at = `/execution/steps/${index}`;
	if (step.index !== index) problems.add(`${at}/index`, "wrong_value", `this is step ${index}`);
	if (step.status === "waiting") problems.add(`${at}/status`, "no_outcome", `step ${quote(step.id)} has no outcome`);
	if (step.attempt !== step.attempts.length) problems.add(`${at}/attempt`, "wrong_value", `the step has ${step.attempts.length} attempts`);
	step.needs.forEach((id, nth) => need(`${at}/needs/${nth}`, id, ids.steps));
	need(`${at}/gate_id`, step.gate_id, ids.gates);
	need(`${at}/diff_artifact_id`, step.diff_artifact_id, ids.artifacts);
	checkOutputs(step, at, {
		ids,
		need
	});
	step.attempts.forEach((attempt, nth) => checkOutputs(attempt, `${at}/attempts/${nth}`, {
		ids,
		need
	}));
}
function checkOutputs(outputs, at, { ids, need }) {
	need(`${at}/stdout_artifact_id`, outputs.stdout_artifact_id, ids.artifacts);
	need(`${at}/stderr_artifact_id`, outputs.stderr_artifact_id, ids.artifacts);
	outputs.report_artifact_ids.forEach((id, nth) => need(`${at}/report_artifact_ids/${nth}`, id, ids.artifacts));
	outputs.output_artifact_ids.forEach((id, nth) => need(`${at}/output_artifact_ids/${nth}`, id, ids.artifacts));
}

// src/seal/verify.ts
/**
* Answers the four questions about an envelope file (docs/envelope.md, "Verification"), each by itself.
* @throws EnvelopeError when the bytes are no envelope that can be judged: exit code 2
*/
async function verifyEnvelope(bytes, options) {
	const raw = parseEnvelope(bytes);
	const problems = {
		intact: makeProblems(),
		complete: makeProblems(),
		authentic: makeProblems(),
		expected: makeProblems()
	};
	const recomputed = checkIntact(raw, problems.intact);
	const { trustedKeys = [], authenticityAsked: asked, expected, openArtifact, checkSigstore } = options;
	const complete = await checkComplete(raw.value, problems.complete, openArtifact);
	const facts = toFacts(raw.value, recomputed, sha256(bytes));
	const keyed = checkAuthentic(raw.value, recomputed, {
		trustedKeys,
		asked
	}, problems.authentic);
	const authentic = joinSigstore({
		...keyed,
		problems: problems.authentic.list()
	}, checkSigstore && await checkSigstore(facts));
	const expectedAnswer = checkExpected(raw.value, recomputed, expected, problems.expected);
	const intactProblems = problems.intact.list();
	const verdict = {
		intact: {
			answer: intactProblems.length === 0 ? "yes" : "no",
			problems: intactProblems
		},
		complete,
		authentic,
		expected: {
			answer: expectedAnswer,
			problems: problems.expected.list()
		}
	};
	return {
		...verdict,
		facts,
		exit_code: toExitCode(verdict)
	};
}
async function checkComplete(value, problems, openArtifact) {
	const sealed = hasShape(value, problems) ? value : null;
	if (sealed !== null) checkReferences(sealed, problems);
	const list = sealed?.artifacts ?? [];
	const artifacts = openArtifact === void 0 ? {
		total: list.length,
		matched: 0,
		missing: [],
		checked: false
	} : await checkArtifactBytes(list, openArtifact, problems);
	const found = problems.list();
	const missing = artifacts.missing.length > 0 ? "artifacts_missing" : "yes";
	return {
		answer: found.length > 0 ? "no" : missing,
		problems: found,
		artifacts
	};
}
function toFacts(value, recomputed, envelopeSha256) {
	const text = (...path) => toText(readPath(value, path)) ?? "";
	const signatures = readPath(value, ["integrity", "signatures"]);
	return {
		evidence_id: text("evidence_id"),
		run_id: text("run_id"),
		status: text("execution", "status"),
		commit_sha: toText(readPath(value, ["subject", "id"])),
		component: text("producer", "component"),
		...recomputed,
		envelope_sha256: envelopeSha256,
		signed: Array.isArray(signatures) && signatures.length > 0
	};
}
function toText(value) {
	return typeof value === "string" ? value : null;
}
/** What is false weighs more than what cannot be decided, and that more than what is not at hand. */
function toExitCode(verdict) {
	if ([
		verdict.intact.answer,
		verdict.complete.answer,
		verdict.authentic.answer,
		verdict.expected.answer
	].includes("no")) return 1;
	if (verdict.authentic.answer === "undecidable") return 3;
	return verdict.complete.answer === "artifacts_missing" ? 4 : 0;
}

export { parseEnvelope as i, hasShape as n, makeProblems as r, verifyEnvelope as t };