import { i as toPartialName, r as toArtifact, t as PARTIAL_FOLDER } from "./artifacts-B7-BLI3W.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits$1 } from "./limits-DSc7_a2H.js";
import { c as writeEvidenceFile, i as linkArtifact, r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { E as isOfBase, g as toTestsReadings, h as toOtherObservations, m as toFindingsReadings, n as readExcerpts, p as toCoverageReadings, r as readTail, t as renderSummary } from "./summary-qlegcPMJ.js";
import { n as toBrokenAnswers, r as toHeadline, t as isFailure } from "./outcome-CFS-_DKm.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { t as formatBytes } from "./bytes-ChfN31Gu.js";
import { n as toInertLine, r as toInertTail, t as inertLength } from "./inert-BfcQbr-O.js";
import { n as toShortCommit, r as toShortDigest } from "./change-phrases-BkIt82a1.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { n as toNoClaims, r as toTrust } from "./step-remarks-IMRRLvJA.js";
import { t as coverageMetricNames } from "./observation-DZkPMKXb.js";
import { t as toShellWord } from "./shell-word-C4CE5gji.js";
import { n as toStepWord, t as toReason } from "./step-words-Ce7SbeE_.js";
import { createHash } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createReadStream } from "node:fs";

// src/execution/stored.ts
/**
* Takes into the store what a lost process had written of an output artifact: redacted bytes, the end of which may be
* missing, so it is marked truncated. undefined when nothing of it is there.
*/
async function adoptPartial(dir, identity) {
	const path = join(dir, toPartialName(identity.id));
	const hash = createHash("sha256");
	let size = 0;
	try {
		for await (const chunk of createReadStream(path)) {
			hash.update(chunk);
			size += chunk.length;
		}
	} catch {
		return;
	}
	const sha256 = hash.digest("hex");
	await rename(path, join(dir, sha256));
	return toArtifact(identity, {
		sha256,
		size,
		truncated: true,
		problem: null
	}, {
		mediaType: "text/plain",
		redaction: {
			class: "text",
			applied: false
		}
	});
}
/** Ends the store of a run that is over: what is still unfinished in it belongs to no artifact. */
async function dropPartials(dir) {
	await rm(join(dir, PARTIAL_FOLDER), {
		recursive: true,
		force: true
	}).catch(() => {});
}
/** Takes content out of the store that turned out to belong to no artifact. */
async function dropStored(dir, sha256) {
	await rm(join(dir, sha256), { force: true }).catch(() => {});
}

// src/publish/files/logs.ts
/** Of one output, and of all together: what a page can show is less than what was kept. */
const LOG_BYTES = 1048576;
const ALL_BYTES = 16 * LOG_BYTES;
/** The outputs of the steps by artifact id, whole or their ends, those of failures first as long as there is room. */
async function readLogs(dir, { execution, artifacts }) {
	const kept = new Map(artifacts.map((artifact) => [artifact.id, artifact]));
	const ids = execution.steps.toSorted((a, b) => Number(isFailure(b)) - Number(isFailure(a))).flatMap(({ attempts }) => attempts.flatMap((attempt) => [attempt.stdout_artifact_id, attempt.stderr_artifact_id]));
	const logs = {};
	let room = ALL_BYTES;
	for (const artifact of ids.flatMap((id) => kept.get(id ?? "") ?? [])) {
		const bytes = Math.min(LOG_BYTES, room, artifact.size_bytes);
		if (bytes === 0) continue;
		const log = await readTail(join(dir, evidenceFiles.artifacts, artifact.sha256), bytes);
		if (log !== null) logs[artifact.id] = log;
		room -= bytes;
	}
	return logs;
}

// src/render/html/markup.ts
/** Text that may stand in a page as it is: made by `markup`, or vouched for by `raw`. */
var Html = class {
	text;
	constructor(text) {
		this.text = text;
	}
};
const references = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&#39;"
};
/**
* A piece of a page. Every string in a hole is taken for a stranger's: made one inert line and escaped, so that it stays
* text between tags and inside a double-quoted attribute (the only two places where a hole may stand).
*/
function markup(strings, ...holes) {
	return new Html(strings.map((text, index) => text + fill(holes[index])).join(""));
}
/** Text of our own making, put on the page as it is. */
function raw(text) {
	return new Html(text);
}
/** Several lines of a stranger's text for a `<pre>`, tabs kept, at most `chars` UTF-16 units of them. */
function toPreformatted(text, chars) {
	const shown = text.slice(0, chars).split(/\r\n|[\n\r]/).map((line) => line.split("	").map((part) => toInertLine(part, chars)).join("	"));
	return new Html(escape(shown.join("\n")) + (text.length > chars ? "\n…" : ""));
}
function fill(hole) {
	if (hole === void 0 || hole === null || hole === false) return "";
	if (typeof hole === "string") return escape(toInertLine(hole));
	if (typeof hole === "number") return String(hole);
	return Array.isArray(hole) ? hole.map(fill).join("") : hole.text;
}
/** HTML Living Standard 13.3, for text and attribute values alike. */
function escape(text) {
	return text.replaceAll(/[&<>"']/g, (character) => references[character] ?? "");
}

// src/render/html/long-table.ts
/** Rows that are laid out at once; the script shows more of them on demand and finds those that a filter asks for. */
const rowsAtOnce = 100;
/** A table of any length that still opens quickly: rows after the first hundred wait, parsed but not laid out. */
function makeLongTable({ id, caption, columns, rows, leftOut, whole }) {
	const rest = rows.slice(rowsAtOnce);
	const heads = columns.map(({ title, isNumber }) => markup`<th scope="col"${isNumber ? rightAligned : ""}>${title}</th>`);
	const notes = [leftOut > 0 && markup`<p class="note">${leftOut.toLocaleString("en")} more are not on this page; ${whole} has them all.</p>`, rest.length > 0 && markup`<noscript><p class="note">${rest.length.toLocaleString("en")} more rows are shown by script.</p></noscript>`];
	return markup`<div class="long-table" data-rows="${rows.length}">
<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table id="${id}"><caption class="hidden">${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.slice(0, rowsAtOnce)}</tbody></table></div>
${rest.length > 0 && markup`<template data-rest-of="${id}"><table><tbody>\n${rest}</tbody></table></template>\n`}${notes}</div>`;
}
const rightAligned = markup` class="number"`;
/** Whether a table of that many rows has some that wait. */
function isLong(rows) {
	return rows > rowsAtOnce;
}

// src/render/html/timeline.ts
/** The whole of a run: also what its clock put outside of it has its place. */
function toScale({ execution }) {
	const startMs = Date.parse(execution.started_at);
	const ends = execution.steps.flatMap(({ finished_at: end }) => end === null ? [] : [Date.parse(end) - startMs]);
	return {
		startMs,
		spanMs: Math.max(1, execution.duration_ms, ...ends)
	};
}
/** How a bar or a mark is coloured; a word beside it always says the same. */
function toLook(step) {
	if (step.status === "success") return "good";
	if (isFailure(step)) return step.continue_on_error ? "warn" : "bad";
	return step.status === "skipped" ? "idle" : "warn";
}
/**
* One step on the time axis: the wait for a free place, its attempts, the waits between them, and the time it took to
* end what would not end. Widths are percentages, so that text beside it never stretches.
* @param readyMs when all that it needs was over, since the epoch
*/
function makeBar(step, scale, readyMs) {
	const [first] = step.attempts;
	if (first === void 0 || step.started_at === null) return makeEmptyBar(step);
	const startMs = Date.parse(first.started_at);
	const at = `${formatDuration(Math.max(0, startMs - scale.startMs))} into the run`;
	const attempts = step.attempts.length === 1 ? "" : `, ${step.attempts.length} attempts`;
	const label = `Started ${at}, took ${formatDuration(step.duration_ms)}${attempts}`;
	const waits = [[readyMs, startMs], ...step.attempts.slice(1).map((next, index) => {
		const before = step.attempts[index];
		return [before === void 0 ? startMs : Date.parse(before.finished_at), Date.parse(next.started_at)];
	})];
	return markup`<svg class="bar" role="img" aria-label="${label}"><use href="#grid"/>${waits.map(([from, to]) => makeWait(from, to, scale))}${step.attempts.map((attempt) => makeAttempt(attempt, step, scale))}</svg>`;
}
function makeEmptyBar({ status }) {
	return markup`<svg class="bar" role="img" aria-label="${status === "skipped" ? "Did not run" : "Did not start"}"><use href="#grid"/></svg>`;
}
function makeWait(from, to, scale) {
	const [x1, x2] = [toPercent(from, scale), toPercent(to, scale)];
	if (x2 - x1 < .6) return null;
	return markup`<line class="wait" x1="${x1}%" x2="${x2}%" y1="50%" y2="50%"/>`;
}
function makeAttempt(attempt, step, scale) {
	const end = Date.parse(attempt.finished_at);
	const look = toLook({
		status: attempt.status,
		continue_on_error: step.continue_on_error
	});
	const { drain_ms: drain, capture_ms: capture, terminate_ms: terminate } = attempt.phases;
	const terminated = end - drain - capture;
	const isEnded = terminate > (attempt.termination === "exited" ? 250 : 0);
	return markup`${makeRect(`run ${look}`, [Date.parse(attempt.started_at), end], scale)}${isEnded && makeRect("ending", [terminated - terminate, terminated], scale)}`;
}
function makeRect(look, [from, to], scale) {
	const x = toPercent(from, scale);
	const width = Math.max(0, toPercent(to, scale) - x);
	return markup`<rect class="${look}" x="${x}%" width="${Number(width.toFixed(3))}%" y="2" height="10" rx="1.5"/>`;
}
/** The axis above the bars, and the lines through them (`#grid`), at round times. */
function makeAxis(scale) {
	const tickMs = toTick(scale.spanMs);
	const ticks = Array.from({ length: Math.floor(scale.spanMs / tickMs) + 1 }, (_, index) => index * tickMs);
	const at = (ms) => toPercent(scale.startMs + ms, scale);
	const lines = ticks.map((ms) => markup`<line x1="${at(ms)}%" x2="${at(ms)}%" y1="0" y2="100%"/>`);
	const labels = ticks.filter((ms) => at(ms) <= 92).map((ms) => markup`<text x="${at(ms)}%" dx="${ms === 0 ? 0 : 3}" y="11">${ms === 0 ? "0" : toTickText(ms)}</text>`);
	return markup`<div class="axis" aria-hidden="true"><svg class="bar"><defs><g id="grid">${lines}</g></defs><use href="#grid"/>${labels}</svg></div>`;
}
const tickSteps = [
	1,
	2,
	5,
	10,
	20,
	50,
	100,
	200,
	500
].concat([
	1,
	2,
	5,
	10,
	15,
	30
].map((seconds) => seconds * 1e3)).concat([
	1,
	2,
	5,
	10,
	15,
	30
].map((minutes) => minutes * 6e4)).concat([
	1,
	2,
	4,
	8,
	24,
	48
].map((hours) => hours * 36e5));
function toTick(spanMs) {
	return tickSteps.find((tick) => spanMs / tick <= 6) ?? spanMs;
}
function toTickText(ms) {
	if (ms < 1e3) return `${ms} ms`;
	if (ms < 6e4) return `${ms / 1e3} s`;
	const minutes = Math.round(ms / 6e4);
	return minutes < 60 ? `${minutes} min` : formatDuration(ms);
}
function toPercent(ms, { startMs, spanMs }) {
	const percent = (ms - startMs) / spanMs * 100;
	return Number(Math.min(100, Math.max(0, percent)).toFixed(3));
}

// src/render/html/page.ts
function makePage(options) {
	const { envelope } = options;
	return {
		...options,
		artifacts: new Map(envelope.artifacts.map((artifact) => [artifact.id, artifact])),
		artifactIndexes: new Map(envelope.artifacts.map(({ id }, index) => [id, index])),
		steps: new Map(envelope.execution.steps.map((step) => [step.id, step])),
		scale: toScale(envelope)
	};
}
function toPageLogs(logs) {
	return {
		logs,
		elementIds: new Map([...logs.keys()].map((id, index) => [id, `log-${index}`]))
	};
}
/** A link to where a step stands on this page; its id alone when there is no such step. */
function makeStepLink(id, { steps }) {
	const step = steps.get(id);
	return step === void 0 ? markup`<code>${id}</code>` : markup`<a href="#step-${step.index}"><code>${id}</code></a>`;
}
/** A link to an artifact's file as it lies beside this page in the evidence folder. */
function makeArtifactLink({ id, kind, name, sha256 }) {
	const isStream = kind === "stdout" || kind === "stderr";
	return markup`<a href="artifacts/${sha256}" download="${name.split("/").at(-1)}" rel="noopener">${isStream ? id : name}</a>`;
}
/** With a comma at each thousand: toLocaleString() would load all that ICU knows, for longer than it takes to write the page. */
function toGrouped(count) {
	return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}
function makeSize(bytes) {
	return markup`<span title="${toGrouped(bytes)} bytes">${formatBytes(bytes)}</span>`;
}
/** A digest, short, with the button that copies all of it. */
function makeDigest(sha256) {
	return markup`<code class="digest" title="${sha256}">${toShortDigest(sha256)}</code>${makeCopyButton(sha256, "SHA-256")}`;
}
/** Works by script only, and is not there without. */
function makeCopyButton(text, what) {
	return markup`<button type="button" class="copy" data-copy="${text}" aria-label="Copy ${what}" hidden>copy</button>`;
}
function toCount(count, one, many = `${one}s`) {
	return `${toGrouped(count)} ${count === 1 ? one : many}`;
}

// src/render/html/artifacts-section.ts
/** Rows when the page is short of room. */
const rowsWhenShort$1 = 100;
/** Every captured file with its digest, linked to where it lies beside this page. */
function makeArtifactsSection(page) {
	const { artifacts } = page.envelope;
	const shown = page.isFull ? artifacts : artifacts.slice(0, rowsWhenShort$1);
	const bytes = artifacts.reduce((sum, { size_bytes: size }) => sum + size, 0);
	const filter = isLong(shown.length) && markup`<p class="table-filter" data-filters="artifact-table" hidden><label for="artifact-filter">Filter</label> <input id="artifact-filter" type="search" autocomplete="off" spellcheck="false" placeholder="name, step, digest"> <output aria-live="polite"></output></p>`;
	return markup`<section aria-labelledby="artifacts"><h2 id="artifacts">Artifacts <span class="sub">${toCount(artifacts.length, "file")}, ${formatBytes(bytes)}</span></h2>
<p class="note">The links work where this page lies in its evidence folder. What steps wrote is not to be trusted: open it with care.</p>
${filter}
${makeLongTable({
		id: "artifact-table",
		caption: "Artifacts",
		columns: [
			{ title: "File" },
			{ title: "Kind" },
			{ title: "Step" },
			{
				title: "Size",
				isNumber: true
			},
			{ title: "SHA-256" },
			{ title: "Notes" }
		],
		rows: shown.map((artifact) => makeRow$2(artifact, page)),
		leftOut: artifacts.length - shown.length,
		whole: "envelope.json"
	})}
</section>`;
}
function makeRow$2(artifact, page) {
	const step = artifact.step_id === null ? "run" : makeStepLink(artifact.step_id, page);
	return markup`<tr data-sha256="${artifact.sha256}"><td class="name">${makeArtifactLink(artifact)}</td><td>${artifact.kind}</td><td>${step}</td><td class="number">${makeSize(artifact.size_bytes)}</td><td class="nowrap">${makeDigest(artifact.sha256)}</td><td>${toNotes(artifact)}</td></tr>\n`;
}
function toNotes({ redaction, truncated }) {
	return [
		...redaction.applied ? ["redacted"] : [],
		...redaction.class === "binary" ? ["binary, not searched for secrets"] : [],
		...truncated ? ["cut: bytes are missing at its end"] : []
	].join(", ");
}

// src/render/html/browser-bundle.generated.ts
const reportScript = "var quoderatReport = (function(exports) {\n\nObject.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });\n// browser/canonical.ts\n/** Nesting that a reader of envelopes takes (docs/envelope.md, section 2). */\n	const mostDepth = 128;\n	/**\n	* RFC 8785 text of a value that JSON.parse gave. Written anew for the page, so that its check shares no code with what\n	* sealed; a test holds the two together.\n	* @throws TypeError for what no envelope may hold: lone surrogates, -0, numbers beyond 2^53-1, nesting without end\n	*/\n	function toCanonicalJson(value, depth = 0) {\n		if (typeof value === \"string\") return writeString(value);\n		if (typeof value === \"number\") return writeNumber(value);\n		if (typeof value !== \"object\" || value === null) return JSON.stringify(value);\n		if (depth >= mostDepth) throw new TypeError(`a value is nested more than ${mostDepth} levels deep`);\n		if (Array.isArray(value)) return `[${value.map((element) => toCanonicalJson(element, depth + 1)).join(\",\")}]`;\n		return `{${Object.entries(value).toSorted(([a], [b]) => a < b ? -1 : 1).map(([key, member]) => `${writeString(key)}:${toCanonicalJson(member, depth + 1)}`).join(\",\")}}`;\n	}\n	function writeString(text) {\n		if (/\\p{Cs}/u.test(text)) throw new TypeError(\"a string holds a lone surrogate\");\n		return JSON.stringify(text);\n	}\n	/** ECMAScript's own form of a number is that of section 3.2.2.3. */\n	function writeNumber(value) {\n		if (!Number.isFinite(value) || Object.is(value, -0) || Number.isInteger(value) && !Number.isSafeInteger(value)) throw new TypeError(`the number ${Object.is(value, -0) ? \"-0\" : value} is not allowed`);\n		return JSON.stringify(value);\n	}\n\n// ../../lib/json.ts\n/** A JSON object: no array, no null. */\n	function isObject(value) {\n		return typeof value === \"object\" && value !== null && !Array.isArray(value);\n	}\n\n// browser/chain.ts\n/** The arrays whose elements have an entry each, in the order of the chain (docs/envelope.md, section 4). */\n	const collections = [\n		\"/execution/steps\",\n		\"/artifacts\",\n		\"/observations\",\n		\"/gates\",\n		\"/redactions\"\n	];\n	/** Payloads hashed side by side; only the entries have to wait for each other. */\n	const together = 1e3;\n	const encoder = new TextEncoder();\n	/**\n	* Recomputes the chain of an envelope, by the page that specifies it and without the code that sealed it.\n	* @param onProgress told now and then how many entries are done\n	* @throws TypeError when a value has no canonical form\n	*/\n	async function recomputeChain(envelope, hasher, onProgress) {\n		const elements = collections.map((pointer) => ({\n			pointer,\n			values: toArray(envelope, pointer)\n		}));\n		const toHeader = (lengths) => hashText(toCanonicalJson(toHeaderValue(envelope, lengths)), hasher);\n		const lengths = Object.fromEntries(elements.flatMap(({ pointer, values }) => values === null ? [] : [[pointer, values.length]]));\n		const leaves = [{ pointer: \"\" }, ...elements.flatMap(({ pointer, values }) => (values ?? []).map((value, index) => ({\n			pointer: `${pointer}/${index}`,\n			value\n		})))];\n		const id = envelope[\"evidence_id\"];\n		const payloads = [];\n		for (let at = 0; at < leaves.length; at += together) {\n			const batch = leaves.slice(at, at + together).map(({ pointer, value }) => pointer === \"\" ? toHeader(lengths) : hashText(toCanonicalJson(value), hasher));\n			payloads.push(...await Promise.all(batch));\n			await onProgress(payloads.length, leaves.length);\n		}\n		let prev = await hashText(`quoderat/evidence-envelope/v1\\n${typeof id === \"string\" ? id : \"\"}`, hasher);\n		const entries = [];\n		for (const [index, { pointer }] of leaves.entries()) {\n			const entry = {\n				index,\n				pointer,\n				payload_sha256: payloads[index] ?? \"\",\n				prev_entry_hash: prev\n			};\n			prev = await hashEntry(entry, hasher);\n			entries.push({\n				...entry,\n				entry_hash: prev\n			});\n		}\n		return {\n			entries,\n			toHeader\n		};\n	}\n	/** entry_hash of the other members. */\n	function hashEntry(entry, hasher) {\n		const { index, pointer, payload_sha256, prev_entry_hash } = entry;\n		return hashText(toCanonicalJson({\n			chain_version: 1,\n			index,\n			payload_sha256,\n			pointer,\n			prev_entry_hash\n		}), hasher);\n	}\n	function hashText(text, hasher) {\n		return hasher.hash(encoder.encode(text));\n	}\n	function toArray(envelope, pointer) {\n		const [, first = \"\", second] = pointer.split(\"/\");\n		const member = envelope[first];\n		const found = second === void 0 ? member : isObject(member) ? member[second] : void 0;\n		return Array.isArray(found) ? found : null;\n	}\n	/** The envelope without what the seal leaves out, and with the length of each array in its place. */\n	function toHeaderValue(envelope, lengths) {\n		const sealed = Object.entries(envelope).filter(([name]) => name !== \"integrity\" && name !== \"unsealed\");\n		const replaced = (pointer, value) => Array.isArray(value) && Object.hasOwn(lengths, pointer) ? lengths[pointer] : value;\n		const entries = sealed.map(([name, value]) => {\n			if (name !== \"execution\" || !isObject(value)) return [name, replaced(`/${name}`, value)];\n			const inner = Object.entries(value).map(([key, member]) => [key, replaced(`/execution/${key}`, member)]);\n			return [name, Object.fromEntries(inner)];\n		});\n		return Object.fromEntries(entries);\n	}\n\n// browser/compare.ts\n/** Compares a recomputed chain with the one that the envelope declares. */\n	async function compareChains(recomputed, integrity, hasher) {\n		const declared = isObject(integrity) ? integrity : {};\n		const chain = Array.isArray(declared[\"hash_chain\"]) ? declared[\"hash_chain\"] : [];\n		const entries = chain.filter(isEntry);\n		const malformed = chain.length - entries.length;\n		const last = recomputed.entries.at(-1);\n		const constants = {\n			canonicalization: \"rfc8785-jcs\",\n			hash_algorithm: \"sha256\",\n			chain_version: 1,\n			entry_count: recomputed.entries.length,\n			head_entry_hash: last?.entry_hash\n		};\n		const links = await checkLinks(entries, recomputed.entries, hasher);\n		if (malformed > 0) links.push({\n			pointer: \"/integrity/hash_chain\",\n			says: `${malformed} of its elements are no entries`\n		});\n		const payloads = [...await checkHeader(recomputed, entries), ...collections.flatMap((collection) => checkCollection(collection, recomputed.entries, entries))];\n		const sums = Object.entries(constants).flatMap(([name, expected]) => declared[name] === expected ? [] : [{\n			pointer: `/integrity/${name}`,\n			says: `should be ${String(expected)}`\n		}]);\n		if (!(entries.length === recomputed.entries.length && entries.every(({ entry_hash: hash }, index) => hash === recomputed.entries[index]?.entry_hash)) && payloads.length + links.length + sums.length === 0) links.push({\n			pointer: \"/integrity/hash_chain\",\n			says: \"this is not the chain that the document gives\"\n		});\n		return {\n			payloads,\n			links,\n			sums\n		};\n	}\n	function isEntry(value) {\n		return isObject(value) && typeof value[\"index\"] === \"number\" && [\n			value[\"pointer\"],\n			value[\"payload_sha256\"],\n			value[\"prev_entry_hash\"],\n			value[\"entry_hash\"]\n		].every((member) => typeof member === \"string\");\n	}\n	/** With the lengths that the chain has, too: a removed element is told as that, and not as a changed header as well. */\n	async function checkHeader(recomputed, entries) {\n		const header = entries.find(({ pointer }) => pointer === \"\");\n		if (header === void 0) return [{\n			pointer: \"\",\n			says: \"the chain has no entry for the header\"\n		}];\n		if (header.payload_sha256 === recomputed.entries[0]?.payload_sha256) return [];\n		const lengths = Object.fromEntries(collections.map((name) => [name, entries.filter(({ pointer }) => isIn(name, pointer)).length]));\n		if (header.payload_sha256 === await recomputed.toHeader(lengths)) return [];\n		return [{\n			pointer: \"\",\n			says: \"the header is not what was sealed: a member outside the five arrays was changed\"\n		}];\n	}\n	/**\n	* Elements are known again by their hash: what is equal at both ends is left aside, and what lies between is told as\n	* moved, changed, added or removed.\n	*/\n	function checkCollection(collection, now, sealed) {\n		const present = now.filter(({ pointer }) => isIn(collection, pointer));\n		const declared = sealed.filter(({ pointer }) => isIn(collection, pointer));\n		const isSame = (a, b) => a?.payload_sha256 === b?.payload_sha256;\n		const shorter = Math.min(present.length, declared.length);\n		let head = 0;\n		while (head < shorter && isSame(present[head], declared[head])) head += 1;\n		let tail = 0;\n		while (tail < shorter - head && isSame(present.at(-1 - tail), declared.at(-1 - tail))) tail += 1;\n		const fresh = present.slice(head, present.length - tail);\n		const old = declared.slice(head, declared.length - tail);\n		const places = new Map(old.map((entry) => [entry.payload_sha256, entry.pointer]));\n		const hashes = new Set(fresh.map(({ payload_sha256: hash }) => hash));\n		const gone = old.filter(({ payload_sha256: hash }) => !hashes.has(hash));\n		let next = 0;\n		return [...fresh.map(({ pointer, payload_sha256: hash }) => {\n			const place = places.get(hash);\n			if (place !== void 0) return {\n				pointer,\n				says: `moved: it was sealed as ${place}`\n			};\n			const before = gone[next];\n			next += 1;\n			return {\n				pointer,\n				says: before === void 0 ? \"added: it was not sealed\" : `changed: not what was sealed as ${before.pointer}`\n			};\n		}), ...gone.slice(next).map(({ pointer }) => ({\n			pointer,\n			says: \"removed: what was sealed here is gone\"\n		}))];\n	}\n	function isIn(collection, pointer) {\n		return pointer.startsWith(`${collection}/`);\n	}\n	async function checkLinks(entries, recomputed, hasher) {\n		const differences = [];\n		let [index, prev] = [0, recomputed[0]?.prev_entry_hash ?? \"\"];\n		for (const [at, entry] of entries.entries()) {\n			const faults = [\n				...entry.index === index ? [] : [`its index is ${entry.index}, not ${index}`],\n				...entry.prev_entry_hash === prev ? [] : [\"it does not name the entry before it\"],\n				...entry.entry_hash === await toOwnHash(entry, recomputed[at], hasher) ? [] : [\"its hash is not its own\"]\n			];\n			if (faults.length > 0) differences.push({\n				pointer: `/integrity/hash_chain/${at}`,\n				says: faults.join(\"; \")\n			});\n			index = entry.index + 1;\n			prev = entry.entry_hash;\n		}\n		return differences;\n	}\n	/** An entry that says what was recomputed for its place has the hash that was computed there. */\n	async function toOwnHash(entry, known, hasher) {\n		if (known !== void 0 && [\n			\"index\",\n			\"pointer\",\n			\"payload_sha256\",\n			\"prev_entry_hash\"\n		].every((name) => known[name] === entry[name])) return known.entry_hash;\n		return hashEntry(entry, hasher);\n	}\n\n// browser/sha256.ts\n/** WebCrypto where the browser has it; some have none on pages opened from a file, and then the code below does it. */\n	function makeHasher() {\n		const subtle = globalThis.crypto?.subtle;\n		if (subtle === void 0) return {\n			name: \"this page’s own SHA-256, as the browser has no WebCrypto here\",\n			hash: async (bytes) => hashInScript(bytes)\n		};\n		return {\n			name: \"WebCrypto SHA-256\",\n			hash: async (bytes) => toHex(new Uint8Array(await subtle.digest(\"SHA-256\", bytes)))\n		};\n	}\n	function toHex(bytes) {\n		return Array.from(bytes, (byte) => byte.toString(16).padStart(2, \"0\")).join(\"\");\n	}\n	/** The first 32 bits of the fractional parts of a root of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */\n	function toRootBits(count, root) {\n		const bits = [];\n		for (let candidate = 2; bits.length < count; candidate += 1) {\n			let isPrime = true;\n			for (let factor = 2; factor * factor <= candidate; factor += 1) if (candidate % factor === 0) isPrime = false;\n			if (isPrime) bits.push(Math.floor(root(candidate) % 1 * 2 ** 32));\n		}\n		return Uint32Array.from(bits);\n	}\n	const rounds = toRootBits(64, Math.cbrt);\n	const initial = toRootBits(8, Math.sqrt);\n	/** FIPS 180-4, section 6.2. */\n	function hashInScript(bytes) {\n		const state = Uint32Array.from(initial);\n		const padded = new Uint8Array((bytes.length + 8 >> 6) + 1 << 6);\n		padded.set(bytes);\n		padded[bytes.length] = 128;\n		const view = new DataView(padded.buffer);\n		view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));\n		view.setUint32(padded.length - 4, bytes.length << 3 >>> 0);\n		const words = /* @__PURE__ */ new Uint32Array(64);\n		for (let block = 0; block < padded.length; block += 64) {\n			for (let at = 0; at < 16; at += 1) words[at] = view.getUint32(block + at * 4);\n			for (let at = 16; at < 64; at += 1) {\n				const early = words[at - 15] ?? 0;\n				const late = words[at - 2] ?? 0;\n				const mixed = (turn(early, 7) ^ turn(early, 18) ^ early >>> 3) + (turn(late, 17) ^ turn(late, 19) ^ late >>> 10);\n				words[at] = mixed + (words[at - 16] ?? 0) + (words[at - 7] ?? 0);\n			}\n			compress(state, words);\n		}\n		return Array.from(state, (word) => word.toString(16).padStart(8, \"0\")).join(\"\");\n	}\n	function compress(state, words) {\n		let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;\n		for (let at = 0; at < 64; at += 1) {\n			const choice = e & f ^ ~e & g;\n			const first = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (rounds[at] ?? 0) + (words[at] ?? 0) | 0;\n			const majority = a & b ^ a & c ^ b & c;\n			const second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority | 0;\n			[h, g, f, e, d, c, b, a] = [\n				g,\n				f,\n				e,\n				d + first | 0,\n				c,\n				b,\n				a,\n				first + second | 0\n			];\n		}\n		for (const [index, value] of [\n			a,\n			b,\n			c,\n			d,\n			e,\n			f,\n			g,\n			h\n		].entries()) state[index] = (state[index] ?? 0) + value;\n	}\n	function turn(word, by) {\n		return word >>> by | word << 32 - by;\n	}\n\n// browser/signatures.ts\n	const payloadType = \"application/vnd.quoderat.seal.v1+json\";\n	const pem = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----/;\n	/** The key in a PEM text (RFC 7468); undefined when there is none. */\n	async function parsePublicKey(name, text, hasher) {\n		const [, body] = pem.exec(text) ?? [];\n		if (body === void 0) return void 0;\n		const spki = fromBase64(body.replaceAll(/\\s/g, \"\"));\n		return spki === void 0 ? void 0 : {\n			name,\n			spki,\n			keyid: await hasher.hash(spki)\n		};\n	}\n	/** Each signature of the seal against the keys at hand, over what was recomputed, never over what is declared. */\n	async function checkSignatures(envelope, head, keys) {\n		const integrity = envelope[\"integrity\"];\n		const signatures = isObject(integrity) && Array.isArray(integrity[\"signatures\"]) ? integrity[\"signatures\"] : [];\n		const message = toMessage(envelope, head);\n		return Promise.all(signatures.filter(isObject).map(async ({ keyid, sig }) => {\n			const key = keys.find((picked) => picked.keyid === keyid);\n			const id = typeof keyid === \"string\" ? keyid : \"(none)\";\n			if (key === void 0) return {\n				keyid: id,\n				answer: \"no_key\"\n			};\n			const bytes = typeof sig === \"string\" ? fromBase64(sig) : void 0;\n			if (bytes === void 0) return {\n				keyid: id,\n				answer: \"does_not_hold\"\n			};\n			return {\n				keyid: id,\n				answer: await verify(key, bytes, message)\n			};\n		}));\n	}\n	async function verify({ spki }, signature, message) {\n		try {\n			const key = await crypto.subtle.importKey(\"spki\", spki, { name: \"Ed25519\" }, false, [\"verify\"]);\n			return await crypto.subtle.verify({ name: \"Ed25519\" }, key, signature, message) ? \"holds\" : \"does_not_hold\";\n		} catch {\n			return \"cannot_be_checked\";\n		}\n	}\n	/** DSSE's pre-authentication encoding of the seal statement (docs/envelope.md, section 5). */\n	function toMessage(envelope, head) {\n		const { schema_version, evidence_id, run_id, sealed_at } = envelope;\n		const entry_count = (head?.index ?? -1) + 1;\n		const head_entry_hash = head?.entry_hash ?? \"\";\n		const statement = JSON.stringify({\n			schema_version,\n			evidence_id,\n			run_id,\n			sealed_at,\n			entry_count,\n			head_entry_hash\n		});\n		const encoder = new TextEncoder();\n		const body = toCanonicalJson(JSON.parse(statement));\n		return encoder.encode(`DSSEv1 37 ${payloadType} ${encoder.encode(body).length} ${body}`);\n	}\n	function fromBase64(text) {\n		try {\n			return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));\n		} catch {\n			return;\n		}\n	}\n\n// browser/check.ts\n/**\n	* Recomputes the chain from the text alone and compares it with the one declared in it.\n	* @throws SyntaxError for what is no JSON, TypeError for what no envelope may hold\n	*/\n	async function checkEnvelope({ text, hasher, keys, toWritten, onProgress }) {\n		const value = JSON.parse(text);\n		if (!isObject(value)) throw new TypeError(\"this is no envelope: it is not a JSON object\");\n		const canonical = toCanonicalJson(value);\n		const recomputed = await recomputeChain(value, hasher, onProgress);\n		const head = recomputed.entries.at(-1);\n		return {\n			...await compareChains(recomputed, value[\"integrity\"], hasher),\n			entries: recomputed.entries.length,\n			head: head?.entry_hash ?? \"\",\n			sha256: await hashText(canonical, hasher),\n			isCanonical: toWritten(canonical) === text,\n			signatures: await checkSignatures(value, head, keys)\n		};\n	}\n\n// embedded-json.ts\n/** `<` would end or change the script element it stands in; the others act on whoever reads the source. */\n	const unsafeInScript = /[<\\u007F-\\u009F\\u2028\\u2029\\p{Cf}]/gu;\n	/**\n	* JSON text for a `<script type=\"application/json\">`: what has a meaning there is written as an escape, which inside\n	* JSON only strings can hold. JSON.parse gives the same value back.\n	*/\n	function toEmbeddedJson(json) {\n		return json.replaceAll(unsafeInScript, (character) => Array.from({ length: character.length }, (_, unit) => `\\\\u${character.charCodeAt(unit).toString(16).padStart(4, \"0\")}`).join(\"\"));\n	}\n\n// ../graphemes.ts\n	let segmenter;\n	/** The user-perceived characters of a text (UAX #29), one by one. Made when first needed: that takes tens of milliseconds. */\n	function toGraphemes(text) {\n		segmenter ??= new Intl.Segmenter(\"en\", { granularity: \"grapheme\" });\n		return segmenter.segment(text);\n	}\n\n// ../inert.ts\n/** Printable, and each UTF-16 unit a character by itself: Latin, punctuation, arrows, symbols. */\n	const simple = /^[ -~\\u00A0-\\u00AC\\u00AE-\\u02FF\\u2010-\\u2027\\u2030-\\u205E\\u2190-\\u27BF]*$/;\n	/** Escape sequences of ECMA-48 (CSI, OSC and their like, two-character ones), in their 7-bit and 8-bit forms. */\n	const escapeSequence = /(?:\\u001B\\[|\\u009B)[0-?]*[ -/]*[@-~]|(?:\\u001B[\\]PX^_]|[\\u0090\\u0098\\u009D-\\u009F])[^\\u0007\\u001B\\u009C\\r\\n]*(?:\\u0007|\\u001B\\\\|\\u009C)|\\u001B[ -/]*[0-Z\\\\`-~]/g;\n	/**\n	* What acts without being seen: controls, format characters (bidi, zero width, tags), line separators, lone\n	* surrogates. An emoji's own joiner and variation selector are part of how it looks and stay.\n	*/\n	const unseen = /(?<![\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D|\\u200D(?!\\p{Extended_Pictographic})|(?!\\u200D|\\uFE0F)[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{DI}]/gu;\n	/** One user-perceived character may carry any number of marks; with more than this it is an attack on the reader. */\n	const graphemeUnits = 24;\n	const inertLength = {\n		line: 1e3,\n		excerptLines: 20,\n		excerptLine: 200\n	};\n	/**\n	* Text of unknown origin as one line that does nothing: escape sequences are taken out, line breaks and tabs become\n	* spaces, any other invisible character is spelt out, `[U+202E]`. Cut to `length` user-perceived characters; the work\n	* is bounded by `length`, not by the text, and so are its bytes: at most 2 * `length` UTF-16 units are kept.\n	*/\n	function toInertLine(text, length = inertLength.line) {\n		const room = length * 8 + 64;\n		const isSliced = text.length > room;\n		const start = isSliced ? text.slice(0, room) : text;\n		if (simple.test(start)) return start.length > length ? `${start.slice(0, length)}…` : start;\n		return cut(start.replaceAll(escapeSequence, \"\").replaceAll(/\\r\\n|[\\t\\n\\r]/g, \" \").replaceAll(unseen, spellOut), length, isSliced);\n	}\n	function cut(text, length, isSliced) {\n		let kept = \"\";\n		let count = 0;\n		for (const { segment } of toGraphemes(text)) {\n			count += 1;\n			if (count > length || kept.length >= 2 * length) return `${kept}…`;\n			kept += segment.length > graphemeUnits ? \"�\" : segment;\n		}\n		return isSliced ? `${kept}…` : kept;\n	}\n	function spellOut(character) {\n		const code = character.codePointAt(0) ?? 0;\n		if (code < 32) return String.fromCodePoint(9216 + code);\n		if (code === 127) return \"␡\";\n		return `[U+${code.toString(16).toUpperCase().padStart(4, \"0\")}]`;\n	}\n\n// browser/artifacts-at-hand.ts\n/** The artifacts that an envelope declares, in its order. */\n	function toDigests(envelope) {\n		return (isObject(envelope) && Array.isArray(envelope[\"artifacts\"]) ? envelope[\"artifacts\"] : []).map((artifact) => {\n			const { id, sha256 } = isObject(artifact) ? artifact : {};\n			return {\n				id: typeof id === \"string\" ? id : \"\",\n				sha256: typeof sha256 === \"string\" ? sha256 : \"\"\n			};\n		});\n	}\n	/** Hashes each log that is on the page as a whole. One that holds U+FFFD may have lost bytes that are no text. */\n	async function compareLogs(logs, digests, hasher) {\n		const answer = {\n			equal: 0,\n			different: [],\n			partial: 0\n		};\n		for (const log of logs) {\n			const { artifact, whole, label = \"\" } = log.host.dataset;\n			const shown = log.text();\n			const wanted = digests[Number(artifact)]?.sha256;\n			const found = whole === void 0 ? [] : [await hashText(shown, hasher), await hashText(`\\uFEFF${shown}`, hasher)];\n			if (wanted !== void 0 && found.includes(wanted)) answer.equal += 1;\n			else if (whole === void 0 || shown.includes(\"�\")) answer.partial += 1;\n			else answer.different.push(label);\n		}\n		return answer;\n	}\n\n// browser/check-lines.ts\n	const mostDetails = 20;\n	/** What was checked of an envelope, each answer in words that claim no more than that. */\n	function toCheckLines(result, expected, source) {\n		const { payloads, links, sums, entries, head, isCanonical, sha256 } = result;\n		const count = entries.toLocaleString(\"en\");\n		return [\n			payloads.length === 0 ? {\n				answer: \"yes\",\n				says: `Contents: all ${count} payload hashes, recomputed from ${source}, are those in the chain.`,\n				details: []\n			} : {\n				answer: \"no\",\n				says: \"Contents: this is not what was sealed.\",\n				details: toDetails$1(payloads)\n			},\n			links.length === 0 ? {\n				answer: \"yes\",\n				says: \"Chain: each entry’s hash is its own and names the entry before it.\",\n				details: []\n			} : {\n				answer: \"no\",\n				says: \"Chain: it is broken.\",\n				details: toDetails$1(links)\n			},\n			sums.length === 0 ? {\n				answer: \"yes\",\n				says: `Head and count: ${count} entries; the recomputed head ${head} is the one declared.`,\n				details: []\n			} : {\n				answer: \"no\",\n				says: \"Head and count: what was recomputed differs from what is declared.\",\n				details: toDetails$1(sums)\n			},\n			sha256 === expected && isCanonical ? {\n				answer: \"yes\",\n				says: `File: its canonical form has the SHA-256 that this page names for envelope.json.`,\n				details: []\n			} : {\n				answer: \"no\",\n				says: isCanonical ? `File: its SHA-256 is ${sha256}, not ${expected}.` : \"File: it is not in the canonical form of its own value.\",\n				details: []\n			},\n			...toSignatureLines(result.signatures)\n		];\n	}\n	/** Whether the seal as a whole recomputes: one word for the first line, and no more than that. */\n	function isIntact({ payloads, links, sums, isCanonical }) {\n		return payloads.length + links.length + sums.length === 0 && isCanonical;\n	}\n	function toLogLine({ equal, different, partial }) {\n		const total = equal + different.length + partial;\n		if (total === 0) return [];\n		if (different.length > 0) return [{\n			answer: \"no\",\n			says: \"Logs on this page: not what the envelope lists.\",\n			details: different.map((label) => toInertLine(label))\n		}];\n		const left = partial === 0 ? \"\" : ` ${partial} more are here in part, or are no plain text: not checked.`;\n		return [{\n			answer: equal > 0 ? \"yes\" : \"open\",\n			says: `Logs on this page: ${equal} of ${total} are whole and have their artifacts’ digests.${left}`,\n			details: []\n		}];\n	}\n	const signatureWords = {\n		holds: {\n			answer: \"yes\",\n			says: \"it holds for the key that you chose. Whether that key is to be trusted is yours to know.\"\n		},\n		does_not_hold: {\n			answer: \"no\",\n			says: \"it does not hold for the key that you chose.\"\n		},\n		no_key: {\n			answer: \"open\",\n			says: \"not checked. Choose the signer’s public key (.pem) below; no envelope carries its own.\"\n		},\n		cannot_be_checked: {\n			answer: \"open\",\n			says: \"this browser cannot check Ed25519 here, or the key is of another kind.\"\n		}\n	};\n	function toSignatureLines(signatures) {\n		if (signatures.length === 0) return [{\n			answer: \"open\",\n			says: \"Signature: none. Whoever changes an unsigned envelope can make its chain anew: compare the head with one from elsewhere, such as the job’s log.\",\n			details: []\n		}];\n		return signatures.map(({ keyid, answer }) => {\n			const { says, answer: word } = signatureWords[answer];\n			return {\n				answer: word,\n				says: `Signature by key ${toInertLine(keyid, 16)}: ${says}`,\n				details: []\n			};\n		});\n	}\n	function toDetails$1(differences) {\n		const shown = differences.slice(0, mostDetails).map(({ pointer, says }) => `${pointer === \"\" ? \"(header)\" : toInertLine(pointer, 200)} ${toInertLine(says, 300)}`);\n		const left = differences.length - shown.length;\n		return left > 0 ? [...shown, `and ${left} more`] : shown;\n	}\n\n// browser/dom.ts\n/** An element with text or children; attributes as written in HTML. */\n	function make(tag, attributes = {}, ...children) {\n		const element = document.createElement(tag);\n		for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);\n		element.append(...children);\n		return element;\n	}\n	/** The first element that a selector finds; null also when it is of another kind. */\n	function find(kind, selector, root = document) {\n		const found = root.querySelector(selector);\n		return found instanceof kind ? found : null;\n	}\n	function findAll(selector, root = document) {\n		return [...root.querySelectorAll(selector)];\n	}\n	/** Lets the page draw and answer before more is done. */\n	function breathe() {\n		return new Promise((resolve) => {\n			setTimeout(resolve);\n		});\n	}\n\n// browser/picked-files.ts\n/** Larger files are hashed by a tool; a page has to hold them in memory. */\n	const mostBytes = 1024 ** 3;\n	const keyBytes = 65536;\n	/** Reads what the reader picked and tells what each file is: a key, the envelope, or an artifact by its digest. */\n	async function readPicked(files, { hasher, envelopeSha256, digests }) {\n		const picked = {\n			keys: [],\n			envelopeText: null,\n			lines: [],\n			found: /* @__PURE__ */ new Set()\n		};\n		const ids = Map.groupBy(digests, ({ sha256 }) => sha256);\n		for (const file of files) {\n			const name = toInertLine(file.name, 200);\n			if (file.size > mostBytes) {\n				picked.lines.push({\n					answer: \"open\",\n					says: `${name}: too large to be hashed here; use sha256sum.`,\n					details: []\n				});\n				continue;\n			}\n			const bytes = new Uint8Array(await file.arrayBuffer());\n			const key = bytes.length > keyBytes ? void 0 : await parsePublicKey(name, decode(bytes), hasher);\n			if (key !== void 0) {\n				picked.keys.push(key);\n				picked.lines.push({\n					answer: \"open\",\n					says: `${name}: a public key, ${key.keyid.slice(0, 16)}. Nothing here says whose it is.`,\n					details: []\n				});\n				continue;\n			}\n			picked.lines.push(toLine(name, await hasher.hash(bytes), bytes));\n		}\n		return picked;\n		function toLine(name, digest, bytes) {\n			const artifacts = ids.get(digest);\n			if (artifacts !== void 0) {\n				picked.found.add(digest);\n				return {\n					answer: \"yes\",\n					says: `${name}: has the digest of ${artifacts.slice(0, 3).map(({ id }) => toInertLine(id, 100)).join(\", \")}.`,\n					details: []\n				};\n			}\n			const text = decode(bytes);\n			if (digest === envelopeSha256 || /^\\s*\\{[^]*\"evidence_id\"/.test(text.slice(0, 1e6))) {\n				picked.envelopeText = text;\n				if (digest === envelopeSha256) return {\n					answer: \"yes\",\n					says: `${name}: byte for byte the envelope.json that this page names.`,\n					details: []\n				};\n				return {\n					answer: \"no\",\n					says: `${name}: an envelope, but not the one of this page (sha256 ${digest}).`,\n					details: []\n				};\n			}\n			return {\n				answer: \"no\",\n				says: `${name}: no artifact of this envelope has its digest (sha256 ${digest}).`,\n				details: []\n			};\n		}\n	}\n	/** What is no UTF-8 can be neither an envelope nor a key. */\n	function decode(bytes) {\n		try {\n			return new TextDecoder(\"utf-8\", {\n				fatal: true,\n				ignoreBOM: true\n			}).decode(bytes);\n		} catch {\n			return \"\";\n		}\n	}\n\n// browser/check-panel.ts\n/** The button that recomputes the chain, and the picker that compares files with it. */\n	function startCheck(logs) {\n		const panel = find(HTMLElement, \"#check\");\n		const output = find(HTMLElement, \"#check-result\");\n		const input = find(HTMLInputElement, \"#check-files\");\n		if (panel === null || output === null || input === null) return;\n		panel.hidden = false;\n		const button = find(HTMLButtonElement, \"#check-run\");\n		const run = async () => {\n			if (button !== null) button.disabled = true;\n			panel.setAttribute(\"aria-busy\", \"true\");\n			output.replaceChildren(make(\"p\", {}, \"Recomputing …\"));\n			await breathe();\n			try {\n				output.replaceChildren(...await check(logs, [...input.files ?? []], panel.dataset[\"sha256\"] ?? \"\", output));\n			} catch (error) {\n				const reason = error instanceof Error ? error.message : String(error);\n				output.replaceChildren(makeLine({\n					answer: \"no\",\n					says: `The envelope can’t be read: ${toInertLine(reason)}`,\n					details: []\n				}, \"p\"));\n			} finally {\n				panel.removeAttribute(\"aria-busy\");\n				if (button !== null) button.disabled = false;\n			}\n		};\n		button?.addEventListener(\"click\", () => void run());\n		input.addEventListener(\"change\", () => void run());\n	}\n	async function check(logs, files, envelopeSha256, output) {\n		const hasher = makeHasher();\n		const embedded = find(HTMLElement, \"#envelope\")?.textContent ?? null;\n		const digests = embedded === null ? await readDigests(files) : toDigests(JSON.parse(embedded));\n		const picked = await readPicked(files, {\n			hasher,\n			envelopeSha256,\n			digests\n		});\n		const source = toSource(embedded, picked);\n		if (source === null) return [make(\"ul\", { class: \"answers\" }, ...picked.lines.map((line) => makeLine(line, \"li\")))];\n		const result = await checkEnvelope({\n			...source,\n			hasher,\n			keys: picked.keys,\n			onProgress: async (done, total) => {\n				output.replaceChildren(make(\"p\", {}, `Recomputing: ${done.toLocaleString(\"en\")} of ${total.toLocaleString(\"en\")} entries …`));\n				await breathe();\n			}\n		});\n		return makeAnswer(result, [\n			...toCheckLines(result, envelopeSha256, source.name),\n			...toLogLine(await compareLogs(logs, toDigests(JSON.parse(source.text)), hasher)),\n			toArtifactLine(picked, digests),\n			...picked.lines\n		], source, hasher);\n	}\n	/** Which artifacts there are, when the page itself does not know: from an envelope among the picked files. */\n	async function readDigests(files) {\n		for (const file of files.filter(({ name }) => name.endsWith(\".json\"))) try {\n			const digests = toDigests(JSON.parse(await file.text()));\n			if (digests.length > 0) return digests;\n		} catch {}\n		return [];\n	}\n	function toSource(embedded, { envelopeText }) {\n		if (embedded !== null) return {\n			text: embedded,\n			name: \"the envelope inside this page\",\n			toWritten: toEmbeddedJson\n		};\n		return envelopeText === null ? null : {\n			text: envelopeText,\n			name: \"the file you chose\",\n			toWritten: (canonical) => canonical\n		};\n	}\n	function toArtifactLine({ found }, digests) {\n		const total = new Set(digests.map(({ sha256 }) => sha256)).size;\n		const says = `Artifacts: ${found.size} of ${total} different files compared.`;\n		if (found.size === 0) return {\n			answer: \"open\",\n			says: `${says} Choose them below to compare their digests.`,\n			details: []\n		};\n		return {\n			answer: found.size === total ? \"yes\" : \"open\",\n			says,\n			details: []\n		};\n	}\n	function makeAnswer(result, lines, source, hasher) {\n		const isWhole = isIntact(result);\n		const broken = lines.some(({ answer }) => answer === \"no\");\n		const [symbol, look, words] = isWhole ? broken ? [\n			\"!\",\n			\"warn\",\n			\"The chain is intact, but something beside it differs\"\n		] : [\n			\"✓\",\n			\"good\",\n			\"The chain is intact\"\n		] : [\n			\"✗\",\n			\"bad\",\n			\"The chain does not hold\"\n		];\n		const how = `${words}: ${source.name}, recomputed with ${hasher.name}.`;\n		return [\n			make(\"p\", { class: `answer ${look}` }, make(\"span\", {\n				class: \"symbol\",\n				\"aria-hidden\": \"true\"\n			}, symbol), \" \", how),\n			make(\"ul\", { class: \"answers\" }, ...lines.map((line) => makeLine(line, \"li\"))),\n			make(\"p\", { class: \"note\" }, \"This page checked with its own script, and did not check its own words. Whoever can change the page can change the check: for an answer that does not depend on it, run the command above.\")\n		];\n	}\n	const symbols = {\n		yes: [\n			\"✓\",\n			\"good\",\n			\"Checked: \"\n		],\n		no: [\n			\"✗\",\n			\"bad\",\n			\"Differs: \"\n		],\n		open: [\n			\"○\",\n			\"idle\",\n			\"Not decided: \"\n		]\n	};\n	function makeLine({ answer, says, details }, tag) {\n		const [symbol, look, word] = symbols[answer];\n		const line = make(tag, { class: look }, make(\"span\", {\n			class: \"symbol\",\n			\"aria-hidden\": \"true\"\n		}, symbol), make(\"span\", { class: \"hidden\" }, word), make(\"span\", {}, says));\n		if (details.length > 0) line.append(make(\"ul\", {}, ...details.map((detail) => make(\"li\", {}, make(\"code\", {}, detail)))));\n		return line;\n	}\n\n// browser/copy.ts\n	const shownMs = 1200;\n	/** The copy buttons, also those in rows that are not shown yet: one listener for all. */\n	function startCopying() {\n		const templates = [...document.querySelectorAll(\"template\")].flatMap(({ content }) => findAll(\".copy\", content));\n		for (const button of [...findAll(\".copy\"), ...templates]) button.hidden = false;\n		document.addEventListener(\"click\", (event) => {\n			const target = event.target instanceof Element ? event.target.closest(\".copy\") : null;\n			if (target !== null) copy(target);\n		});\n	}\n	async function copy(button) {\n		const done = await write(button.dataset[\"copy\"] ?? \"\");\n		const label = button.getAttribute(\"aria-label\") ?? \"\";\n		if (button.classList.contains(\"done\")) return;\n		button.classList.add(\"done\");\n		button.textContent = done ? \"copied\" : \"failed\";\n		button.setAttribute(\"aria-label\", done ? \"Copied\" : \"Could not be copied\");\n		setTimeout(() => {\n			button.classList.remove(\"done\");\n			button.textContent = \"copy\";\n			button.setAttribute(\"aria-label\", label);\n		}, shownMs);\n	}\n	async function write(text) {\n		try {\n			await navigator.clipboard.writeText(text);\n			return true;\n		} catch {\n			return false;\n		}\n	}\n\n// browser/sgr.ts\n	const flagOf = /* @__PURE__ */ new Map([\n		[1, \"bold\"],\n		[2, \"faint\"],\n		[3, \"italic\"],\n		[4, \"underline\"],\n		[7, \"inverse\"],\n		[9, \"strike\"]\n	]);\n	const offOf = /* @__PURE__ */ new Map([\n		[21, [\"bold\"]],\n		[22, [\"bold\", \"faint\"]],\n		[23, [\"italic\"]],\n		[24, [\"underline\"]],\n		[27, [\"inverse\"]],\n		[29, [\"strike\"]]\n	]);\n	function makeSgr() {\n		let state = makeState();\n		let classes = \"\";\n		return {\n			apply(parameters) {\n				const codes = toCodes(parameters);\n				for (let at = 0; at < codes.length; at += 1) {\n					const code = codes[at] ?? [0];\n					const [number = 0] = code;\n					if (number === 0) state = makeState();\n					else if (number === 38 || number === 48) at += applyExtended(state, code, codes.slice(at + 1));\n					else applySimple(state, number);\n				}\n				classes = toClasses(state);\n			},\n			classes: () => classes\n		};\n	}\n	function makeState() {\n		return {\n			foreground: null,\n			background: null,\n			flags: /* @__PURE__ */ new Set()\n		};\n	}\n	/** `1;38:5:9` as [[1], [38, 5, 9]]; what is no number counts as 0, as it does in terminals. */\n	function toCodes(parameters) {\n		return parameters.split(\";\").map((code) => code.split(\":\").map((part) => Number(part) || 0));\n	}\n	function applySimple(state, code) {\n		const flag = flagOf.get(code);\n		if (flag !== void 0) state.flags.add(flag);\n		for (const off of offOf.get(code) ?? []) state.flags.delete(off);\n		if (code >= 30 && code <= 37) state.foreground = code - 30;\n		else if (code >= 90 && code <= 97) state.foreground = code - 82;\n		else if (code === 39) state.foreground = null;\n		else if (code >= 40 && code <= 47) state.background = code - 40;\n		else if (code >= 100 && code <= 107) state.background = code - 92;\n		else if (code === 49) state.background = null;\n	}\n	/** 38 and 48: in one code with colons, or spread over the next ones. Returns how many of those it took. */\n	function applyExtended(state, code, next) {\n		const isWhole = code.length > 1;\n		const values = isWhole ? code.slice(1) : next.slice(0, 4).map(([value = 0]) => value);\n		const [mode] = values;\n		const rgb = isWhole && values.length > 4 ? values.slice(2, 5) : values.slice(1, 4);\n		const color = mode === 5 ? toBasic(values[1]) : mode === 2 ? toNearest(rgb) : null;\n		if (color !== null) state[code[0] === 38 ? \"foreground\" : \"background\"] = color;\n		if (isWhole) return 0;\n		return mode === 5 ? 2 : mode === 2 ? 4 : 0;\n	}\n	/** One of xterm's 256 colours as one of the sixteen. */\n	function toBasic(index) {\n		if (index === void 0 || index > 255) return null;\n		if (index < 16) return index;\n		if (index >= 232) return toNearest([\n			8,\n			8,\n			8\n		].map((base) => base + (index - 232) * 10));\n		const cube = index - 16;\n		return toNearest([\n			Math.floor(cube / 36),\n			Math.floor(cube / 6) % 6,\n			cube % 6\n		].map((part) => part * 51));\n	}\n	/** The one of the sixteen colours that has the same hue; greys by their lightness. */\n	function toNearest([red = 0, green = 0, blue = 0]) {\n		const [least, most] = [Math.min(red, green, blue), Math.max(red, green, blue)];\n		if (most - least < 40) return most < 60 ? 0 : most < 150 ? 8 : most < 215 ? 7 : 15;\n		const middle = (least + most) / 2;\n		const hue = (red > middle ? 1 : 0) + (green > middle ? 2 : 0) + (blue > middle ? 4 : 0);\n		return most > 205 ? hue + 8 : hue;\n	}\n	function toClasses({ foreground, background, flags }) {\n		const names = [...flags];\n		if (foreground !== null) names.push(`fg${foreground}`);\n		if (background !== null) names.push(`bg${background}`);\n		return names.join(\" \");\n	}\n\n// browser/log-lines.ts\n/** UTF-16 units of one line that are shown; a terminal would wrap it for pages. */\n	const lineChars = 5e3;\n	/** The one escape sequence that has an effect here. All others are taken out, and controls are shown as what they are. */\n	const sgrSequence = /(?:\\u001B\\[|\\u009B)([\\d:;]*)m/g;\n	const printable = /^[ -~\\t]*$/;\n	/** A log's text as lines: colours as classes, everything else inert. */\n	function parseLog(text) {\n		const lines = [];\n		const sgr = makeSgr();\n		const rows = text.split(\"\\n\");\n		if (rows.at(-1) === \"\") rows.pop();\n		for (const [index, row] of rows.entries()) {\n			const parts = row.replace(/\\r+$/, \"\").split(\"\\r\");\n			for (const [nth, part] of parts.entries()) {\n				if (part === \"\" && parts.length > 1) continue;\n				lines.push(parseLine(part, nth === 0 ? index + 1 : null, sgr));\n			}\n			if (parts.length > 1 && parts.every((part) => part === \"\")) lines.push({\n				number: index + 1,\n				spans: [],\n				plain: \"\"\n			});\n		}\n		return lines;\n	}\n	function parseLine(part, number, sgr) {\n		if (sgr.classes() === \"\" && part.length <= 5e3 && printable.test(part)) return {\n			number,\n			plain: part,\n			spans: part === \"\" ? [] : [{\n				text: part,\n				classes: \"\"\n			}]\n		};\n		const spans = [];\n		let [at, room] = [0, lineChars];\n		const take = (end) => {\n			if (end <= at || room <= 0) return;\n			const shown = toInert(part.slice(at, end), room);\n			room -= shown.length;\n			if (shown !== \"\") spans.push({\n				text: shown,\n				classes: sgr.classes()\n			});\n		};\n		for (const match of part.matchAll(sgrSequence)) {\n			take(match.index);\n			sgr.apply(match[1] ?? \"\");\n			at = match.index + match[0].length;\n		}\n		take(part.length);\n		if (room <= 0) spans.push({\n			text: ` … ${part.length.toLocaleString(\"en\")} characters in all`,\n			classes: \"faint\"\n		});\n		return {\n			number,\n			spans,\n			plain: spans.map(({ text }) => text).join(\"\")\n		};\n	}\n	/** Inert, with tabs kept: a log's columns stand by them. */\n	function toInert(text, room) {\n		if (text.length <= room && printable.test(text)) return text;\n		return text.split(\"	\").map((cell) => toInertLine(cell, room)).join(\"	\");\n	}\n\n// browser/ranges.ts\n/** Sorted, and joined where nothing, or a gap of no use, lies between. */\n	function mergeRanges(ranges, total) {\n		const merged = [];\n		for (const range of ranges.toSorted((a, b) => a.start - b.start)) {\n			const start = Math.max(0, range.start);\n			const end = Math.min(total, range.end);\n			const last = merged.at(-1);\n			if (last !== void 0 && start <= last.end + 1) last.end = Math.max(last.end, end);\n			else if (start < end) merged.push({\n				start,\n				end\n			});\n		}\n		return merged;\n	}\n	/** What the ranges leave out. */\n	function toGaps(ranges, total) {\n		const gaps = [];\n		let at = 0;\n		for (const { start, end } of [...ranges, {\n			start: total,\n			end: total\n		}]) {\n			if (start > at) gaps.push({\n				start: at,\n				end: start\n			});\n			at = end;\n		}\n		return gaps;\n	}\n\n// browser/log-view.ts\n/** Of a log longer than `foldFrom` lines its beginning and its end are shown; a fold opens by so many lines at most. */\n	const folding = {\n		foldFrom: 300,\n		head: 30,\n		tail: 170,\n		step: 2e3,\n		around: 5\n	};\n	/** Lines that are laid out together, or not while out of sight. */\n	const chunkLines = 200;\n	/** Puts the whole of a log where the page had its excerpt. */\n	function makeLogView(host, text) {\n		const lines = parseLog(text);\n		const label = host.dataset[\"label\"] ?? \"log\";\n		const isLong = lines.length > chunkLines;\n		const body = make(\"div\", {\n			class: isLong ? \"lines long\" : \"lines\",\n			role: \"region\",\n			tabindex: \"0\",\n			\"aria-label\": label\n		});\n		const digits = String(lines.length).length;\n		body.style.setProperty(\"--digits\", String(digits));\n		host.querySelector(\".excerpt\")?.remove();\n		host.append(body);\n		host.querySelector(\".log-head\")?.append(makeWrapButton(body));\n		let shown = toFolded(lines.length);\n		let hits = /* @__PURE__ */ new Map();\n		let current;\n		let isFiltered = false;\n		const draw = () => {\n			const gaps = toGaps(shown, lines.length);\n			const pieces = [];\n			for (const part of [...shown, ...gaps].toSorted((a, b) => a.start - b.start)) if (gaps.includes(part)) pieces.push(makeFold(part, open, isFiltered));\n			else pieces.push(...toChunks(part).map(makeChunk));\n			body.replaceChildren(...pieces);\n		};\n		const makeChunk = ({ start, end }) => make(\"div\", { class: \"chunk\" }, ...lines.slice(start, end).map((line, index) => makeLine(line, start + index)));\n		const makeLine = (line, index) => {\n			const marked = hits.get(index) ?? [];\n			const row = make(\"div\", {\n				class: \"line\",\n				\"data-line\": String(index)\n			}, ...toNodes(line.spans, marked, current));\n			if (line.number !== null) row.dataset[\"n\"] = String(line.number);\n			return row;\n		};\n		const open = (range) => {\n			shown = mergeRanges([...shown, range], lines.length);\n			draw();\n			body.querySelector(`[data-line=\"${range.start}\"]`)?.scrollIntoView({ block: \"nearest\" });\n			body.focus({ preventScroll: true });\n		};\n		draw();\n		if (host.closest(\".step.bad\") !== null) body.scrollTop = body.scrollHeight;\n		return {\n			lines,\n			showHits(found, only) {\n				hits = Map.groupBy(found, ({ line }) => line);\n				current = void 0;\n				isFiltered = only && found.length > 0;\n				if (isFiltered) shown = mergeRanges([...hits.keys()].map((line) => ({\n					start: line,\n					end: line + 1\n				})), lines.length);\n				else shown = toFolded(lines.length);\n				draw();\n			},\n			reveal(hit) {\n				current = hit;\n				const around = isFiltered ? 0 : folding.around;\n				shown = mergeRanges([...shown, {\n					start: hit.line - around,\n					end: hit.line + around + 1\n				}], lines.length);\n				draw();\n				body.querySelector(\"mark.current\")?.scrollIntoView({\n					block: \"center\",\n					inline: \"nearest\"\n				});\n			}\n		};\n	}\n	function toFolded(total) {\n		if (total <= folding.foldFrom) return total === 0 ? [] : [{\n			start: 0,\n			end: total\n		}];\n		return [{\n			start: 0,\n			end: folding.head\n		}, {\n			start: total - folding.tail,\n			end: total\n		}];\n	}\n	function toChunks({ start, end }) {\n		const count = Math.ceil((end - start) / chunkLines);\n		return Array.from({ length: count }, (_, index) => {\n			const from = start + index * chunkLines;\n			return {\n				start: from,\n				end: Math.min(end, from + chunkLines)\n			};\n		});\n	}\n	/** A fold opens from its end: what came just before is more often wanted than what came first. */\n	function makeFold(gap, open, isFiltered) {\n		const size = gap.end - gap.start;\n		const count = size.toLocaleString(\"en\");\n		if (isFiltered) return make(\"div\", { class: \"fold\" }, `${count} ${size === 1 ? \"line\" : \"lines\"} without a match`);\n		const part = Math.min(size, folding.step);\n		const words = part === size ? `Show ${count} folded lines` : `Show ${part.toLocaleString(\"en\")} of ${count} folded lines`;\n		const button = make(\"button\", { type: \"button\" }, words);\n		button.addEventListener(\"click\", () => open({\n			start: gap.end - part,\n			end: gap.end\n		}));\n		return make(\"div\", { class: \"fold\" }, button);\n	}\n	/** Text nodes and spans only: nothing of a log is ever read as markup. */\n	function toNodes(spans, hits, current) {\n		let at = 0;\n		return spans.flatMap(({ text, classes }) => {\n			const from = at;\n			at += text.length;\n			const nodes = markHits(text, from, hits, current);\n			return classes === \"\" ? nodes : [make(\"span\", { class: classes }, ...nodes)];\n		});\n	}\n	function markHits(text, from, hits, current) {\n		const nodes = [];\n		let at = 0;\n		for (const hit of hits) {\n			const start = Math.max(0, hit.start - from);\n			const end = Math.min(text.length, hit.end - from);\n			if (start >= end) continue;\n			nodes.push(text.slice(at, start), make(\"mark\", hit === current ? { class: \"current\" } : {}, text.slice(start, end)));\n			at = end;\n		}\n		return [...nodes, text.slice(at)].filter((node) => node !== \"\");\n	}\n	function makeWrapButton(body) {\n		const button = make(\"button\", {\n			type: \"button\",\n			class: \"small\",\n			\"aria-pressed\": \"true\"\n		}, \"wrap\");\n		body.classList.add(\"wrap\");\n		button.addEventListener(\"click\", () => {\n			const isWrapped = body.classList.toggle(\"wrap\");\n			button.setAttribute(\"aria-pressed\", String(isWrapped));\n		});\n		return button;\n	}\n\n// browser/logs.ts\n	function collectLogs() {\n		return findAll(\".log[data-log]\").flatMap((host) => {\n			const data = document.getElementById(host.dataset[\"log\"] ?? \"\");\n			return data === null ? [] : [makeLog(host, data)];\n		});\n	}\n	function makeLog(host, data) {\n		let lines;\n		let view;\n		const text = () => {\n			const parsed = JSON.parse(data.textContent ?? \"\\\"\\\"\");\n			return typeof parsed === \"string\" ? parsed : \"\";\n		};\n		return {\n			host,\n			text,\n			lines: () => view?.lines ?? (lines ??= parseLog(text())),\n			view: () => view ??= makeLogView(host, text()),\n			isDrawn: () => view !== void 0\n		};\n	}\n	/** Draws the logs of a step, and of an attempt in it, as it is opened. */\n	function drawOnOpening(logs) {\n		for (const log of logs) {\n			const details = toDetails(log.host);\n			const drawWhenSeen = () => {\n				if (details.every(({ open }) => open)) log.view();\n			};\n			for (const element of details) element.addEventListener(\"toggle\", drawWhenSeen);\n			drawWhenSeen();\n		}\n	}\n	/** Opens whatever hides a log. */\n	function openAround(log) {\n		for (const details of toDetails(log.host)) details.open = true;\n		log.host.closest(\"li\")?.removeAttribute(\"hidden\");\n	}\n	function toDetails(host) {\n		const around = [];\n		for (let element = host.closest(\"details\"); element !== null; element = element.parentElement?.closest(\"details\") ?? null) around.push(element);\n		return around;\n	}\n\n// browser/log-search.ts\n/** Hits that are kept; beyond them the count says \"more\". */\n	const mostHits = 1e4;\n	const typingMs = 150;\n	/** Where a text stands in lines, whatever its case. */\n	function findHits(lines, needle, most) {\n		const hits = [];\n		if (needle === \"\") return hits;\n		const expression = new RegExp(needle.replaceAll(/[\\\\^$.*+?()[\\]{}|/]/g, String.raw`\\$&`), \"giu\");\n		for (const [line, { plain }] of lines.entries()) for (const match of plain.matchAll(expression)) {\n			hits.push({\n				line,\n				start: match.index,\n				end: match.index + match[0].length\n			});\n			if (hits.length >= most) return hits;\n		}\n		return hits;\n	}\n	/** One search over all logs of the page: type, then next and previous by the buttons, Enter and Shift+Enter. */\n	function startSearch(logs) {\n		const input = find(HTMLInputElement, \"#log-search\");\n		const only = find(HTMLInputElement, \"#log-only\");\n		const output = find(HTMLElement, \"#log-count\");\n		if (input === null || only === null || output === null) return;\n		if (logs.length === 0) {\n			input.closest(\".search\")?.remove();\n			return;\n		}\n		let places = [];\n		let current = -1;\n		let timer;\n		const tell = () => {\n			const more = places.length >= mostHits ? \" or more\" : \"\";\n			const count = places.length.toLocaleString(\"en\");\n			if (input.value === \"\") output.textContent = \"\";\n			else if (places.length === 0) output.textContent = \"no match\";\n			else output.textContent = current < 0 ? `${count}${more} found` : `${(current + 1).toLocaleString(\"en\")} of ${count}${more}`;\n		};\n		const search = () => {\n			clearTimeout(timer);\n			timer = void 0;\n			places = [];\n			current = -1;\n			for (const log of logs) {\n				const hits = findHits(log.lines(), input.value, mostHits - places.length);\n				places.push(...hits.map((hit) => ({\n					log,\n					hit\n				})));\n				if (log.isDrawn() || hits.length > 0) log.view().showHits(hits, only.checked);\n			}\n			tell();\n		};\n		const move = (by) => {\n			if (timer !== void 0) search();\n			if (places.length === 0) return;\n			current = current < 0 ? by > 0 ? 0 : places.length - 1 : (current + by + places.length) % places.length;\n			const place = places[current];\n			if (place === void 0) return;\n			openAround(place.log);\n			place.log.view().reveal(place.hit);\n			tell();\n		};\n		input.addEventListener(\"input\", () => {\n			clearTimeout(timer);\n			timer = window.setTimeout(search, typingMs);\n		});\n		only.addEventListener(\"change\", search);\n		input.addEventListener(\"keydown\", (event) => {\n			if (event.key !== \"Enter\") return;\n			event.preventDefault();\n			move(event.shiftKey ? -1 : 1);\n		});\n		find(HTMLElement, \"#log-next\")?.addEventListener(\"click\", () => move(1));\n		find(HTMLElement, \"#log-previous\")?.addEventListener(\"click\", () => move(-1));\n		document.addEventListener(\"keydown\", (event) => {\n			if (event.key !== \"/\" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;\n			event.preventDefault();\n			input.focus();\n			input.select();\n		});\n	}\n	function isTyping(target) {\n		return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;\n	}\n\n// browser/steps.ts\n/** The chips above the steps: which of them are shown. */\n	function startStepFilter() {\n		const chips = findAll(\".chip[data-show]\");\n		const steps = findAll(\"li.step\");\n		for (const chip of chips) chip.addEventListener(\"click\", () => {\n			const wanted = chip.dataset[\"show\"];\n			for (const other of chips) other.setAttribute(\"aria-pressed\", String(other === chip));\n			for (const step of steps) step.hidden = wanted !== \"all\" && step.dataset[\"look\"] !== wanted;\n		});\n	}\n	/** A link to a step opens it. */\n	function openNamedStep() {\n		const openTarget = () => {\n			const id = location.hash.slice(1);\n			if (!/^step-\\d+$/.test(id)) return;\n			const step = document.getElementById(id);\n			const details = step && find(HTMLDetailsElement, \"details\", step);\n			if (!step || !details) return;\n			step.hidden = false;\n			details.open = true;\n			step.scrollIntoView({ block: \"start\" });\n		};\n		window.addEventListener(\"hashchange\", openTarget);\n		openTarget();\n	}\n\n// browser/tables.ts\n	const rowsPerClick = 500;\n	/** Rows that a filter shows at once. */\n	const rowsOfFilter = 500;\n	/** Tables whose rows wait in a template: shows more of them on demand, or those that a filter asks for. */\n	function startTables() {\n		for (const table of findAll(\".long-table table[id]\").filter((table) => table instanceof HTMLTableElement)) {\n			const body = table.tBodies[0];\n			const waiting = find(HTMLTemplateElement, `template[data-rest-of=\"${table.id}\"]`);\n			if (body === void 0 || waiting === null) continue;\n			const rows = [...findAll(\"tr\", body), ...findAll(\"tr\", waiting.content)];\n			waiting.remove();\n			startTable(table, body, rows);\n		}\n	}\n	function startTable(table, body, rows) {\n		const firstRows = body.rows.length;\n		const more = make(\"button\", {\n			type: \"button\",\n			class: \"more\"\n		});\n		const filter = find(HTMLElement, `[data-filters=\"${table.id}\"]`);\n		const input = filter && find(HTMLInputElement, \"input\", filter);\n		const output = filter && find(HTMLElement, \"output\", filter);\n		let most = firstRows;\n		const texts = /* @__PURE__ */ new Map();\n		const toText = (row) => {\n			let text = texts.get(row);\n			if (text === void 0) {\n				text = `${row.textContent} ${row.dataset[\"sha256\"] ?? \"\"}`.toLowerCase();\n				texts.set(row, text);\n			}\n			return text;\n		};\n		const draw = () => {\n			const wanted = input?.value.trim().toLowerCase() ?? \"\";\n			const found = wanted === \"\" ? rows : rows.filter((row) => toText(row).includes(wanted));\n			body.replaceChildren(...found.slice(0, most));\n			const left = found.length - most;\n			more.hidden = left <= 0;\n			more.textContent = `Show ${Math.min(left, rowsPerClick).toLocaleString(\"en\")} more of ${left.toLocaleString(\"en\")}`;\n			if (output) output.textContent = wanted === \"\" ? \"\" : `${found.length.toLocaleString(\"en\")} of ${rows.length.toLocaleString(\"en\")}`;\n		};\n		more.addEventListener(\"click\", () => {\n			most += rowsPerClick;\n			draw();\n		});\n		input?.addEventListener(\"input\", () => {\n			most = input.value.trim() === \"\" ? firstRows : rowsOfFilter;\n			draw();\n		});\n		if (filter) filter.hidden = false;\n		table.closest(\".long-table\")?.append(more);\n		draw();\n	}\n\n// browser/main.ts\n	if (typeof document !== \"undefined\") start();\n	function start() {\n		const logs = collectLogs();\n		const toolbar = find(HTMLElement, \".toolbar\");\n		if (toolbar !== null) toolbar.hidden = false;\n		startStepFilter();\n		startSearch(logs);\n		startCopying();\n		startTables();\n		startCheck(logs);\n		drawOnOpening(logs);\n		openNamedStep();\n	}\n\nexports.checkEnvelope = checkEnvelope;\nexports.findHits = findHits;\nexports.hashInScript = hashInScript;\nexports.makeHasher = makeHasher;\nexports.parseLog = parseLog;\nexports.toCanonicalJson = toCanonicalJson;\nreturn exports;\n})({});";
const reportStyle = ":root {\n  --page: #ffffff;\n  --panel: #f6f7f9;\n  --line: #dde1e6;\n  --text: #1b2026;\n  --muted: #57616c;\n  --link: #0b57b7;\n  --good: #17733a;\n  --bad: #c22430;\n  --warn: #8a5800;\n  --idle: #5f6a76;\n  --good-tint: #e6f4ea;\n  --bad-tint: #fdecec;\n  --warn-tint: #fdf3dc;\n  --mark: #ffe08a;\n  --mark-now: #ff9d2e;\n  --mono: ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace;\n  --c0: #1b2026;\n  --c1: #b3202c;\n  --c2: #17733a;\n  --c3: #835400;\n  --c4: #1554b0;\n  --c5: #8a2b9c;\n  --c6: #0b6b78;\n  --c7: #4f5964;\n  --c8: #5f6a76;\n  --c9: #c22430;\n  --c10: #1a7a40;\n  --c11: #875700;\n  --c12: #1a62cc;\n  --c13: #9c33b0;\n  --c14: #0d7280;\n  --c15: #1b2026;\n  color-scheme: light dark;\n}\n\n@media (prefers-color-scheme: dark) {\n  :root {\n    --page: #0e1216;\n    --panel: #161b21;\n    --line: #2a323b;\n    --text: #e3e8ed;\n    --muted: #9aa6b2;\n    --link: #7ab7ff;\n    --good: #4cc274;\n    --bad: #ff7b78;\n    --warn: #e2b13c;\n    --idle: #93a0ad;\n    --good-tint: #12291b;\n    --bad-tint: #34181b;\n    --warn-tint: #2f2610;\n    --mark: #6b5200;\n    --mark-now: #8f4c00;\n    --c0: #8b97a4;\n    --c1: #ff7b78;\n    --c2: #4cc274;\n    --c3: #e2b13c;\n    --c4: #7ab7ff;\n    --c5: #d59bea;\n    --c6: #56c8d8;\n    --c7: #c4ccd4;\n    --c8: #93a0ad;\n    --c9: #ff938f;\n    --c10: #6fd792;\n    --c11: #f0c657;\n    --c12: #9accff;\n    --c13: #e3b3f4;\n    --c14: #7fdbe8;\n    --c15: #f4f7fa;\n  }\n}\n\n*,\n::before,\n::after {\n  box-sizing: border-box;\n}\n\n[hidden] {\n  display: none !important;\n}\n\nhtml {\n  scroll-padding-top: 4rem;\n  -webkit-text-size-adjust: 100%;\n}\n\nbody {\n  margin: 0 auto;\n  max-width: 78rem;\n  padding: 0 1.5rem 2rem;\n  background: var(--page);\n  color: var(--text);\n  font:\n    0.9375rem/1.5 -apple-system,\n    BlinkMacSystemFont,\n    'Segoe UI',\n    'Noto Sans',\n    Helvetica,\n    Arial,\n    sans-serif;\n  overflow-wrap: break-word;\n}\n\na {\n  color: var(--link);\n  text-decoration-thickness: 1px;\n  text-underline-offset: 2px;\n}\n\na:not(:hover) {\n  text-decoration-color: color-mix(in srgb, currentcolor 35%, transparent);\n}\n\n:focus-visible {\n  outline: 2px solid var(--link);\n  outline-offset: 2px;\n  border-radius: 3px;\n}\n\nh1,\nh2,\nh3,\nh4,\np,\nul,\nol,\ndl,\ndd,\npre,\nfigure {\n  margin: 0;\n}\n\nh2 {\n  margin: 2.5rem 0 0.75rem;\n  font-size: 1.1875rem;\n  line-height: 1.3;\n}\n\nh3 {\n  font-size: 0.9375rem;\n  font-weight: 600;\n}\n\nh4 {\n  margin: 1rem 0 0.25rem;\n  font-size: 0.875rem;\n  font-weight: 600;\n}\n\ncode,\npre,\n.lines {\n  font-family: var(--mono);\n  font-size: 0.8125rem;\n}\n\ncode {\n  overflow-wrap: anywhere;\n}\n\n.sub,\n.note,\ndt,\nfigcaption,\nfooter,\n.legend {\n  color: var(--muted);\n  font-weight: 400;\n}\n\n.sub,\n.note,\nfigcaption {\n  font-size: 0.8125rem;\n}\n\n.note {\n  margin: 0.5rem 0;\n}\n\n.hidden {\n  position: absolute;\n  width: 1px;\n  height: 1px;\n  overflow: hidden;\n  clip-path: inset(50%);\n  white-space: nowrap;\n}\n\n.skip {\n  position: absolute;\n  left: -100rem;\n}\n\n.skip:focus {\n  left: 1rem;\n  top: 1rem;\n  padding: 0.5rem 0.75rem;\n  background: var(--page);\n}\n\n.overview {\n  padding: 1.25rem 0 0;\n}\n\n.brand {\n  font-weight: 650;\n  letter-spacing: 0.01em;\n}\n\n.brand .sub {\n  margin-left: 0.375rem;\n}\n\nh1 {\n  display: flex;\n  gap: 0.75rem;\n  align-items: baseline;\n  margin: 1.25rem 0 0.5rem;\n  font-size: 1.75rem;\n  font-weight: 650;\n  letter-spacing: -0.01em;\n  line-height: 1.25;\n}\n\n.good > h1 .symbol,\n.good .symbol {\n  color: var(--good);\n}\n\n.bad > h1 .symbol,\n.bad .symbol {\n  color: var(--bad);\n}\n\n.warn > h1 .symbol,\n.warn .symbol {\n  color: var(--warn);\n}\n\n.idle .symbol {\n  color: var(--idle);\n}\n\n.where {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.125rem 0;\n  color: var(--muted);\n}\n\n.where strong,\n.where code {\n  color: var(--text);\n}\n\n.where > span:not(:last-child)::after {\n  content: '·';\n  margin: 0 0.5rem;\n  color: var(--muted);\n}\n\n.alarm,\n.cause,\n.warning {\n  margin: 0.5rem 0;\n  padding: 0.5rem 0.75rem;\n  border-left: 3px solid var(--bad);\n  background: var(--bad-tint);\n}\n\n.alarm ul {\n  padding-left: 1.25rem;\n}\n\n.warning,\n.warn .cause {\n  border-color: var(--warn);\n  background: var(--warn-tint);\n}\n\n.idle .cause {\n  border-color: var(--line);\n  background: var(--panel);\n}\n\n.cause code,\n.alarm li code:last-child {\n  color: var(--muted);\n}\n\nnav {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.25rem 1.25rem;\n  margin-top: 1rem;\n  padding: 0.5rem 0;\n  border-block: 1px solid var(--line);\n  font-size: 0.8125rem;\n}\n\nnav a {\n  text-decoration: none;\n}\n\nnav a:hover {\n  text-decoration: underline;\n}\n\n.toolbar {\n  position: sticky;\n  z-index: 2;\n  top: 0;\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.5rem 1rem;\n  align-items: center;\n  justify-content: space-between;\n  padding: 0.5rem 0;\n  background: var(--page);\n}\n\n.chips,\n.search {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.375rem;\n  align-items: center;\n}\n\nbutton,\ninput {\n  font: inherit;\n  color: inherit;\n}\n\nbutton,\n.toolbar input[type='search'],\n.table-filter input {\n  min-height: 1.875rem;\n  padding: 0.125rem 0.625rem;\n  border: 1px solid var(--line);\n  border-radius: 6px;\n  background: var(--page);\n  font-size: 0.8125rem;\n}\n\n.toolbar input[type='search'],\n.table-filter input {\n  width: 14rem;\n  border-color: color-mix(in srgb, var(--muted) 65%, transparent);\n}\n\nbutton {\n  cursor: pointer;\n}\n\nbutton:hover {\n  background: var(--panel);\n}\n\n.chip {\n  border-radius: 1rem;\n}\n\n.chip[aria-pressed='true'] {\n  border-color: var(--text);\n  background: var(--text);\n  color: var(--page);\n}\n\n.primary {\n  border-color: var(--link);\n  background: var(--link);\n  color: var(--page);\n  font-weight: 600;\n  padding: 0.25rem 0.875rem;\n  min-height: 2.25rem;\n}\n\n.primary:hover {\n  background: color-mix(in srgb, var(--link) 88%, var(--text));\n}\n\n.primary:disabled {\n  opacity: 0.6;\n  cursor: progress;\n}\n\n.check {\n  font-size: 0.8125rem;\n}\n\n#log-count {\n  min-width: 6rem;\n  color: var(--muted);\n  font-size: 0.8125rem;\n  font-variant-numeric: tabular-nums;\n}\n\n.steps {\n  padding: 0;\n  list-style: none;\n  border: 1px solid var(--line);\n  border-radius: 8px;\n  overflow: clip;\n}\n\n.many .step {\n  content-visibility: auto;\n  contain-intrinsic-size: auto 2.5rem;\n}\n\n.step + .step {\n  border-top: 1px solid var(--line);\n}\n\n.step > details > summary,\n.axis {\n  display: grid;\n  grid-template-columns: 1.25rem minmax(9rem, 15rem) minmax(6rem, 8rem) minmax(6rem, 1fr) 4.5rem;\n  gap: 0 0.75rem;\n  align-items: center;\n  padding: 0.4375rem 0.75rem;\n}\n\n.axis {\n  padding-block: 0;\n  border: 1px solid transparent;\n}\n\n.axis .bar {\n  grid-column: 4;\n  height: 1.125rem;\n}\n\n.axis text {\n  fill: var(--muted);\n  font-size: 0.6875rem;\n}\n\nsummary {\n  cursor: pointer;\n}\n\n.step > details > summary {\n  list-style: none;\n}\n\n.step > details > summary::-webkit-details-marker {\n  display: none;\n}\n\n.step > details > summary:hover {\n  background: var(--panel);\n}\n\n.step > details > summary:focus-visible {\n  outline-offset: -2px;\n}\n\n.step > details[open] > summary {\n  background: var(--panel);\n}\n\n.step .symbol {\n  font-weight: 700;\n  text-align: center;\n}\n\n.step h3 {\n  overflow: hidden;\n  text-overflow: ellipsis;\n  white-space: nowrap;\n}\n\n.step h3 .sub {\n  margin-left: 0.25rem;\n}\n\n.details-open h3,\n.step > details[open] h3 {\n  white-space: normal;\n}\n\n.word {\n  font-size: 0.8125rem;\n}\n\n.bad .word {\n  color: var(--bad);\n  font-weight: 600;\n}\n\n.warn .word {\n  color: var(--warn);\n}\n\n.idle .word,\n.good .word {\n  color: var(--muted);\n}\n\n.tag {\n  margin-left: 0.25rem;\n  color: var(--muted);\n  font-weight: 400;\n}\n\n.time {\n  text-align: right;\n  font-size: 0.8125rem;\n  font-variant-numeric: tabular-nums;\n}\n\nsvg {\n  display: block;\n  overflow: hidden;\n}\n\n.bar {\n  width: 100%;\n  height: 14px;\n}\n\n#grid line {\n  stroke: var(--line);\n  stroke-width: 1;\n}\n\n.run {\n  stroke-width: 2;\n  paint-order: stroke;\n}\n\n.run.good {\n  fill: var(--good);\n  stroke: var(--good);\n}\n\n.run.bad {\n  fill: var(--bad);\n  stroke: var(--bad);\n}\n\n.run.warn {\n  fill: var(--warn);\n  stroke: var(--warn);\n}\n\n.run.idle {\n  fill: var(--idle);\n  stroke: var(--idle);\n}\n\n.ending {\n  fill: var(--page);\n  opacity: 0.55;\n}\n\n.wait {\n  stroke: var(--muted);\n  stroke-width: 1.5;\n  stroke-dasharray: 2 3;\n}\n\n.legend {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.25rem 1.25rem;\n  margin-top: 0.5rem;\n  font-size: 0.75rem;\n}\n\n.legend span {\n  display: inline-flex;\n  gap: 0.375rem;\n  align-items: center;\n}\n\n.key {\n  width: 24px;\n  height: 14px;\n}\n\n.body {\n  padding: 0.75rem 0.75rem 1rem 2.75rem;\n}\n\n.command {\n  margin: 0.5rem 0;\n}\n\npre {\n  max-height: 24rem;\n  padding: 0.5rem 0.75rem;\n  border-radius: 6px;\n  background: var(--panel);\n  overflow: auto;\n  white-space: pre-wrap;\n  overflow-wrap: anywhere;\n  tab-size: 4;\n  line-height: 1.45;\n}\n\n.facts {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.375rem 1.75rem;\n  margin: 0.625rem 0;\n  font-size: 0.8125rem;\n}\n\n.facts.wide {\n  display: block;\n}\n\n.facts.wide > div {\n  display: grid;\n  grid-template-columns: 6.5rem 1fr;\n  padding: 0.125rem 0;\n}\n\ndt {\n  font-size: 0.75rem;\n}\n\n.facts.wide dt,\n.pairs dt {\n  font-size: 0.8125rem;\n}\n\n.facts time {\n  margin-left: 0.25rem;\n  color: var(--muted);\n}\n\n.attempt {\n  margin-top: 0.5rem;\n}\n\n.attempt > summary {\n  font-size: 0.875rem;\n}\n\n.attempt > p {\n  margin: 0.25rem 0;\n  font-size: 0.8125rem;\n  color: var(--muted);\n}\n\n.files,\n.limits,\n.plain {\n  padding-left: 1.125rem;\n}\n\n.log {\n  margin: 0.375rem 0 0.75rem;\n}\n\n.log-head {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0 0.625rem;\n  align-items: baseline;\n  margin-bottom: 0.25rem;\n  font-size: 0.8125rem;\n}\n\n.log-head a {\n  color: var(--muted);\n  font-family: var(--mono);\n  font-size: 0.75rem;\n}\n\n.small {\n  min-height: 1.5rem;\n  margin-left: auto;\n  padding: 0 0.5rem;\n  font-size: 0.75rem;\n  color: var(--muted);\n}\n\n.small[aria-pressed='true'] {\n  background: var(--panel);\n  color: var(--text);\n}\n\n.lines {\n  max-height: 24rem;\n  padding: 0.375rem 0;\n  border: 1px solid var(--line);\n  border-radius: 6px;\n  background: var(--panel);\n  overflow: auto;\n  line-height: 1.5;\n  tab-size: 8;\n}\n\n.step > details[open] .lines {\n  background: var(--page);\n}\n\n.long .chunk {\n  content-visibility: auto;\n  contain-intrinsic-size: auto 240rem;\n}\n\n.line {\n  min-height: 1.5em;\n  padding-left: calc(var(--digits, 3) * 1ch + 2.25rem);\n  padding-right: 0.75rem;\n  white-space: pre;\n}\n\n.wrap .line {\n  white-space: pre-wrap;\n  overflow-wrap: anywhere;\n}\n\n.line::before {\n  content: attr(data-n);\n  float: left;\n  width: calc(var(--digits, 3) * 1ch);\n  margin-left: calc(var(--digits, 3) * -1ch - 1.25rem);\n  color: var(--muted);\n  text-align: right;\n  user-select: none;\n}\n\n.line:hover {\n  background: color-mix(in srgb, var(--muted) 9%, transparent);\n}\n\n.fold {\n  padding: 0.125rem 0.75rem;\n  border-block: 1px dashed var(--line);\n  color: var(--muted);\n  font-family: inherit;\n  font-size: 0.75rem;\n}\n\n.fold button {\n  min-height: 1.5rem;\n  border: 0;\n  background: none;\n  color: var(--link);\n}\n\nmark {\n  border-radius: 2px;\n  background: var(--mark);\n  color: var(--text);\n}\n\nmark.current {\n  background: var(--mark-now);\n  outline: 1px solid var(--text);\n}\n\n.bold {\n  font-weight: 700;\n}\n\n.faint {\n  color: var(--muted);\n}\n\n.italic {\n  font-style: italic;\n}\n\n.underline {\n  text-decoration: underline;\n}\n\n.strike {\n  text-decoration: line-through;\n}\n\n.fg0 {\n  color: var(--c0);\n}\n.fg1 {\n  color: var(--c1);\n}\n.fg2 {\n  color: var(--c2);\n}\n.fg3 {\n  color: var(--c3);\n}\n.fg4 {\n  color: var(--c4);\n}\n.fg5 {\n  color: var(--c5);\n}\n.fg6 {\n  color: var(--c6);\n}\n.fg7 {\n  color: var(--c7);\n}\n.fg8 {\n  color: var(--c8);\n}\n.fg9 {\n  color: var(--c9);\n}\n.fg10 {\n  color: var(--c10);\n}\n.fg11 {\n  color: var(--c11);\n}\n.fg12 {\n  color: var(--c12);\n}\n.fg13 {\n  color: var(--c13);\n}\n.fg14 {\n  color: var(--c14);\n}\n.fg15 {\n  color: var(--c15);\n}\n\n/* On a colour the text is the page's, whatever was asked for: any other pair may be unreadable. */\n[class*='bg'],\n.inverse {\n  border-radius: 2px;\n  background: var(--c7);\n  color: var(--page);\n}\n\n.bg1 {\n  background: var(--c1);\n}\n.bg2 {\n  background: var(--c2);\n}\n.bg3 {\n  background: var(--c3);\n}\n.bg4 {\n  background: var(--c4);\n}\n.bg5 {\n  background: var(--c5);\n}\n.bg6 {\n  background: var(--c6);\n}\n.bg9 {\n  background: var(--c9);\n}\n.bg10 {\n  background: var(--c10);\n}\n.bg11 {\n  background: var(--c11);\n}\n.bg12 {\n  background: var(--c12);\n}\n.bg13 {\n  background: var(--c13);\n}\n.bg14 {\n  background: var(--c14);\n}\n\n.reading + .reading {\n  margin-top: 1.5rem;\n}\n\n.share-bar {\n  width: 100%;\n  height: 8px;\n  margin: 0.375rem 0;\n  border-radius: 4px;\n  background: var(--line);\n}\n\n.share.good {\n  fill: var(--good);\n}\n.share.bad {\n  fill: var(--bad);\n}\n.share.warn {\n  fill: var(--warn);\n}\n.share.idle {\n  fill: var(--idle);\n}\n.share.covered {\n  fill: var(--link);\n}\n\n.share.rest {\n  fill: var(--line);\n}\n\n.case {\n  margin: 0.75rem 0;\n  padding-left: 0.75rem;\n  border-left: 3px solid var(--line);\n}\n\n.case.bad {\n  border-color: var(--bad);\n}\n.case.warn {\n  border-color: var(--warn);\n}\n\n.case h4 {\n  margin: 0;\n}\n\n.case pre {\n  margin-top: 0.25rem;\n}\n\n.meters > div {\n  flex: 1 1 10rem;\n}\n\ntd.bad {\n  color: var(--bad);\n}\ntd.warn {\n  color: var(--warn);\n}\ntd.idle {\n  color: var(--muted);\n}\n\n.check#check {\n  margin-top: 1rem;\n  padding: 0.75rem 1rem;\n  border: 1px solid var(--line);\n  border-radius: 8px;\n  font-size: 0.875rem;\n}\n\n.answer {\n  margin: 0.75rem 0 0.375rem;\n  font-size: 1rem;\n  font-weight: 600;\n}\n\n.answers {\n  padding: 0;\n  list-style: none;\n}\n\n.answers > li {\n  display: grid;\n  grid-template-columns: 1.25rem 1fr;\n  padding: 0.0625rem 0;\n}\n\n.answers span {\n  min-width: 0;\n  overflow-wrap: anywhere;\n}\n\n.answers > li > ul {\n  grid-column: 2;\n  padding-left: 1.125rem;\n}\n\n.pick {\n  margin-top: 0.75rem;\n  color: var(--muted);\n  font-size: 0.8125rem;\n}\n\n.pick input {\n  max-width: 100%;\n}\n\n.copy {\n  min-height: 1.375rem;\n  margin-left: 0.25rem;\n  padding: 0 0.3125rem;\n  border-color: transparent;\n  background: none;\n  color: var(--muted);\n  line-height: 1;\n}\n\n.copy:hover,\n.copy:focus-visible {\n  border-color: var(--line);\n  color: var(--text);\n}\n\n.scroll {\n  overflow-x: auto;\n}\n\ntable {\n  width: 100%;\n  border-collapse: collapse;\n  font-size: 0.8125rem;\n}\n\nth {\n  padding: 0.25rem 0.75rem 0.25rem 0;\n  border-bottom: 1px solid var(--line);\n  color: var(--muted);\n  font-weight: 500;\n  text-align: left;\n  white-space: nowrap;\n}\n\ntd {\n  padding: 0.25rem 0.75rem 0.25rem 0;\n  border-bottom: 1px solid color-mix(in srgb, var(--line) 60%, transparent);\n  vertical-align: baseline;\n}\n\n.number {\n  padding-right: 1.5rem;\n  text-align: right;\n  font-variant-numeric: tabular-nums;\n  white-space: nowrap;\n}\n\n.nowrap {\n  white-space: nowrap;\n}\n\ntd.name {\n  overflow-wrap: anywhere;\n}\n\n.more {\n  margin-top: 0.5rem;\n}\n\n.table-filter {\n  margin: 0.5rem 0;\n  font-size: 0.8125rem;\n}\n\n.columns {\n  display: grid;\n  grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));\n  gap: 1rem 2.5rem;\n}\n\n.pairs {\n  margin-top: 0.25rem;\n  font-size: 0.8125rem;\n}\n\n.pairs > div {\n  display: grid;\n  grid-template-columns: minmax(6rem, 8.5rem) 1fr;\n  gap: 0.75rem;\n  padding: 0.125rem 0;\n}\n\ndd {\n  min-width: 0;\n  overflow-wrap: anywhere;\n}\n\n.limits {\n  columns: 2 24rem;\n  column-gap: 2.5rem;\n}\n\nfooter {\n  margin-top: 3rem;\n  padding-top: 0.75rem;\n  border-top: 1px solid var(--line);\n  font-size: 0.8125rem;\n}\n\n@media (max-width: 46rem) {\n  body {\n    padding: 0 1rem 1.5rem;\n  }\n\n  h1 {\n    font-size: 1.375rem;\n  }\n\n  .toolbar {\n    position: static;\n  }\n\n  .toolbar input[type='search'] {\n    flex: 1 1 8rem;\n    width: auto;\n  }\n\n  .search {\n    flex: 1 1 100%;\n  }\n\n  .axis {\n    display: none;\n  }\n\n  .step > details > summary {\n    grid-template-columns: 1.25rem 1fr 4.5rem;\n    gap: 0.125rem 0.5rem;\n  }\n\n  .step .symbol {\n    grid-area: 1 / 1;\n  }\n\n  .step h3 {\n    grid-area: 1 / 2;\n  }\n\n  .step .time {\n    grid-area: 1 / 3;\n  }\n\n  .step .bar {\n    grid-area: 2 / 2;\n  }\n\n  .step .word {\n    grid-area: 2 / 3;\n    text-align: right;\n  }\n\n  .scroll table {\n    min-width: 38rem;\n  }\n\n  .body {\n    padding: 0.5rem 0.75rem 0.75rem;\n  }\n\n  .facts.wide > div {\n    display: block;\n    padding: 0.25rem 0;\n  }\n\n  button,\n  .toolbar input[type='search'] {\n    min-height: 2.25rem;\n  }\n\n  .copy {\n    min-height: 1.75rem;\n  }\n}\n\n@media (prefers-contrast: more) {\n  :root {\n    --muted: var(--text);\n    --line: var(--muted);\n  }\n}\n\n@media print {\n  body {\n    max-width: none;\n    padding: 0;\n    font-size: 10pt;\n  }\n\n  .toolbar,\n  .check,\n  .copy,\n  .more,\n  .skip,\n  .small,\n  .table-filter {\n    display: none !important;\n  }\n\n  .lines,\n  pre {\n    max-height: none;\n    overflow: visible;\n  }\n\n  .line {\n    white-space: pre-wrap;\n  }\n\n  .step.bad > details::details-content {\n    content-visibility: visible;\n    display: block;\n  }\n\n  .step,\n  .chunk {\n    content-visibility: visible;\n  }\n\n  h2,\n  summary {\n    break-after: avoid;\n  }\n}\n";

// src/render/html/context-section.ts
/** Members of a bag of facts that are shown; hostile ones can have any number. */
const mostFacts = 60;
/** What was run, on what, by what: as the record has it. */
function makeContextSection({ envelope }) {
	const groups = [
		["Subject", toSubject(envelope)],
		["Runner", toRunner(envelope)],
		["Toolchain", toPairs(envelope.runner_context.toolchain, (name) => name.replace(/_version$/, ""))],
		["Plan and producer", toPlan(envelope)]
	];
	return markup`<section aria-labelledby="context"><h2 id="context">Subject and runner</h2>
<div class="columns">${groups.filter(([, facts]) => facts.length > 0).map(([title, facts]) => markup`<div><h3>${title}</h3><dl class="pairs">${facts.map(([term, value]) => markup`<div><dt>${term}</dt><dd>${value}</dd></div>\n`)}</dl></div>\n`)}</div>
</section>`;
}
/** What nobody may read into this record. */
function makeLimitsSection({ envelope }) {
	const claims = toNoClaims(envelope.claims.no_claims);
	return markup`<section aria-labelledby="limits"><h2 id="limits">What this can’t show</h2>
<ul class="limits">${claims.map((claim) => markup`<li>${claim}</li>\n`)}</ul>
</section>`;
}
function toSubject({ subject, intent, identities }) {
	const { git, repo, meta } = subject;
	return present([
		["Repository", repo.name],
		["URL", repo.url],
		["Commit", git && markup`<code>${git.commit_sha}</code>`],
		["Branch", git?.branch],
		["Tag", git?.tag],
		["Ref", git?.ref],
		["Head", git?.head_sha && markup`<code>${git.head_sha}</code>`],
		["Base", git?.base_sha && markup`<code>${git.base_sha}</code>`],
		["Merge", git?.merge_sha && markup`<code>${git.merge_sha}</code>`],
		["Tree", git?.tree_sha && markup`<code>${git.tree_sha}</code>`],
		["Work tree", git && {
			true: "differs from the commit",
			false: "as in the commit",
			null: "not known"
		}[`${git.dirty}`]],
		["Trigger", `${intent.trigger} (${intent.event})`],
		["Actor", intent.actor],
		["Made by", `${identities.producer.type} ${identities.producer.name ?? identities.producer.id}`],
		["About", `${identities.subject.type} ${identities.subject.name ?? identities.subject.id}`],
		...toPairs(meta, (name) => name)
	]);
}
function toRunner({ runner_context: runner }) {
	return present([
		["Runs as", runner.runner_type],
		["System", `${runner.os} ${runner.arch}`],
		["Release", runner.os_release],
		["Image", runner.image],
		["Processors", runner.cpu_count],
		["Memory", runner.memory_bytes === null ? null : formatBytes(runner.memory_bytes)],
		["Name", runner.runner_name],
		["Hosting", runner.self_hosted === null ? null : runner.self_hosted ? "self-hosted" : "hosted by the forge"],
		["Known from", runner.basis === "oidc_verified" ? "verified claims" : "what the runner says of itself"],
		...toPairs(runner.verified_claims ?? {}, (name) => name)
	]);
}
function toPlan({ plan, producer, execution, events, run_id, sealed_at }) {
	return present([
		["Manifest", plan.manifest_path],
		["Its digest", makeDigest(plan.manifest_sha256)],
		["Plan", makeDigest(plan.plan_hash)],
		["Expected plan", plan.expected_plan_hash === void 0 ? null : makeDigest(plan.expected_plan_hash)],
		["Run", markup`<code>${run_id}</code>`],
		["Started", execution.started_at],
		["Finished", execution.finished_at],
		["Sealed", sealed_at],
		["Sealed by", `${producer.name} ${producer.version} (${producer.component})`],
		["Run by", `${producer.worker.name} ${producer.worker.version}`],
		["Program", producer.worker.dist_sha256 === null ? "from source" : makeDigest(producer.worker.dist_sha256)],
		["Events", `${events.emitted} emitted, ${events.dropped} dropped`]
	]);
}
function toPairs(bag, toName) {
	const entries = Object.entries(bag);
	const left = entries.length - mostFacts;
	const facts = entries.slice(0, mostFacts).map(([key, value]) => [toName(key), toValue(value)]);
	return left > 0 ? [...facts, ["…", `and ${left} more`]] : facts;
}
function toValue(value) {
	if (typeof value !== "object") return String(value);
	return Object.entries(value).map(([key, inner]) => `${key}=${inner}`).join(", ");
}
function present(facts) {
	return facts.filter(([, value]) => value !== null && value !== void 0 && value !== "");
}

// src/render/html/contents.ts
/** What is on the page, with the one figure of each part that decides whether a reader goes there. */
function makeContents(page) {
	const { artifacts, gates, integrity, redactions } = page.envelope;
	const failed = toTestsReadings(page).map(({ value }) => value.failed + value.problems.length);
	const findings = toFindingsReadings(page).map(({ value }) => value.total);
	const links = [
		{
			id: "steps",
			title: "Steps"
		},
		...failed.length === 0 ? [] : [{
			id: "tests",
			title: "Tests",
			figure: `${sum(failed)} failed`
		}],
		...findings.length === 0 ? [] : [{
			id: "findings",
			title: "Findings",
			figure: `${sum(findings)}`
		}],
		...toCoverageReadings(page).length === 0 ? [] : [{
			id: "coverage",
			title: "Coverage"
		}],
		...toOtherObservations(page.envelope).length === 0 ? [] : [{
			id: "observations",
			title: "Observations"
		}],
		...gates.length === 0 ? [] : [{
			id: "gates",
			title: "Gates",
			figure: `${gates.length}`
		}],
		{
			id: "seal",
			title: "Seal",
			figure: integrity.signatures.length === 0 ? "not signed" : "signed"
		},
		{
			id: "artifacts",
			title: "Artifacts",
			figure: `${artifacts.length}`
		},
		{
			id: "redactions",
			title: "Redactions",
			figure: toCount(sum(redactions.map((receipt) => receipt.match_count)), "value")
		},
		{
			id: "limits",
			title: "What this can’t show"
		},
		{
			id: "context",
			title: "Subject and runner"
		}
	];
	return markup`<nav aria-label="On this page">${links.map(({ id, title, figure }) => markup`<a href="#${id}">${title}${figure !== void 0 && markup` <span class="sub">${figure}</span>`}</a>`)}</nav>`;
}
function sum(counts) {
	return counts.reduce((total, count) => total + count, 0);
}

// src/render/html/reading-source.ts
const messageChars = 2e3;
/** The line under a reading's title: which step left the report, and what read it. */
function makeSource({ observation, basis, stepIds }, page) {
	const said = [
		stepIds.length > 0 && ["step ", stepIds.slice(0, 5).map((id, index) => [index > 0 && ", ", makeStepLink(id, page)])],
		basis.length > 0 && ["from ", basis.slice(0, 5).map((artifact, index) => [index > 0 && ", ", makeArtifactLink(artifact)])],
		observation.informational && "rests on no artifact: a remark, not evidence",
		`read by ${observation.parser.name} ${observation.parser.version}`
	].filter((part) => part !== false);
	return markup`<p class="sub">${said.map((part, index) => [index > 0 && " · ", part])}</p>\n`;
}
/** Where a report contradicts itself, and what is worth knowing of it: shown, not smoothed over. */
function makeRemarks({ disagreements, remarks }) {
	return [disagreements.map((text) => markup`<p class="warning"><span aria-hidden="true">!</span> The report disagrees with itself: ${text}</p>\n`), remarks.map((text) => markup`<p class="note">${text}</p>\n`)];
}
/** What went wrong beside any single test or finding. */
function makeProblems({ problems, problems_left_out: left }) {
	return [problems.map(({ where, message }) => markup`<div class="case bad"><h4>${where}</h4><pre tabindex="0">${toPreformatted(message, messageChars)}</pre></div>\n`), left > 0 && markup`<p class="note">and ${left} more of these problems, in the report itself.</p>\n`];
}
function makeMessage(message) {
	return markup`<pre tabindex="0">${toPreformatted(message, messageChars)}</pre>`;
}
/** A bar in parts, for the eye only: the words beside it say the same. */
function makeShareBar(parts) {
	const total = Math.max(1, parts.reduce((sum, { count }) => sum + count, 0));
	let x = 0;
	const rects = parts.map(({ look, count }) => {
		const [from, width] = [x, count / total * 100];
		x += width;
		return count > 0 && markup`<rect class="share ${look}" x="${from.toFixed(3)}%" width="${width.toFixed(3)}%" height="8"/>`;
	});
	return markup`<svg class="share-bar" aria-hidden="true">${rects}</svg>`;
}

// src/render/html/coverage-section.ts
/** What the coverage reports say, and the files they say it least of. */
function makeCoverageSection(page) {
	const readings = toCoverageReadings(page);
	if (readings.length === 0) return null;
	return markup`<section aria-labelledby="coverage"><h2 id="coverage">Coverage</h2>
${readings.map((reading) => makeReading$2(reading, page))}</section>`;
}
function makeReading$2(reading, page) {
	const { value } = reading;
	const metrics = coverageMetricNames.flatMap((name) => value[name] === void 0 ? [] : [{
		name,
		metric: value[name]
	}]);
	const shown = metrics.map(({ name, metric }) => markup`<div><dt>${name}</dt><dd>${makeMeter(metric)}</dd></div>`);
	const rows = value.files.map((file) => makeRow$1(file, metrics.map(({ name }) => name)));
	const heads = metrics.map(({ name }) => markup`<th scope="col" class="number">${name}</th>`);
	return markup`<article class="reading"><h3>${toTally$2(value)}</h3>
<dl class="facts meters">${shown}</dl>
${makeSource(reading, page)}${makeRemarks(value)}${rows.length > 0 && markup`<details><summary>The ${toCount(rows.length, "least covered file")}</summary>
<div class="scroll" role="region" aria-label="Least covered files" tabindex="0"><table><thead><tr><th scope="col">File</th>${heads}</tr></thead><tbody>
${rows}</tbody></table></div>${value.files_left_out > 0 && markup`<p class="note">and ${value.files_left_out} more, in the report itself.</p>`}</details>\n`}</article>
`;
}
function toTally$2({ files_total: files, lines, statements }) {
	const [metric, word] = lines === void 0 ? [statements, "statements"] : [lines, "lines"];
	return `${metric === void 0 ? "" : `${metric.percent}% of ${word} in `}${toCount(files, "file")}`;
}
function makeMeter({ covered, total, percent }) {
	return markup`<svg class="share-bar" aria-hidden="true"><rect class="share rest" width="100%" height="8"/><rect class="share covered" width="${percent}%" height="8"/></svg> ${percent}% <span class="sub">${covered.toLocaleString("en")} of ${total.toLocaleString("en")}</span>`;
}
function makeRow$1(file, names) {
	const cells = names.map((name) => {
		const metric = file[name];
		return metric === void 0 ? markup`<td class="number">–</td>` : markup`<td class="number">${metric.percent}% <span class="sub">${metric.covered}/${metric.total}</span></td>`;
	});
	return markup`<tr><td><code>${file.path}</code></td>${cells}</tr>\n`;
}

// src/render/html/embedded-json.ts
/** `<` would end or change the script element it stands in; the others act on whoever reads the source. */
const unsafeInScript = /[<\u007F-\u009F\u2028\u2029\p{Cf}]/gu;
/**
* JSON text for a `<script type="application/json">`: what has a meaning there is written as an escape, which inside
* JSON only strings can hold. JSON.parse gives the same value back.
*/
function toEmbeddedJson(json) {
	return json.replaceAll(unsafeInScript, (character) => Array.from({ length: character.length }, (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`).join(""));
}

// src/render/html/findings-section.ts
const levels = {
	error: {
		look: "bad",
		symbol: "✗"
	},
	warning: {
		look: "warn",
		symbol: "!"
	},
	note: {
		look: "idle",
		symbol: "i"
	},
	none: {
		look: "idle",
		symbol: "○"
	}
};
/** What static analysis found, heaviest first. */
function makeFindingsSection(page) {
	const readings = toFindingsReadings(page);
	if (readings.length === 0) return null;
	return markup`<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
${readings.map((reading, index) => makeReading$1(reading, page, index))}</section>`;
}
function makeReading$1(reading, page, index) {
	const { value } = reading;
	return markup`<article class="reading"><h3>${toTally$1(reading)}</h3>
${makeSource(reading, page)}${makeRemarks(value)}${makeProblems(value)}${value.results.length > 0 && makeLongTable({
		id: `findings-${index}`,
		caption: `Findings ${index + 1}`,
		columns: [
			{ title: "Level" },
			{ title: "Finding" },
			{ title: "Rule" },
			{ title: "Where" }
		],
		rows: value.results.map(makeRow),
		leftOut: value.results_left_out,
		whole: "the report itself"
	})}</article>
`;
}
function toTally$1({ value }) {
	const tools = value.tools.map(({ name, version }) => version === null ? name : `${name} ${version}`).join(", ");
	const { error, warning, note, none } = value.by_level;
	const said = [
		[error, "error"],
		[warning, "warning"],
		[note, "note"],
		[none, "other finding"]
	].flatMap(([count, word]) => count === 0 ? [] : [toCount(count, word)]);
	const suppressed = value.suppressed > 0 ? ` (${value.suppressed} suppressed)` : "";
	return `${tools === "" ? "" : `${tools}: `}${said.length > 0 ? said.join(", ") : "no findings"}${suppressed}`;
}
function makeRow({ level, message, rule_id, uri, start_line, start_column }) {
	const { look, symbol } = levels[level];
	const at = [
		uri,
		start_line,
		start_column
	].filter((part) => part !== void 0).join(":");
	return markup`<tr><td class="${look}"><span aria-hidden="true">${symbol}</span> ${level}</td><td>${message}</td><td><code>${rule_id}</code></td><td><code>${at}</code></td></tr>\n`;
}

// src/render/html/log-budget.ts
/** Less than this of a log tells nothing. */
const leastBytes = 256;
/**
* The logs that fit into `roomBytes` of page. Steps that did not end well come first; in each of the two groups short
* logs stay whole and the long ones share what is left, each losing its beginning.
*/
function fitLogs(envelope, logs, roomBytes) {
	const fitted = /* @__PURE__ */ new Map();
	let room = roomBytes;
	for (const group of toGroups(envelope)) {
		const waiting = group.flatMap((id) => {
			const log = Object.hasOwn(logs, id) ? logs[id] : void 0;
			return log === void 0 || log.text === "" ? [] : [toEmbedded(id, log.text, log.truncated)];
		}).toSorted((a, b) => toBytes(a) - toBytes(b));
		for (const [index, log] of waiting.entries()) {
			const kept = toTail(log, Math.floor(room / (waiting.length - index)));
			if (kept === void 0) continue;
			fitted.set(log.artifactId, kept);
			room -= toBytes(kept);
		}
	}
	return fitted;
}
function toGroups(envelope) {
	const groups = [[], []];
	for (const step of envelope.execution.steps) {
		const group = isFailure(step) || step.status === "aborted" ? groups[0] : groups[1];
		const runs = step.attempts.length === 0 ? [step] : step.attempts;
		for (const { stdout_artifact_id: out, stderr_artifact_id: err } of runs) group.push(...[err, out].filter((id) => id !== null));
	}
	return groups.map((ids) => Array.from(new Set(ids)));
}
function toEmbedded(artifactId, text, isCut) {
	return {
		artifactId,
		text,
		isCut,
		json: toEmbeddedJson(JSON.stringify(text))
	};
}
function toTail(log, roomBytes) {
	const bytes = toBytes(log);
	if (bytes <= roomBytes) return log;
	if (roomBytes < leastBytes) return void 0;
	let chars = log.text.length;
	let tail = log;
	for (let share = roomBytes / bytes; toBytes(tail) > roomBytes; share = .9) {
		chars = Math.floor(chars * share);
		tail = toEmbedded(log.artifactId, toWholeLines(log.text.slice(log.text.length - chars)), true);
	}
	return tail;
}
/** From the first line that is whole; a text without a line break is cut between characters. */
function toWholeLines(tail) {
	const start = tail.indexOf("\n") + 1;
	return start > 0 && start < tail.length ? tail.slice(start) : tail.replace(/^[\uDC00-\uDFFF]/, "");
}
/** The element around it, with its id, is part of what it takes. */
function toBytes({ json, artifactId }) {
	return Buffer.byteLength(json) + Buffer.byteLength(artifactId) + 128;
}

// src/render/html/other-section.ts
const most = 100;
/** Observations that have no section of their own, by their summaries. */
function makeOtherSection({ envelope }) {
	const others = toOtherObservations(envelope);
	if (others.length === 0) return null;
	const left = others.length - most;
	const items = others.slice(0, most).map(({ type, summary, informational }) => markup`<li><strong>${type.replaceAll("_", " ")}</strong> ${summary}${informational && markup` <span class="sub">a remark: it rests on no artifact</span>`}</li>\n`);
	return markup`<section aria-labelledby="observations"><h2 id="observations">Observations</h2>
<ul class="plain">${items}${left > 0 && markup`<li>and ${left} more, in envelope.json</li>`}</ul>
</section>`;
}

// src/render/html/overview.ts
const moods = {
	pass: {
		symbol: "✓",
		look: "good"
	},
	fail: {
		symbol: "✗",
		look: "bad"
	},
	incomplete: {
		symbol: "!",
		look: "warn"
	},
	waiting: {
		symbol: "…",
		look: "warn"
	},
	broken: {
		symbol: "✗",
		look: "bad"
	}
};
/** The answer as a title for the window, a symbol and a sentence; an envelope that does not hold comes before all. */
function toAnswer({ execution }, verdict) {
	if (toBrokenAnswers(verdict).length > 0) return {
		...moods.broken,
		sentence: "Do not rely on this: the envelope does not hold"
	};
	const { mood, sentence } = toHeadline(execution);
	return {
		...moods[mood],
		sentence
	};
}
/** The head of the page: what came out, of what, where and when. */
function makeOverview({ envelope, verdict }) {
	const { symbol, look, sentence } = toAnswer(envelope, verdict);
	const { subject, plan } = envelope;
	return markup`<header class="overview ${look}">
<p class="brand">Quoderat <span class="sub">evidence of one run</span></p>
<h1><span class="symbol" aria-hidden="true">${symbol}</span>${sentence}</h1>
${toBrokenAnswers(verdict).map(makeAlarm)}<p class="where">${[
		subject.repo.name !== null && markup`<strong>${subject.repo.name}</strong>`,
		toCommit(envelope),
		markup`<code>${plan.name}</code>`,
		...toRun(envelope)
	].filter((fact) => fact !== false).map((fact) => markup`<span>${fact}</span>`)}</p>
</header>`;
}
function makeAlarm({ name, problems }) {
	const shown = problems.slice(0, 20).map(({ pointer, message, code }) => markup`<li><code>${pointer === "" ? "(the envelope)" : pointer}</code> ${message} <code>${code}</code></li>`);
	const left = problems.length - shown.length;
	return markup`<div class="alarm"><p><strong>${name}</strong></p><ul>${shown}${left > 0 && markup`<li>and ${left} more</li>`}</ul></div>\n`;
}
function toCommit({ subject }) {
	const { git } = subject;
	if (git === null) return "no git checkout";
	const name = git.tag ?? git.branch;
	const head = git.head_sha === null || git.head_sha === git.commit_sha || isOfBase(subject) ? null : git.head_sha;
	return markup`commit <code>${toShortCommit(head ?? git.commit_sha)}</code>${head !== null && markup` (tested as <code>${toShortCommit(git.commit_sha)}</code>)`}${isOfBase(subject) ? ", not the pull request's" : name !== null && markup` of <code>${name}</code>`}${git.dirty === true && ", with changes that are in no commit"}`;
}
function toRun({ intent, execution, subject }) {
	const { run_attempt: attempt, matrix } = subject.meta;
	const leg = typeof matrix === "object" ? Object.entries(matrix).map(([key, value]) => `${key}=${value}`) : [];
	const started = `${execution.started_at.slice(0, 10)} ${execution.started_at.slice(11, 16)} UTC`;
	return [
		markup`${intent.trigger.replaceAll("_", " ")}${intent.actor !== null && ` by ${intent.actor}`}`,
		typeof attempt === "number" && attempt > 1 && `attempt ${attempt}`,
		leg.length > 0 && markup`leg <code>${leg.join(", ")}</code>`,
		markup`<time datetime="${execution.started_at}">${started}</time>`,
		formatDuration(execution.duration_ms)
	];
}

// src/render/html/receipts-section.ts
const rowsWhenShort = 100;
const matchTypes = {
	known_value: "a known secret",
	encoded_value: "a known secret, encoded",
	pattern: "a pattern"
};
/** Receipts of what was taken out: which rule, where, how often; the values are nowhere. */
function makeRedactionsSection(page) {
	const { redactions } = page.envelope;
	const shown = page.isFull ? redactions : redactions.slice(0, rowsWhenShort);
	const total = redactions.reduce((sum, { match_count: count }) => sum + count, 0);
	return markup`<section aria-labelledby="redactions"><h2 id="redactions">Redactions <span class="sub">${total === 0 ? "none" : toCount(total, "value") + " taken out"}</span></h2>
${total === 0 && markup`<p>Nothing was replaced. That is no promise that nothing secret is there.</p>`}${redactions.length > 0 && makeLongTable({
		id: "redaction-table",
		caption: "Redactions",
		columns: [
			{ title: "Rule" },
			{ title: "Where" },
			{ title: "What matched" },
			{
				title: "Times",
				isNumber: true
			}
		],
		rows: shown.map(makeReceipt),
		leftOut: redactions.length - shown.length,
		whole: "envelope.json"
	})}
</section>`;
}
function makeReceipt({ rule_id, path, artifact_id, match_type, match_count }) {
	return markup`<tr><td><code>${rule_id}</code></td><td><code>${artifact_id === null || artifact_id === path ? path : artifact_id}</code></td><td>${matchTypes[match_type]}</td><td class="number">${match_count}</td></tr>\n`;
}
/** Approvals and policies, and what was decided. */
function makeGatesSection(page) {
	const { gates } = page.envelope;
	if (gates.length === 0) return null;
	return markup`<section aria-labelledby="gates"><h2 id="gates">Gates</h2>
${makeLongTable({
		id: "gate-table",
		caption: "Gates",
		columns: [
			{ title: "Step" },
			{ title: "Kind" },
			{ title: "Decision" },
			{ title: "By" },
			{ title: "At" },
			{ title: "Reason" }
		],
		rows: gates.map((gate) => makeGate(gate, page)),
		leftOut: 0,
		whole: "envelope.json"
	})}
</section>`;
}
function makeGate({ step_id, kind, decision, by, at, reason }, page) {
	return markup`<tr><td>${makeStepLink(step_id, page)}</td><td>${kind.replaceAll("_", " ")}</td><td>${decision}</td><td>${by ?? "–"}</td><td>${at ?? "–"}</td><td>${reason}</td></tr>\n`;
}

// src/render/html/seal-section.ts
/** Which file is the evidence, how far its seal carries, and the button that recomputes it on the spot. */
function makeSealSection(page, hasEnvelope) {
	const { envelope, envelopeSha256, verdict } = page;
	const { seal, signer } = toTrust(envelope, verdict);
	const signed = signer === void 0 ? null : markup`, signed by key <code>${signer.key}</code> (${signer.check})`;
	const command = toVerifyCommand(page);
	return markup`<section aria-labelledby="seal"><h2 id="seal">Seal</h2>
<p>${seal.slice(0, 1).toUpperCase()}${seal.slice(1)}${signed}. ${toCount(envelope.integrity.entry_count, "chained entry", "chained entries")}.</p>
<dl class="facts wide">
<div><dt>Envelope</dt><dd><a href="envelope.json">envelope.json</a> <code class="long">sha256:${envelopeSha256}</code>${makeCopyButton(envelopeSha256, "the SHA-256 of the envelope")}</dd></div>
<div><dt>Head</dt><dd><code class="long">${envelope.integrity.head_entry_hash}</code>${makeCopyButton(envelope.integrity.head_entry_hash, "the head of the chain")}</dd></div>
<div><dt>Evidence</dt><dd><code>${envelope.evidence_id}</code></dd></div>
<div><dt>When written</dt><dd>${toAnswers(verdict).join(" · ")}</dd></div>
<div><dt>Check it</dt><dd><code class="long">${command}</code>${makeCopyButton(command, "the command")}</dd></div>
</dl>
<noscript><p class="note">This browser runs no script here: the button that recomputes the chain, the whole logs and the search are not there. The command above does more than the button would.</p></noscript>
<div class="check" id="check" data-sha256="${envelopeSha256}" hidden>
${hasEnvelope ? markup`<p><button type="button" class="primary" id="check-run">Recompute the hash chain</button> <span class="sub">in this browser, from the envelope inside this page; nothing is sent anywhere</span></p>` : markup`<p>The envelope is too large to be inside this page. Choose <code>envelope.json</code> to recompute its chain in this browser.</p>`}
<div id="check-result" role="status" aria-live="polite"></div>
<p class="pick"><label for="check-files">${hasEnvelope ? "Compare files too" : "Files"}: artifacts, envelope.json, a public key (.pem)</label> <input id="check-files" type="file" multiple></p>
</div>
</section>`;
}
const words = {
	yes: "yes",
	no: "NO",
	artifacts_missing: "artifacts missing",
	undecidable: "cannot be decided",
	not_checked: "not checked",
	not_asked: "not asked"
};
/** What verification said when the page was written. */
function toAnswers({ intact, complete, authentic, expected }) {
	const { total, matched, checked } = complete.artifacts;
	const artifacts = checked ? ` (${matched} of ${total} artifacts at hand and equal)` : " (artifact bytes not checked)";
	return [
		`intact: ${words[intact.answer]}`,
		`complete: ${words[complete.answer]}${artifacts}`,
		`authentic: ${words[authentic.answer]}`,
		`expected: ${words[expected.answer]}`
	];
}
function toVerifyCommand({ envelope: { subject } }) {
	return `npx quoderat verify envelope.json --artifacts artifacts${subject.repo.name === null ? "" : ` --repo ${toShellWord(subject.repo.name)}`}${subject.id === null ? "" : ` --commit ${toShellWord(subject.id)}`}`;
}

// src/render/html/logs.ts
/**
* The outputs of one attempt. What stands here is for readers without script (the last lines of failures); the script
* puts the whole of what the page carries in its place when the step is opened.
*/
function makeLogs(attempt, step, options) {
	const streams = ["stderr", "stdout"].map((stream) => makeLog(stream, attempt[`${stream}_artifact_id`], step, options));
	if (streams.every((stream) => stream === null)) return null;
	const heading = options.heading === null ? "Output" : `Output: ${options.heading}`;
	return markup`<h4>${heading}</h4>\n${streams}`;
}
function makeLog(stream, id, step, { page, pageLogs }) {
	const artifact = id === null ? void 0 : page.artifacts.get(id);
	if (artifact === void 0 || id === null) return null;
	if (artifact.size_bytes === 0) return markup`<p class="log-head"><strong>${stream}</strong> <span class="sub">empty</span></p>\n`;
	const log = pageLogs.logs.get(id);
	const cut = artifact.truncated && "its end was not captured";
	const head = markup`<div class="log-head"><strong>${stream}</strong> <span class="sub">${makeSize(artifact.size_bytes)}${artifact.redaction.applied && ", redacted"}${cut && `, ${cut}`}</span> ${makeArtifactLink(artifact)}</div>`;
	if (log === void 0) return markup`${head}<p class="note">Not on this page.</p>\n`;
	const label = `${stream} of ${step.id}`;
	const note = log.isCut && markup`<p class="note">The beginning is not on this page: lines are counted from the first one shown.</p>`;
	return markup`<div class="log" data-log="${pageLogs.elementIds.get(id)}" data-label="${label}" data-artifact="${page.artifactIndexes.get(id)}"${!log.isCut && whole}>${head}${note}${makeExcerpt(log.text, step, label)}</div>\n`;
}
/** The script may then hash what is here and compare it with the artifact's digest. */
const whole = markup` data-whole`;
function makeExcerpt(text, step, label) {
	if (!isFailure(step)) return null;
	const lines = toInertTail(text);
	return markup`<pre class="excerpt" tabindex="0" aria-label="${label}, the last lines">${toPreformatted(lines.join("\n"), inertLength.excerptLines * inertLength.excerptLine * 2)}</pre>`;
}

// src/render/html/step.ts
const limits = {
	commandChars: 8e3,
	files: 12,
	needs: 50,
	names: 100
};
/** One step: a line with its place on the time axis, and behind it all that is known of it. */
function makeStep(step, options) {
	const { page, isOpen, hasBody, readyMs } = options;
	const { symbol, word } = toStepWord(step);
	const name = step.name === step.id || step.name === "" ? null : markup` <span class="sub">${step.name}</span>`;
	const time = step.attempt === 0 ? "–" : formatDuration(step.duration_ms);
	const retries = step.attempt > 1 && markup` <span class="tag">${step.attempt}×</span>`;
	return markup`<li class="step ${toLook(step)}" id="step-${step.index}" data-look="${toLook(step)}">
<details${isOpen && opened}><summary><span class="symbol" aria-hidden="true">${symbol}</span><h3>${step.id}${name}</h3><span class="word">${word}${retries}</span>${makeBar(step, page.scale, readyMs)}<span class="time">${time}</span></summary>
${hasBody ? makeBody(step, options) : markup`<p class="note">Left out to keep this page small; envelope.json has it all.</p>`}</details></li>
`;
}
const opened = markup` open`;
function makeBody(step, { page, pageLogs }) {
	const { attempts } = step;
	const earlier = attempts.slice(0, -1);
	return markup`<div class="body">
${makeReason(step)}${step.warnings.map((warning) => markup`<p class="warning"><span aria-hidden="true">!</span> Warning: ${warning}</p>\n`)}
${makeCommand(step)}
<dl class="facts">${toFacts(step, page).map(([term, value]) => markup`<div><dt>${term}</dt><dd>${value}</dd></div>\n`)}</dl>
${makeLogs(attempts.at(-1) ?? step, step, {
		page,
		pageLogs,
		heading: attempts.length > 1 ? `Attempt ${attempts.length}, the last` : null
	})}
${earlier.map((attempt) => makeEarlier(attempt, step, page, pageLogs))}${makeFiles(step, page)}</div>`;
}
function makeReason(step) {
	const reason = toReason(step);
	if (reason === "") return null;
	const code = step.cause === void 0 ? null : markup` <code>${step.cause.code}</code>`;
	return markup`<p class="cause">${reason}${code}</p>\n`;
}
function makeCommand({ command, cwd }) {
	if (command === null) return null;
	const text = "run" in command ? command.run.replace(/\s+$/, "") : command.argv.map(toArgument).join(" ");
	const how = "run" in command ? `script for ${command.shell}` : "program and arguments, no shell";
	return markup`<figure class="command"><figcaption>${how}${cwd === "." ? null : markup`, in <code>${cwd}</code>`}</figcaption><pre tabindex="0">${toPreformatted(text, limits.commandChars)}</pre></figure>`;
}
/** As JSON where it would not stand for itself: the list is an argument vector, and nobody's shell reads it. */
function toArgument(argument) {
	return /^[\w@%+=:,./-]+$/.test(argument) ? argument : JSON.stringify(argument);
}
function toFacts(step, page) {
	const last = step.attempts.at(-1);
	const started = step.started_at === null ? null : Date.parse(step.started_at) - page.scale.startMs;
	return [
		["Kind", step.kind],
		["Exit", toExit(step)],
		["Attempts", step.max_attempts > 1 && `${step.attempt} of ${step.max_attempts}`],
		["Started", started !== null && markup`${formatDuration(Math.max(0, started))} into the run <time datetime="${step.started_at}">${step.started_at?.slice(11, 19)} UTC</time>`],
		["Phases", last !== void 0 && toPhases(last)],
		["Needs", step.needs.length > 0 && toList(step.needs, limits.needs, (id) => makeStepLink(id, page))],
		["Time limit", `${formatDuration(step.timeout_ms)}${step.idle_timeout_ms === null ? "" : `, silent for ${formatDuration(step.idle_timeout_ms)}`}`],
		["Environment", step.env_names.length > 0 && toList(step.env_names, limits.names, (name) => markup`<code>${name}</code>`)],
		["Part of", step.parent_id !== void 0 && markup`<code>${step.parent_id}</code>`],
		["May fail", step.continue_on_error && "yes: a failure does not fail the run"],
		["Output", step.attempt > 0 && !step.output_complete && "incomplete: bytes that it wrote may be missing"],
		["Left behind", (last?.survivors_killed ?? 0) > 0 && `${toCount(last?.survivors_killed ?? 0, "process", "processes")} killed after its end`]
	].filter(([, value]) => value !== false && value !== null);
}
function toExit({ exit_code: exit, signal, termination, attempt }) {
	if (attempt === 0) return null;
	if (signal !== null) return markup`signal <code>${signal}</code>`;
	return exit === null ? `no exit code (${termination.replaceAll("_", " ")})` : markup`code <code>${exit}</code>`;
}
function toPhases({ phases, termination }) {
	const { spawn_ms, run_ms, terminate_ms, drain_ms, capture_ms } = phases;
	return [
		["start", spawn_ms],
		["run", run_ms],
		[termination === "exited" ? "sweep" : "end by force", terminate_ms],
		["read the rest", drain_ms],
		["keep files", capture_ms]
	].flatMap(([name, ms]) => ms === 0 && name !== "run" ? [] : [`${name} ${formatDuration(ms)}`]).join(" · ");
}
function makeEarlier(attempt, step, page, pageLogs) {
	const { word } = toStepWord({
		status: attempt.status,
		continue_on_error: step.continue_on_error
	});
	const title = `Attempt ${attempt.attempt}: ${word}, ${formatDuration(attempt.duration_ms)}`;
	return markup`<details class="attempt"><summary>${title}</summary>
<p>${toExit(attempt)}${toReason({ ...attempt }) !== "" && ` · ${toReason({ ...attempt })}`} · ${toPhases(attempt)}</p>
${makeLogs(attempt, step, {
		page,
		pageLogs,
		heading: null
	})}</details>\n`;
}
function makeFiles(step, { artifacts }) {
	const ids = [
		...step.report_artifact_ids,
		...step.output_artifact_ids,
		...step.diff_artifact_id === void 0 ? [] : [step.diff_artifact_id]
	];
	const files = ids.slice(0, limits.files).flatMap((id) => artifacts.get(id) ?? []);
	if (files.length === 0) return null;
	const left = ids.length - files.length;
	return markup`<h4>Files</h4>
<ul class="files">${files.map((file) => markup`<li>${makeArtifactLink(file)} <span class="sub">${file.kind}, ${makeSize(file.size_bytes)}</span></li>`)}${left > 0 && markup`<li>and ${toCount(left, "more", "more")} in <a href="#artifacts">Artifacts</a></li>`}</ul>\n`;
}
function toList(items, most, make) {
	const left = items.length - most;
	return [items.slice(0, most).map((item, index) => [index > 0 && ", ", make(item)]), left > 0 && ` and ${left} more`];
}

// src/render/html/steps-section.ts
/** Steps that stand open when the page does. */
const openSteps = 3;
/** From here on steps are laid out only when they come into sight. */
const manySteps = 100;
/** Step bodies that a page short of room still has. */
const bodiesWhenShort = 50;
const looks = [
	{
		look: "bad",
		word: "failed"
	},
	{
		look: "warn",
		word: "allowed or cut off"
	},
	{
		look: "idle",
		word: "not run"
	},
	{
		look: "good",
		word: "passed"
	}
];
/** All steps in the order of the plan, each with its place on one time axis; those that failed stand open. */
function makeStepsSection(page, pageLogs) {
	const { execution } = page.envelope;
	const troubled = execution.steps.filter((step) => toLook(step) === "bad" || step.status === "aborted");
	const open = new Set(troubled.slice(0, openSteps));
	const bodies = page.isFull ? null : new Set(troubled.slice(0, bodiesWhenShort));
	const startMs = page.scale.startMs;
	const isMany = execution.steps.length > manySteps;
	const items = execution.steps.map((step) => makeStep(step, {
		page,
		pageLogs,
		readyMs: toReadyMs(step, page.steps, startMs),
		isOpen: open.has(step),
		hasBody: bodies === null || bodies.has(step)
	}));
	const parallel = execution.max_parallel === 1 ? "one at a time" : `up to ${execution.max_parallel} at once`;
	return markup`<section aria-labelledby="steps"><h2 id="steps">Steps <span class="sub">${formatDuration(execution.duration_ms)} in all, ${parallel}</span></h2>
${makeToolbar(execution.steps)}
<div class="timeline">${makeAxis(page.scale)}
<ol class="steps${isMany && " many"}">
${items}</ol></div>
<p class="legend" aria-hidden="true"><span><svg class="key"><rect class="run good" y="2" width="24" height="10" rx="1.5"/></svg>ran</span><span><svg class="key"><line class="wait" x2="24" y1="7" y2="7"/></svg>waited for a free place or the next attempt</span><span><svg class="key"><rect class="run bad" y="2" width="24" height="10" rx="1.5"/><rect class="ending" x="12" y="2" width="12" height="10"/></svg>was being ended</span></p>
</section>`;
}
function makeToolbar(steps) {
	const chips = looks.flatMap(({ look, word }) => {
		const count = steps.filter((step) => toLook(step) === look).length;
		return count === 0 || count === steps.length ? [] : [markup`<button type="button" class="chip ${look}" data-show="${look}" aria-pressed="false">${word} ${count}</button>`];
	});
	const all = markup`<button type="button" class="chip" data-show="all" aria-pressed="true">all ${steps.length}</button>`;
	return markup`<div class="toolbar" role="group" aria-label="Filter and search" hidden>
<div class="chips" role="group" aria-label="Steps shown">${chips.length > 0 && [all, chips]}</div>
<div class="search" role="search"><label class="hidden" for="log-search">Search in the logs</label><input id="log-search" type="search" placeholder="Search in the logs" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"><button type="button" id="log-previous" aria-label="Previous match">↑</button><button type="button" id="log-next" aria-label="Next match">↓</button><label class="check"><input type="checkbox" id="log-only"> matching lines only</label><output id="log-count" for="log-search" aria-live="polite"></output></div>
</div>`;
}
/** When a step could have started: the end of the last thing it needs. */
function toReadyMs({ needs }, steps, startMs) {
	const ends = needs.map((id) => Date.parse(steps.get(id)?.finished_at ?? "")).filter((ms) => !Number.isNaN(ms));
	return Math.max(startMs, ...ends);
}

// src/render/html/tests-section.ts
/** What the test reports say: counts, then every test that failed, then those that did not simply pass. */
function makeTestsSection(page) {
	const readings = toTestsReadings(page);
	if (readings.length === 0) return null;
	return markup`<section aria-labelledby="tests"><h2 id="tests">Tests</h2>
${readings.map((reading) => makeReading(reading, page))}</section>`;
}
function makeReading(reading, page) {
	const { value } = reading;
	const failed = value.cases.filter(({ status }) => status === "failed");
	const others = value.cases.filter(({ status }) => status !== "failed");
	return markup`<article class="reading"><h3>${toTally(reading)}</h3>
${makeShareBar([
		{
			look: "bad",
			count: value.failed
		},
		{
			look: "warn",
			count: value.flaky + value.other
		},
		{
			look: "idle",
			count: value.skipped + value.pending
		},
		{
			look: "good",
			count: value.passed - Math.min(value.flaky, value.passed)
		}
	])}
${makeSource(reading, page)}${makeRemarks(value)}${makeProblems(value)}${failed.map((test) => makeCase(test, "bad"))}${others.length > 0 && markup`<details><summary>${toCount(others.length, "test")} that did not simply pass</summary>\n${others.map((test) => makeCase(test, test.flaky ? "warn" : "idle"))}</details>\n`}${value.cases_left_out > 0 && markup`<p class="note">and ${value.cases_left_out} more that did not simply pass, in the report itself.</p>`}</article>
`;
}
function toTally({ value }) {
	const { tests, passed, failed, skipped, pending, other, flaky, duration_ms: ms } = value;
	const said = [
		[failed, "failed"],
		[passed, "passed"],
		[skipped, "skipped"],
		[pending, "pending"],
		[other, "other"],
		[flaky, "flaky"]
	].flatMap(([count, word]) => count === 0 ? [] : [`${toGrouped(count)} ${word}`]);
	const time = ms === null ? "" : ` in ${formatDuration(ms)}`;
	return `${toCount(tests, "test")}${time}${said.length > 0 ? `: ${said.join(", ")}` : ""}`;
}
function makeCase(test, look) {
	const { name, suite, status, flaky, message, file, line, retries, duration_ms: ms } = test;
	const suites = suite.length > 0 && markup`<span class="sub">${suite.join(" › ")} ›</span> `;
	const facts = [
		flaky ? "flaky: failed first, then passed" : status,
		...file === void 0 ? [] : [`${file}${line === void 0 ? "" : `:${line}`}`],
		...retries > 0 ? [toCount(retries, "retry", "retries")] : [],
		...ms === null ? [] : [formatDuration(ms)]
	];
	return markup`<div class="case ${look}"><h4>${suites}${name}</h4><p class="sub">${facts.join(" · ")}</p>${message !== void 0 && makeMessage(message)}</div>\n`;
}

// \0@oxc-project+runtime@0.156.0/helpers/esm/taggedTemplateLiteral.js
function _taggedTemplateLiteral(e, t) {
	return t || (t = e.slice(0)), Object.freeze(Object.defineProperties(e, { raw: { value: Object.freeze(t) } }));
}

// src/render/html/report.ts
var _templateObject;
var _templateObject2;
/** What is given up in turn so that the page fits. Logs take what is left, but at least this share of the page. */
const fallbacks = [
	{
		isFull: true,
		hasEnvelope: true,
		logShare: .2
	},
	{
		isFull: false,
		hasEnvelope: true,
		logShare: .2
	},
	{
		isFull: false,
		hasEnvelope: true,
		logShare: 0
	},
	{
		isFull: false,
		hasEnvelope: false,
		logShare: 0
	}
];
/**
* report.html: one page, complete in itself, that loads nothing and needs no server. Everything in the envelope and the
* logs is taken for a stranger's text. What does not fit goes in this order, and the page says so: beginnings of logs,
* long tables and the bodies of passed steps, the envelope inside the page.
* @throws RangeError when budgetBytes is too small for the shortest form
*/
function renderReport(options) {
	const { envelope, logs, budgetBytes } = options;
	const envelopeJson = toEmbeddedJson(Buffer.from(options.envelopeBytes).toString("utf8"));
	const logBytes = Object.values(logs).reduce((sum, { text }) => sum + text.length, 0);
	for (const { isFull, hasEnvelope, logShare } of fallbacks) {
		const page = makePage({
			...options,
			isFull
		});
		const data = hasEnvelope ? makeDataBlock("envelope", envelopeJson) : raw("");
		const room = budgetBytes - Buffer.byteLength(assemble(page, toPageLogs(/* @__PURE__ */ new Map()), data));
		if (room < Math.min(logBytes, budgetBytes * logShare)) continue;
		for (const share of [
			.98,
			.85,
			.6,
			0
		]) {
			const html = assemble(page, toPageLogs(fitLogs(envelope, logs, Math.floor(room * share))), data);
			if (Buffer.byteLength(html) <= budgetBytes) return html;
		}
	}
	throw new RangeError(`a report of ${budgetBytes} bytes is too small for what must be in it`);
}
function assemble(page, pageLogs, data) {
	const { symbol, sentence } = toAnswer(page.envelope, page.verdict);
	const { repo, id } = page.envelope.subject;
	const title = [
		`${symbol} ${sentence}`,
		repo.name,
		id?.slice(0, 7),
		"Quoderat"
	].filter(Boolean).join(" · ");
	const blocks = [...pageLogs.logs.values()].map(({ artifactId, json }) => makeDataBlock(pageLogs.elementIds.get(artifactId) ?? "", json));
	const hasEnvelope = data.text !== "";
	return markup(_templateObject || (_templateObject = _taggedTemplateLiteral([
		"",
		"\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"",
		"\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
		"</title>\n<style>",
		"</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#steps\">Skip to the steps</a>\n",
		"\n",
		"\n<main>\n",
		"\n</main>\n<footer><p>Written by Quoderat ",
		". The envelope is the authority; this page only shows it.</p></footer>\n",
		"",
		"<script>",
		"<\/script>\n</body>\n</html>\n"
	])), raw("<!doctype html>"), raw(toPolicy()), title, raw(reportStyle), makeOverview(page), makeContents(page), toSections(page, pageLogs, hasEnvelope), page.envelope.producer.version, data, blocks, raw(reportScript)).text;
}
function toSections(page, pageLogs, hasEnvelope) {
	return [
		makeStepsSection(page, pageLogs),
		makeTestsSection(page),
		makeFindingsSection(page),
		makeCoverageSection(page),
		makeOtherSection(page),
		makeGatesSection(page),
		makeSealSection(page, hasEnvelope),
		makeArtifactsSection(page),
		makeRedactionsSection(page),
		makeLimitsSection(page),
		makeContextSection(page)
	].flatMap((section) => section === null ? [] : [markup`${section}\n`]);
}
/** Data that the script reads; browsers do not run it, and no policy is asked about it. */
function makeDataBlock(id, embeddedJson) {
	return markup(_templateObject2 || (_templateObject2 = _taggedTemplateLiteral([
		"<script type=\"application/json\" id=\"",
		"\">",
		"<\/script>\n"
	], [
		"<script type=\"application/json\" id=\"",
		"\">",
		"<\/script>\\n"
	])), id, raw(embeddedJson));
}
/** CSP level 3: nothing loads or runs but the one style and the one script, known by their hashes. */
function toPolicy() {
	const allow = (text) => `'sha256-${Buffer.from(sha256(text), "hex").toString("base64")}'`;
	return `default-src 'none'; style-src ${allow(reportStyle)}; script-src ${allow(reportScript)}; img-src data:; base-uri 'none'; form-action 'none'`;
}

// src/write-evidence.ts
/** Leaves sealed evidence in its folder, with the pages about it; null when no folder could take the envelope. */
async function writeEvidence(options) {
	const { bytes, sha256, envelope, verdict } = options;
	const [folder = "."] = options.dirs;
	for (const dir of options.dirs) try {
		const envelopePath = await writeEvidenceFile(dir, evidenceFiles.envelope, bytes);
		await writeEvidenceFile(dir, evidenceFiles.statement, options.statement);
		if (options.manifestSha256 !== void 0) await linkArtifact(dir, options.manifestSha256, evidenceFiles.manifest);
		const pages = await writePages(dir, {
			...options,
			folder
		});
		await dropPartials(join(folder, evidenceFiles.artifacts));
		return {
			dir,
			envelopePath,
			envelopeSha256: sha256,
			envelope,
			verdict,
			...pages
		};
	} catch (error) {
		options.onProblem(toMessage(error));
	}
	options.onProblem(`the envelope of run ${envelope.run_id} was sealed but written nowhere (head ${envelope.integrity.head_entry_hash}, sha256 ${sha256})`);
	return null;
}
/** The pages about the evidence. A page that can't be made or written is a problem, and the evidence stands without it. */
async function writePages(dir, { folder, bytes, sha256, envelope, verdict, renderPage, onProblem }) {
	const facts = {
		envelope,
		envelopeSha256: sha256,
		verdict
	};
	const makePage = async (name, render) => {
		try {
			const page = await render();
			await writeEvidenceFile(dir, name, page);
			return page;
		} catch (error) {
			onProblem(`${name} is missing from the evidence: ${toMessage(error)}`);
			return "";
		}
	};
	const summary = await makePage(evidenceFiles.summary, async () => renderPage === void 0 ? renderRunSummary(folder, facts) : renderPage());
	await makePage(evidenceFiles.report, async () => renderReport({
		...facts,
		envelopeBytes: bytes,
		logs: await readLogs(folder, envelope),
		budgetBytes: limits$1.reportBytes
	}));
	return {
		summary,
		summaryPath: join(dir, evidenceFiles.summary)
	};
}
/** summary.md. @param folder which holds the artifacts */
async function renderRunSummary(folder, facts) {
	return renderSummary({
		...facts,
		envelopeFileName: evidenceFiles.envelope,
		budgetBytes: limits$1.jobSummaryBytes,
		excerpts: await readExcerpts(folder, facts.envelope),
		...toLinks(facts.envelope)
	});
}
/** The run's page on its forge, as the forge's own variables give it. */
function toLinks({ subject }) {
	const { run_url: run } = subject.meta;
	return typeof run === "string" && /^https?:\/\//.test(run) ? { links: { run } } : {};
}

export { dropStored as a, dropPartials as i, writeEvidence as n, adoptPartial as r, renderRunSummary as t };