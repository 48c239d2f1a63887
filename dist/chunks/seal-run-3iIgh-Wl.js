import { n as toMessage, t as CodedError } from "./errors-hhrPs1l3.js";
import { t as toShellWord } from "./shell-word-CiMeCswk.js";
import { n as toInertLine, r as toInertTail, t as inertLength } from "./inert-CyoBO5aA.js";
import { i as toHeadline, n as toStepWord, r as isFailure, t as toReason } from "./step-words-DEttq5bn.js";
import { t as limits } from "./limits-Bx1F7z-1.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { F as sha256, n as toCanonicalJson, r as _usingCtx, t as CanonicalError } from "./canonical-B2tSD8E3.js";
import { a as payloadTypes, c as toChain, d as sealedMembers, i as makeDsse, l as toChainText, m as artifactKinds, o as toPointer, r as signSeal, s as collections, t as verifyEnvelope } from "./verify-DMV-h_Ec.js";
import { n as evidenceFiles, o as writeEvidenceFile, r as linkArtifact } from "./evidence-folder-CDHjl772.js";
import { n as toNoClaims, t as toTrust } from "./trust-B2Rvzl0w.js";
import { r as SealError } from "./errors-8mv8BjWB.js";
import { isUtf8 } from "node:buffer";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { closeSync, constants, createReadStream, openSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { setImmediate } from "node:timers/promises";

// src/lib/clock.ts
/** The one spelling of an instant in evidence: UTC with milliseconds. @param now milliseconds since the epoch */
function toTimestamp(now) {
	return new Date(now).toISOString();
}

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

// src/record/errors.ts
/** Why events give no record. */
var RecordError = class extends CodedError {};

// src/record/run-state.ts
function makeRunState() {
	return {
		runId: null,
		started: null,
		planned: null,
		probed: null,
		finalized: null,
		steps: /* @__PURE__ */ new Map(),
		artifacts: /* @__PURE__ */ new Map(),
		observations: /* @__PURE__ */ new Map(),
		redactions: /* @__PURE__ */ new Map(),
		gates: /* @__PURE__ */ new Map()
	};
}

// src/record/step-history.ts
function makeStepHistory() {
	return {
		started: /* @__PURE__ */ new Map(),
		ended: /* @__PURE__ */ new Map(),
		isFinished: false,
		skipped: null,
		gateId: null,
		warnings: /* @__PURE__ */ new Map()
	};
}
/**
* The record of a planned step. A step of which no outcome was heard is `waiting`: that is what is known, and a verifier
* calls such a record incomplete.
*/
function toStepRecord(step, history, diffArtifactId) {
	const attempts = toAttempts(history);
	const last = attempts.at(-1);
	return {
		...toDeclaration(step),
		...toOutcome(history, last),
		attempt: attempts.length,
		attempts,
		started_at: last?.started_at ?? null,
		finished_at: last?.finished_at ?? null,
		duration_ms: last?.duration_ms ?? 0,
		stdout_artifact_id: last?.stdout_artifact_id ?? null,
		stderr_artifact_id: last?.stderr_artifact_id ?? null,
		report_artifact_ids: last?.report_artifact_ids ?? [],
		output_artifact_ids: last?.output_artifact_ids ?? [],
		...diffArtifactId !== null && { diff_artifact_id: diffArtifactId },
		output_complete: last?.output_complete ?? true,
		...history.skipped !== null && { skipped_reason: history.skipped.reason },
		...history.gateId !== null && { gate_id: history.gateId },
		warnings: toWarnings(history)
	};
}
function toAttempts({ ended }) {
	return [...ended.values()].map(({ result }) => result).toSorted((one, other) => one.attempt - other.attempt);
}
function toDeclaration(step) {
	return {
		id: step.id,
		index: step.index,
		...step.parent_id !== void 0 && { parent_id: step.parent_id },
		kind: step.kind,
		name: step.name,
		needs: step.needs,
		continue_on_error: step.continue_on_error,
		max_attempts: step.retry.max_attempts,
		command: step.command,
		cwd: step.cwd,
		env_names: step.env_names,
		timeout_ms: step.timeout_ms,
		idle_timeout_ms: step.idle_timeout_ms
	};
}
/** The last attempt's outcome once the step is over; a step skipped while it waited to try again keeps that outcome. */
function toOutcome(history, last) {
	if (last !== void 0 && (history.isFinished || history.skipped !== null)) {
		const { status, exit_code, signal, termination, cause } = last;
		return {
			status,
			exit_code,
			signal,
			termination,
			...cause && { cause }
		};
	}
	const wasStarted = history.started.size > 0 || last !== void 0;
	return {
		status: history.skipped === null ? "waiting" : "skipped",
		exit_code: null,
		signal: null,
		termination: wasStarted ? "aborted" : "skipped"
	};
}
function toWarnings({ warnings }) {
	return [...warnings.values()].toSorted((one, other) => one.seq - other.seq).map(({ code, message }) => `${code}: ${message}`);
}

// src/record/order.ts
/** What belongs to the run as a whole comes before what belongs to a step. */
const RUN_LEVEL = -1;
const RUN_KINDS = ["manifest", "plan"];
/** Artifacts: those of the run (manifest, plan) first, then by step, attempt, kind and number. */
function sortArtifacts(artifacts, steps) {
	return sortByKey(artifacts, (artifact) => {
		const { id, kind, step_id } = artifact;
		if (step_id === null) return [
			RUN_LEVEL,
			(RUN_KINDS.indexOf(kind) + RUN_KINDS.length + 1) % (RUN_KINDS.length + 1),
			id
		];
		const { attempt, number } = toParts(artifact);
		return [
			toStepIndex(step_id, steps),
			attempt,
			artifactKinds.indexOf(kind),
			number,
			id
		];
	});
}
/** Redaction receipts: by where in the evidence, then by rule. */
function sortRedactions(receipts, artifacts) {
	const places = new Map(artifacts.map(({ id }, index) => [id, index]));
	return sortByKey(receipts, ({ artifact_id, path, rule_id, match_type, id }) => [
		artifact_id === null ? RUN_LEVEL : places.get(artifact_id) ?? places.size,
		path,
		rule_id,
		match_type,
		id
	]);
}
/** Anything that belongs to a step or to the run, by step and id. */
function sortByStep(elements, steps) {
	return sortByKey(elements, ({ stepId, element }) => [stepId === null ? RUN_LEVEL : toStepIndex(stepId, steps), element.id]).map(({ element }) => element);
}
/** Attempt and number of `unit/2/report/3`; step ids may hold slashes, so what follows the step's own id is read. */
function toParts({ id, step_id }) {
	const [attempt = "0", , number = "0"] = (id.startsWith(`${step_id}/`) ? id.slice(`${step_id}/`.length) : "").split("/");
	return {
		attempt: toNumber(attempt),
		number: toNumber(number)
	};
}
function toNumber(text) {
	return /^[0-9]{1,9}$/.test(text) ? Number(text) : 0;
}
function toStepIndex(stepId, steps) {
	return steps.get(stepId) ?? steps.size;
}
function sortByKey(elements, toKey) {
	return [...elements].map((element) => ({
		element,
		key: toKey(element)
	})).toSorted((one, other) => compareKeys(one.key, other.key)).map(({ element }) => element);
}
/** Texts compare by UTF-16 code units: the same order on every machine, whatever its locale. */
function compareKeys(one, other) {
	for (const [index, a] of one.entries()) {
		const b = other[index] ?? "";
		if (a !== b) return a < b ? -1 : 1;
	}
	return 0;
}

// src/record/to-record.ts
/** Every planned step, in the plan's order, whether anything was heard of it or not. */
function toSteps(state) {
	const { plan } = assertHeard(state.planned, "no_plan", "plan_ready");
	const planned = new Set(plan.steps.map(({ id }) => id));
	for (const stepId of state.steps.keys()) if (!planned.has(stepId)) throw new RecordError("unknown_step", `the plan has no step ${JSON.stringify(stepId)}`);
	const diffs = new Map([...state.artifacts.values()].map(({ artifact }) => [artifact.kind === "diff" ? artifact.step_id : null, artifact.id]));
	return plan.steps.toSorted((one, other) => one.index - other.index).map((step) => toStepRecord(step, state.steps.get(step.id) ?? makeStepHistory(), diffs.get(step.id) ?? null));
}
/** The record of a run that is over. */
function toRecord(state) {
	const started = assertHeard(state.started, "not_started", "run_started");
	const planned = assertHeard(state.planned, "no_plan", "plan_ready");
	const finalized = assertHeard(state.finalized, "not_finalized", "finalize_started");
	const steps = new Map(planned.plan.steps.map(({ id, index }) => [id, index]));
	const artifacts = sortArtifacts(toValues(state.artifacts, ({ artifact }) => artifact), steps);
	const { runner_context: runner } = started;
	return {
		run_id: started.run_id,
		worker: started.worker,
		identities: started.identities,
		intent: started.intent,
		subject: started.subject,
		plan: toPlanRef(planned, artifacts),
		runner_context: {
			...runner,
			toolchain: {
				...runner.toolchain,
				...state.probed?.toolchain
			}
		},
		execution: toExecution({
			started,
			plan: planned.plan,
			finalized,
			steps: toSteps(state)
		}),
		artifacts,
		observations: sortByStep(toValues(state.observations, ({ step_id, observation }) => ({
			stepId: step_id,
			element: observation
		})), steps),
		gates: sortByStep(toValues(state.gates, ({ step_id, gate }) => ({
			stepId: step_id,
			element: gate
		})), steps),
		redactions: sortRedactions(toValues(state.redactions, ({ receipt }) => receipt), artifacts),
		events: {
			emitted: finalized.seq,
			...finalized.events
		}
	};
}
function toPlanRef({ plan, plan_hash, expected_plan_hash }, artifacts) {
	const artifact = artifacts.find(({ kind, step_id }) => kind === "plan" && step_id === null);
	return {
		plan_hash,
		manifest_sha256: plan.manifest.sha256,
		manifest_path: plan.manifest.path,
		plan_artifact_id: artifact?.id ?? null,
		...expected_plan_hash !== void 0 && { expected_plan_hash }
	};
}
function toExecution(run) {
	const { timestamp: started_at } = run.started;
	const { timestamp: finished_at, status, termination } = run.finalized;
	return {
		status,
		started_at,
		finished_at,
		duration_ms: toDuration(started_at, finished_at),
		max_parallel: run.plan.max_parallel,
		termination,
		steps: run.steps
	};
}
/** Milliseconds between two timestamps; 0 when the clock was set back between them. */
function toDuration(from, to) {
	return Math.max(0, Date.parse(to) - Date.parse(from));
}
function toValues(events, toValue) {
	return [...events.values()].map(toValue);
}
function assertHeard(event, code, type) {
	if (event === null) throw new RecordError(code, `there is no record yet: no ${type} event was heard`);
	return event;
}

// src/record/fold.ts
/**
* What happened in a run, from its events alone: the sender and whoever received them all arrive at the same record.
* Array orders follow from the plan and from ids, never from the order of arrival. Memory grows with steps and
* artifacts, not with output.
*/
function makeRecordFold() {
	const state = makeRunState();
	return {
		apply: (event) => applyEvent(state, event),
		steps: () => toSteps(state),
		result: () => toRecord(state)
	};
}
function applyEvent(state, event) {
	state.runId ??= event.run_id;
	if (event.run_id !== state.runId) throw new RecordError("foreign_event", `event ${event.event_id} belongs to another run (${event.run_id})`);
	switch (event.type) {
		case "run_started":
			state.started = toEarlier(state.started, event);
			return;
		case "plan_ready":
			state.planned = toEarlier(state.planned, event);
			return;
		case "toolchain_probed":
			state.probed = toEarlier(state.probed, event);
			return;
		case "finalize_started":
			state.finalized = toEarlier(state.finalized, event);
			return;
		case "artifact_captured":
			keepEarlier(state.artifacts, event.artifact.id, event);
			return;
		case "observation_recorded":
			keepEarlier(state.observations, event.observation.id, event);
			return;
		case "redaction_applied":
			keepEarlier(state.redactions, event.receipt.id, event);
			return;
		case "needs_input":
		case "gate_resolved":
			toHistory(state, event.step_id).gateId = event.gate.id;
			keepDecision(state.gates, event);
			return;
		case "step_started":
		case "step_retrying":
		case "step_finished":
		case "step_skipped":
		case "step_warning":
			applyToStep(toHistory(state, event.step_id), event);
			return;
		case "step_output":
		case "heartbeat":
		case "run_failed":
		case "run_aborted":
		case "finalize_failed":
		case "run_finalized":
		case "error": return;
	}
}
function applyToStep(history, event) {
	switch (event.type) {
		case "step_started":
			keepEarlier(history.started, event.attempt, event);
			return;
		case "step_retrying":
			keepEarlier(history.ended, event.result.attempt, event);
			return;
		case "step_finished":
			history.isFinished = true;
			keepEarlier(history.ended, event.result.attempt, event);
			return;
		case "step_skipped":
			history.skipped = toEarlier(history.skipped, event);
			return;
		case "step_warning":
			history.warnings.set(event.seq, event);
			return;
	}
}
/** Of two events that say the same thing the earlier counts, in whatever order they arrive. */
function toEarlier(known, event) {
	return known === null || event.seq < known.seq ? event : known;
}
function keepEarlier(events, key, event) {
	events.set(key, toEarlier(events.get(key) ?? null, event));
}
/** A gate is what was last said of it: asked, then resolved. */
function keepDecision(gates, event) {
	const known = gates.get(event.gate.id);
	if (known === void 0 || event.seq > known.seq) gates.set(event.gate.id, event);
}
function toHistory(state, stepId) {
	const known = state.steps.get(stepId);
	if (known !== void 0) return known;
	const history = makeStepHistory();
	state.steps.set(stepId, history);
	return history;
}

// src/event-sink.ts
/**
* The fan-out behind redaction: one numbered event, the same for everybody who is told. A journal that can't be written
* (full disk) is given up with a problem; the run goes on and is sealed from memory.
*/
function makeEventSink(options) {
	const fold = makeRecordFold();
	const { earlier = [] } = options;
	for (const event of earlier) fold.apply(event);
	let seq = earlier.at(-1)?.seq ?? 0;
	let { journal } = options;
	const keep = (event) => {
		try {
			journal?.append(event);
		} catch (error) {
			journal = null;
			options.onProblem(`the journal can't be written any more (${toMessage(error)}); if this process is killed, the run can't be sealed`);
		}
	};
	let shown = true;
	const show = async (event) => {
		try {
			if (shown) await options.log.write(event);
		} catch (error) {
			shown = false;
			options.onProblem(`the job log can't be written any more (${toMessage(error)}); the run goes on`);
		}
	};
	return {
		async emit(draft) {
			seq += 1;
			const stamp = {
				event_id: makeUuidV7(options.now(), randomBytes(10)),
				run_id: options.runId,
				seq
			};
			const event = {
				...draft,
				...stamp
			};
			keep(event);
			fold.apply(event);
			await show(event);
		},
		emitted: () => seq,
		steps: () => fold.steps(),
		record: () => fold.result()
	};
}

// src/lib/deferred.ts
/** A promise and its handles (Promise.withResolvers, which Node 20 lacks). */
function makeDeferred() {
	let resolve = () => {};
	let reject = () => {};
	return {
		promise: new Promise((onResolve, onReject) => {
			resolve = onResolve;
			reject = onReject;
		}),
		resolve,
		reject
	};
}

// src/execution/content-writer.ts
const QUEUE_BYTES = 2 * limits.outputChunkBytes;
/**
* @param dir the store's folder
* @param partialPath where the bytes are until their hash is known; not made for empty content
* @param known hashes that the folder holds already
*/
function makeContentWriter(dir, partialPath, known) {
	const hash = createHash("sha256");
	let queue = [];
	let queuedBytes = 0;
	let accepted = 0;
	let size = 0;
	let file;
	let problem = null;
	let pump;
	let room;
	const release = () => {
		room?.resolve();
		room = void 0;
	};
	const fail = (error) => {
		problem ??= toProblem(error);
		queue = [];
		queuedBytes = 0;
	};
	const writeQueued = async () => {
		try {
			file ??= await open(partialPath, "w");
			for (let bytes = queue.shift(); bytes !== void 0; bytes = queue.shift()) {
				await writeAll(file, bytes);
				hash.update(bytes);
				size += bytes.length;
				queuedBytes -= bytes.length;
				if (queuedBytes < QUEUE_BYTES) release();
			}
		} catch (error) {
			fail(error);
		} finally {
			pump = void 0;
			release();
		}
	};
	const place = async (sha256) => {
		if (file === void 0) {
			if (!known.has(sha256)) await writeFile(join(dir, sha256), "");
		} else {
			if (problem !== null) await file.truncate(size).catch(() => {});
			await file.close();
			if (known.has(sha256)) await rm(partialPath, { force: true });
			else await rename(partialPath, join(dir, sha256));
		}
		known.add(sha256);
	};
	return {
		write(bytes) {
			if (problem !== null || bytes.length === 0) return void 0;
			const kept = accepted + bytes.length <= limits.artifactBytes ? bytes : bytes.subarray(0, limits.artifactBytes - accepted);
			if (kept.length > 0) {
				queue.push(kept);
				queuedBytes += kept.length;
				accepted += kept.length;
				pump ??= writeQueued();
			}
			if (kept.length < bytes.length) problem = "too_large";
			if (queuedBytes < QUEUE_BYTES) return void 0;
			room ??= makeDeferred();
			return room.promise;
		},
		async finish() {
			await pump;
			const sha256 = hash.digest("hex");
			await place(sha256).catch(fail);
			return {
				sha256,
				size,
				truncated: problem !== null,
				problem
			};
		}
	};
}
async function writeAll(file, bytes) {
	for (let written = 0; written < bytes.length;) written += (await file.write(bytes, written, bytes.length - written)).bytesWritten;
}
function toProblem(error) {
	return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}

// src/execution/copy-file.ts
const SNIFF_BYTES = 8192;
/**
* Copies a file into a writer piece by piece, through the redactor when it begins like text. A symlink is not followed,
* and what is no regular file (a named pipe would never end) is refused.
* @throws the system's error when it can't be opened or read
*/
async function copyFile(options) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { path, redactor, writer, isStopped } = options;
		const file = _usingCtx$1.a(await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)));
		if (!(await file.stat()).isFile()) throw new Error("it is not a regular file");
		let stream;
		let first = true;
		let stopped = false;
		for (;;) {
			const buffer = Buffer.allocUnsafe(limits.outputChunkBytes);
			const { bytesRead } = await file.read(buffer, 0, buffer.length);
			const bytes = buffer.subarray(0, bytesRead);
			if (first && isText(bytes)) stream = redactor.stream();
			first = false;
			if (bytesRead === 0) break;
			const piece = stream ? stream.push(bytes) : bytes;
			await (writer.write(piece) ?? setImmediate());
			stopped = isStopped();
			if (stopped) break;
		}
		if (stream) await writer.write(stream.end());
		const content = await writer.finish();
		return {
			content: stopped ? {
				...content,
				truncated: true,
				problem: content.problem ?? "stopped"
			} : content,
			class: stream ? "text" : "binary",
			hits: stream?.hits() ?? []
		};
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
/** Whether the beginning of a file is UTF-8 without NUL. A character cut off by the end of what was read is no fault. */
function isText(bytes) {
	const head = bytes.subarray(0, SNIFF_BYTES);
	if (head.includes(0)) return false;
	for (let cut = 0; cut <= Math.min(3, head.length); cut += 1) if (isUtf8(head.subarray(0, head.length - cut))) return true;
	return false;
}

// src/execution/artifacts.ts
/** Below the store: bytes whose hash is not known yet. */
const PARTIAL_FOLDER = ".partial";
/**
* The file below the store that has an artifact's bytes until it is complete: `.partial/<sha256 of the id>`. A hash,
* since ids are longer than file names may be and hold what they must not.
*/
function toPartialName(artifactId) {
	return `${PARTIAL_FOLDER}/${sha256(artifactId)}`;
}
/** Opens the store in `dir`, made when it does not exist. A folder that can't be made shows with each artifact. */
async function openArtifactStore(dir) {
	await mkdir(join(dir, PARTIAL_FOLDER), { recursive: true }).catch(() => {});
	const known = /* @__PURE__ */ new Set();
	const openWriter = (artifactId) => makeContentWriter(dir, join(dir, toPartialName(artifactId)), known);
	return {
		openWriter,
		async captureFile({ path, redactor, isStopped, ...identity }) {
			const copied = await copyFile({
				path,
				redactor,
				isStopped,
				writer: openWriter(identity.id)
			});
			return {
				artifact: toArtifact(identity, copied.content, {
					mediaType: toMediaType(identity.name, copied.class),
					redaction: {
						class: copied.class,
						applied: copied.hits.length > 0
					}
				}),
				receipts: copied.hits,
				problem: copied.content.problem
			};
		},
		async captureBytes({ mediaType, bytes, redactor, ...identity }) {
			const writer = openWriter(identity.id);
			const stream = redactor?.stream();
			const pieces = stream ? [stream.push(bytes), stream.end()] : [Buffer.from(bytes)];
			for (const piece of pieces) await writer.write(piece);
			const content = await writer.finish();
			const receipts = stream?.hits() ?? [];
			return {
				artifact: toArtifact(identity, content, {
					mediaType,
					redaction: {
						class: stream ? "text" : "none",
						applied: receipts.length > 0
					}
				}),
				receipts,
				problem: content.problem
			};
		}
	};
}
/** The artifact as recorded. */
function toArtifact({ id, kind, name, stepId }, content, { mediaType, redaction }) {
	return {
		id,
		kind,
		sha256: content.sha256,
		content_uri: `urn:sha256:${content.sha256}`,
		size_bytes: content.size,
		media_type: mediaType,
		name,
		step_id: stepId,
		redaction,
		truncated: content.truncated
	};
}
/** Only types that a reader of evidence would want to tell apart; nothing is looked up in the content. */
const mediaTypes = {
	xml: "application/xml",
	trx: "application/xml",
	json: "application/json",
	sarif: "application/sarif+json",
	html: "text/html",
	js: "text/javascript",
	css: "text/css",
	csv: "text/csv",
	svg: "image/svg+xml",
	png: "image/png",
	jpg: "image/jpeg",
	pdf: "application/pdf",
	gz: "application/gzip",
	tgz: "application/gzip",
	zip: "application/zip",
	whl: "application/zip",
	jar: "application/java-archive",
	tar: "application/x-tar",
	wasm: "application/wasm"
};
function toMediaType(name, contentClass) {
	const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
	return mediaTypes[extension] ?? (contentClass === "text" ? "text/plain" : "application/octet-stream");
}

// src/journal/journal.ts
const journalFileName = "journal.ndjson";
/**
* Opens the journal of a run: its events, one JSON object a line, so that a run whose process is killed can still be
* sealed. Output is not in it (it lies in the artifact files), so it stays small. Writes are synchronous: a line that
* append has returned for is in the kernel and outlives the process; it need not outlive the machine.
* @throws the file system's error when there is such a file already or none can be made
*/
function openJournal(dir) {
	return makeJournal(openSync(join(dir, journalFileName), "wx", 384));
}
/**
* Opens the journal of a lost run to add its end, after its first `lines` lines: what a cut-off write left is dropped.
* @throws the file system's error
*/
function resumeJournal(dir, lines) {
	const path = join(dir, journalFileName);
	truncateSync(path, toLengthOfLines(readFileSync(path), lines));
	return makeJournal(openSync(path, "a"));
}
function toLengthOfLines(bytes, lines) {
	let end = 0;
	for (let line = 0; line < lines; line += 1) end = bytes.indexOf("\n", end) + 1;
	return end;
}
function makeJournal(opened) {
	let fd = opened;
	const close = () => {
		if (fd !== void 0) closeSync(fd);
		fd = void 0;
	};
	return {
		append(event) {
			if (fd === void 0) return;
			if (event.type === "step_output" || event.type === "heartbeat") return;
			try {
				writeWhole(fd, Buffer.from(`${JSON.stringify(event)}\n`));
			} catch (error) {
				close();
				throw error;
			}
		},
		close
	};
}
/** A write may be short when the disk fills up. */
function writeWhole(fd, line) {
	for (let written = 0; written < line.length;) written += writeSync(fd, line, written);
}

// src/journal/owner.ts
const ownerFileName = ".owner";
/** Notes in the evidence folder which process is writing it, so that nobody seals it as lost meanwhile. */
function claimFolder(dir) {
	writeFileSync(join(dir, ownerFileName), `${process.pid} ${readStartTime(process.pid)}\n`, { mode: 384 });
}
function releaseFolder(dir) {
	rmSync(join(dir, ownerFileName), { force: true });
}
/** The process that is still writing this folder, or undefined when there is none any more. */
function readLivingOwner(dir) {
	let note;
	try {
		note = readFileSync(join(dir, ownerFileName), "utf8");
	} catch {
		return;
	}
	const [pid, startTime] = note.trim().split(" ");
	const owner = Number(pid);
	return Number.isSafeInteger(owner) && owner > 0 && isAlive(owner) && readStartTime(owner) === startTime ? owner : void 0;
}
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === "EPERM";
	}
}
/** Field 22 of /proc/PID/stat (proc(5)); "-" where there is no /proc: then the number alone decides. */
function readStartTime(pid) {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "-";
	} catch {
		return "-";
	}
}

// src/execution/stored.ts
/** The bytes of a kept artifact, or null when the store does not hold it. */
async function openStoredArtifact(dir, sha256) {
	const file = await open(join(dir, sha256)).catch(() => null);
	return file === null ? null : file.createReadStream();
}
/** The last bytes of a kept artifact as text (UTF-8, a cut code point shows as U+FFFD); empty when there are none. */
async function readStoredTail(dir, sha256, bytes) {
	const file = await open(join(dir, sha256)).catch(() => null);
	if (file === null) return "";
	try {
		const { size } = await file.stat();
		const buffer = Buffer.alloc(Math.min(size, bytes));
		const { bytesRead } = await file.read(buffer, 0, buffer.length, size - buffer.length);
		return buffer.toString("utf8", 0, bytesRead);
	} finally {
		await file.close();
	}
}
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

// src/render/defuse.ts
/** U+200B, which inert text cannot hold (inert.ts spells it out), so each one is ours. */
const breaker = "​";
/**
* What GitHub and GitLab make live in text after Markdown is parsed, so that no escape helps: mentions, references
* (#1, GH-1, owner/repo#1, !1, ~label, %milestone, $snippet, &epic, [vulnerability:1]), emoji codes, mathematics,
* web addresses. Closing keywords need one of these to name what they close.
* Source: GitHub "Autolinked references and URLs"; GitLab "GitLab-specific references"; GFM 6.9.
*/
const live = /[@^](?=\S)|#(?=\d)|GH-(?=\d)|[!~%&$](?=[\w"{`])|:(?=\/\/|[\w+-]{1,60}:)|www(?=\.)|\[[a-z_]{2,30}:(?=\S)|(?:mailto|xmpp):/gi;
/** Seven or more hex digits with a letter among them: a commit, to a forge. No piece of it may be one either. */
const commit = /(?<!\w)(?=\d*[a-f])[0-9a-f]{7,64}(?!\w)/gi;
/** Breaks with an invisible space whatever a forge would turn into a link, a notification or a picture. */
function defuse(line) {
	return line.replaceAll(live, (match) => match + "​").replaceAll(commit, (match) => match.replaceAll(/.{6}(?=.)/g, `$&${"​"}`));
}

// src/render/markdown-inline.ts
/** Inline nodes as GitHub Flavored Markdown, or as HTML. */
function renderInline(nodes, place, lengths) {
	return nodes.map((node) => renderNode(node, place, lengths)).join("");
}
function renderNode(node, place, lengths) {
	switch (node.type) {
		case "text": return place === "html" ? toHtml(node.value, lengths.text) : toMarkdown(node.value, lengths.text);
		case "code": {
			const length = node.whole === true ? inertLength.line : lengths.code;
			return place === "html" ? `<code>${toHtml(node.value, length)}</code>` : toCode(toInertLine(node.value, length), place === "cell");
		}
		case "strong": {
			const inner = renderInline(node.children, place, lengths);
			return place === "html" ? `<b>${inner}</b>` : `**${inner}**`;
		}
		default: {
			const inner = renderInline(node.children, place, lengths);
			const url = toSafeUrl(node.url);
			if (url === void 0) return inner;
			return place === "html" ? `<a href="${url}">${inner}</a>` : `[${inner}](${url})`;
		}
	}
}
/** CommonMark 2.4 and 2.5: punctuation as backslash escapes, what HTML and tables know as character references. */
function toMarkdown(value, length) {
	return defuse(toInertLine(value, length)).replaceAll(/[\\`*_{}[\]#~^$]/g, String.raw`\$&`).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("|", "&#124;").replace(/^( *)([-+])/, String.raw`$1\$2`).replace(/^( *\d+)([.)])(?= |$)/, String.raw`$1\$2`).replace(/^( *)\//, "$1&#47;").replaceAll(/ {2,}/g, " ").replaceAll("​", "&#8203;");
}
function toHtml(value, length) {
	return defuse(toInertLine(value, length)).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;").replaceAll("​", "&#8203;");
}
/** A code span (CommonMark 6.1): a fence longer than any run of backticks inside. No forge makes links in it. */
function toCode(line, isInCell) {
	if (line.trim() === "") return "(empty)";
	const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), (run) => run[0].length));
	const fence = "`".repeat(longest + 1);
	const padding = /^[ `]|[ `]$/.test(line) ? " " : "";
	const content = isInCell ? line.replaceAll(/\\(?=\|)/g, `\\${"​"}`).replaceAll("|", String.raw`\|`) : line;
	return fence + padding + content + padding + fence;
}
/** Plain http or https without credentials, with everything that could end a link or an attribute percent-encoded. */
function toSafeUrl(url) {
	if (!URL.canParse(url)) return void 0;
	const { protocol, username, password, href } = new URL(url);
	if (protocol !== "https:" && protocol !== "http:" || username !== "" || password !== "") return void 0;
	return href.replaceAll(/[^\w\-.~:/?#@!$&+,;=%]/g, (character) => encodeURIComponent(character).replace("'", "%27")).replaceAll(/[()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

// src/render/markdown.ts
const fullDetail = {
	cellLength: 400,
	tableRows: 1e400
};
/** Outside of tables strings have one bound each, whatever the budget. */
const outside = {
	text: inertLength.line,
	code: 160
};
/**
* Blocks as GitHub Flavored Markdown (github.github.com/gfm), each string inert: it can't open or close a structure,
* notify anybody, or load anything. Ends without a line break.
*/
function renderMarkdown(blocks, detail) {
	return blocks.map((block) => renderBlock(block, detail)).join("\n\n");
}
function renderBlock(block, detail) {
	switch (block.type) {
		case "heading": return `${"#".repeat(block.level)} ${renderInline(block.children, "block", outside)}`;
		case "paragraph": return renderInline(block.children, "block", outside);
		case "table": return renderTable(block.columns, block.rows, detail);
		case "details": return `<details><summary>${renderInline(block.summary, "html", outside)}</summary>\n\n${renderMarkdown(block.children, detail)}\n\n</details>`;
		case "code_block": return renderCodeBlock(block.language, block.lines);
		default: return renderMarker(block.name, block.fields);
	}
}
function renderTable(columns, rows, detail) {
	const shown = rows.slice(0, detail.tableRows);
	const lengths = {
		text: detail.cellLength,
		code: detail.cellLength
	};
	const row = (cells) => `| ${cells.join(" | ")} |`;
	const lines = [
		row(columns.map(({ title }) => title)),
		row(columns.map(({ align }) => align === "right" ? "---:" : "---")),
		...shown.map((cells) => row(cells.map((cell) => renderInline(cell, "cell", lengths))))
	];
	const left = rows.length - shown.length;
	if (left > 0) lines.push(row(columns.map((_, index) => index === 1 ? `${left} more, in the envelope` : "")));
	return lines.join("\n");
}
function renderCodeBlock(language, lines) {
	const inert = lines.map((line) => toInertLine(line, inertLength.line));
	const longest = Math.max(3, ...inert.flatMap((line) => Array.from(line.matchAll(/~+/g), (run) => run[0].length)));
	const fence = "~".repeat(longest + 1);
	return [
		`${fence}${language}`,
		...inert,
		fence
	].join("\n");
}
function renderMarker(name, fields) {
	const members = Object.entries(fields).map(([key, value]) => ` ${toMarkerWord(key)}=${toMarkerWord(value)}`);
	return `<!-- ${toMarkerWord(name)}${members.join("")} -->`;
}
/** Letters, digits and a few signs as they are, the rest percent-encoded, so that `-->` cannot come about. */
function toMarkerWord(value) {
	return encodeURIComponent(value.toWellFormed()).replaceAll(/[!'()*~]|-(?=-)|-$/g, toPercent);
}
function toPercent(character) {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

// src/render/budget.ts
/** Tried in turn when even a page without its optional sections is too large. */
const details$1 = [
	fullDetail,
	{
		cellLength: 120,
		tableRows: 1e400
	},
	{
		cellLength: 60,
		tableRows: 1e400
	},
	{
		cellLength: 40,
		tableRows: 400
	},
	{
		cellLength: 40,
		tableRows: 100
	},
	{
		cellLength: 24,
		tableRows: 12
	}
];
/**
* A page of at most `budgetBytes` bytes of UTF-8. What is too much goes in whole sections, lowest `keep` first and the
* last of equals first, and one line says what went; then the strings and tables of what stays get shorter.
* @throws RangeError when the sections that must stay do not fit in their shortest form
*/
function renderWithinBudget(sections, budgetBytes) {
	for (const detail of details$1) {
		const page = renderAt(sections, budgetBytes, detail);
		if (page !== void 0) return page;
	}
	throw new RangeError(`a page of ${budgetBytes} bytes is too small for what must be on it`);
}
function renderAt(sections, budgetBytes, detail) {
	const parts = sections.map((section) => `${renderMarkdown(section.blocks, detail)}\n`);
	const sizes = parts.map((part) => Buffer.byteLength(part) + 1);
	const dropped = /* @__PURE__ */ new Set();
	const isShort = detail !== fullDetail;
	let size = sizes.reduce((sum, bytes) => sum + bytes, 0);
	for (const next of toDropOrder(sections)) {
		const note = toNote(sections, dropped, isShort, budgetBytes);
		if (size + Buffer.byteLength(note) <= budgetBytes) break;
		dropped.add(next);
		size -= sizes[next] ?? 0;
	}
	const note = toNote(sections, dropped, isShort, budgetBytes);
	const page = `${parts.filter((_, index) => !dropped.has(index)).join("\n")}${note}`;
	return Buffer.byteLength(page) <= budgetBytes ? page : void 0;
}
function toDropOrder(sections) {
	return sections.flatMap(({ keep }, index) => keep === "always" ? [] : [{
		keep,
		index
	}]).toSorted((a, b) => a.keep - b.keep || b.index - a.index).map(({ index }) => index);
}
function toNote(sections, dropped, isShort, budgetBytes) {
	const labels = [...new Set(sections.filter((_, index) => dropped.has(index)).map(({ label }) => label))];
	const changes = [...labels.length === 0 ? [] : [`left out: ${labels.join(", ")}`], ...isShort ? ["texts and tables are shortened"] : []];
	if (changes.length === 0) return "";
	return `\n_To keep this page under ${budgetBytes.toLocaleString("en")} bytes: ${changes.join("; ")}. The envelope and its artifacts have it all._\n`;
}

// src/render/digest.ts
/** A SHA-256 as people compare it at a glance: `sha256:7be1…04c2`. */
function toShortDigest(sha256) {
	return `sha256:${sha256.slice(0, 4)}…${sha256.slice(-4)}`;
}
/** A git object name as people write it. */
function toShortCommit(objectName) {
	return objectName.slice(0, 7);
}

// src/render/tree.ts
const text = (value) => ({
	type: "text",
	value
});
const code = (value) => ({
	type: "code",
	value
});
const wholeCode = (value) => ({
	type: "code",
	value,
	whole: true
});
const strong = (...children) => ({
	type: "strong",
	children
});
const link = (url, ...children) => url === void 0 ? children : [{
	type: "link",
	url,
	children
}];
const paragraph = (...children) => ({
	type: "paragraph",
	children
});
const details = (summary, children) => ({
	type: "details",
	summary,
	children
});

// src/render/summary-header.ts
const emojis = {
	pass: "✅",
	fail: "❌",
	incomplete: "⚠️",
	waiting: "⏸️"
};
/** The answer, then on what it was given: commit, attempt, matrix leg, time. */
function makeHeader(envelope, verdict, runUrl) {
	const { execution, plan, subject } = envelope;
	const facts = [
		toCommit(envelope),
		...toLeg(subject.meta),
		...runUrl === void 0 ? [] : [link(runUrl, text("run"))],
		[text(formatDuration(execution.duration_ms))]
	];
	return [
		{
			type: "heading",
			level: 3,
			children: [text(`${toAnswer(envelope, verdict)} · `), code(plan.manifest_path)]
		},
		...toAlarm(verdict),
		paragraph(...facts.flatMap((fact) => [text(" · ")].concat(fact)).slice(1))
	];
}
function toAnswer(envelope, verdict) {
	if (toBroken(verdict).length > 0) return "⛔ Do not rely on this: the envelope does not hold";
	const { mood, sentence } = toHeadline(envelope.execution);
	const { meta } = envelope.subject;
	const isFork = meta["pr_from_fork"] === true || meta["mr_from_fork"] === true;
	const isUnsigned = envelope.integrity.signatures.length === 0;
	return `${emojis[mood]} ${sentence}${isFork && isUnsigned ? " · not signed (pull request from a fork)" : ""}`;
}
function toAlarm(verdict) {
	const broken = toBroken(verdict);
	if (broken.length === 0) return [];
	const [first] = broken.flatMap(({ problems }) => problems);
	const words = broken.map(({ name }) => name).join(", ");
	const detail = first === void 0 ? [] : [
		text(": "),
		code(first.pointer),
		text(` ${first.message}`)
	];
	return [paragraph(strong(text(words)), ...detail)];
}
function toBroken({ intact, complete, authentic, expected }) {
	return [
		{
			name: "Not intact",
			...intact
		},
		{
			name: "Not complete",
			...complete
		},
		{
			name: "Not authentic",
			...authentic
		},
		{
			name: "Not what was expected",
			...expected
		}
	].filter(({ answer }) => answer === "no");
}
function toCommit({ subject }) {
	const { git, meta } = subject;
	if (git === null) return [text("No commit: the workspace is no git checkout")];
	const base = typeof meta["base_ref"] === "string" ? meta["base_ref"] : meta["mr_target_branch"];
	const tested = code(toShortCommit(git.commit_sha));
	const dirty = git.dirty === true ? [text(" with changes that are in no commit")] : [];
	if (git.head_sha === null || git.head_sha === git.commit_sha) {
		const name = git.tag ?? git.branch;
		return [
			text("Commit "),
			tested,
			...name === null ? [] : [text(" of "), code(name)],
			...dirty
		];
	}
	const into = [...typeof base === "string" ? [text(" into "), code(base)] : [], ...git.base_sha === null ? [] : [text(typeof base === "string" ? " " : " into "), code(toShortCommit(git.base_sha))]];
	const how = git.merge_sha === git.commit_sha ? " (tested as merge " : " (tested as ";
	return [
		text("Commit "),
		code(toShortCommit(git.head_sha)),
		text(how),
		tested,
		...into,
		text(")"),
		...dirty
	];
}
function toLeg(meta) {
	const { matrix, run_attempt: attempt, node_index: index, node_total: total } = meta;
	const leg = typeof matrix === "object" ? Object.entries(matrix).map(([key, value]) => `${key}=${value}`) : [];
	return [
		...typeof attempt === "number" ? [[text(`attempt ${attempt}`)]] : [],
		...leg.length === 0 ? [] : [[text("leg "), code(leg.join(", "))]],
		...typeof index === "number" && typeof total === "number" ? [[text(`leg ${index} of ${total}`)]] : []
	];
}

// src/render/summary-seal.ts
/** Limits that each record has, folded away so that those of this run are seen. */
const ofAnyRecord = /* @__PURE__ */ new Set([
	"sandbox",
	"network_blocked",
	"secret_free",
	"deterministic",
	"tests_sufficient",
	"time_self_reported"
]);
/** Which file is the evidence, its digest, how far it carries, and the one command to check it. */
function makeSealLines({ envelope, envelopeSha256, envelopeFileName, envelopeUrl, verdict }) {
	const { artifacts, integrity } = envelope;
	const missing = verdict.complete.answer === "artifacts_missing" ? verdict.complete.artifacts.missing.length : 0;
	return [paragraph(strong(text("Envelope")), text(" "), ...link(envelopeUrl, code(envelopeFileName)), text(" · "), wholeCode(`sha256:${envelopeSha256}`), text(" · head "), wholeCode(integrity.head_entry_hash), text(` · ${toTrust(envelope, verdict)}`), text(` · ${artifacts.length} ${artifacts.length === 1 ? "artifact" : "artifacts"}`), ...missing === 0 ? [] : [text(`, ${missing} of them not at hand when this was written`)]), paragraph(wholeCode(toVerifyCommand(envelope, envelopeFileName)))];
}
/** What the evidence does not show, and what was replaced in it. */
function makeLimitLines({ claims, redactions, events }) {
	const replaced = redactions.reduce((sum, { match_count }) => sum + match_count, 0);
	const facts = [replaced === 0 ? "nothing was redacted" : `${replaced} ${replaced === 1 ? "value was" : "values were"} redacted`, ...events.dropped === 0 ? [] : [`${events.dropped} events were dropped on the way to the server`]];
	const here = claims.no_claims.filter((claim) => !ofAnyRecord.has(claim));
	const always = claims.no_claims.filter((claim) => ofAnyRecord.has(claim));
	return [
		...here.length === 0 ? [] : [paragraph(strong(text("Does not show:")), text(` ${toNoClaims(here).join("; ")}.`))],
		...always.length === 0 ? [] : [details([text("No record of this kind shows")], [paragraph(text(`${toNoClaims(always).join("; ")}.`))])],
		paragraph(strong(text("Redactions:")), text(` ${facts.join(" · ")}.`))
	];
}
function toVerifyCommand({ subject }, fileName) {
	const repo = subject.repo.name === null ? "" : ` --repo ${toShellWord(subject.repo.name)}`;
	const commit = subject.id === null ? "" : ` --commit ${toShellWord(subject.id)}`;
	return `npx quoderat verify ${toShellWord(fileName)}${repo}${commit}`;
}

// src/render/summary-steps.ts
const columns = [
	{ title: "" },
	{ title: "Step" },
	{ title: "Kind" },
	{ title: "Result" },
	{
		title: "Time",
		align: "right"
	},
	{ title: "Evidence" }
];
/** Artifacts that one row names, and failed steps whose output is quoted. */
const evidencePerRow = 3;
const excerptSteps = 5;
/** What did not pass, worst first; nothing when all did. */
function makeTroubleTable(steps, artifacts) {
	const rows = steps.filter(({ status }) => status !== "success").toSorted((a, b) => toRank(a) - toRank(b));
	return rows.length === 0 ? [] : [makeTable(rows, artifacts)];
}
/** The passed steps, folded. */
function makePassedTable(steps, artifacts) {
	const rows = steps.filter(({ status }) => status === "success");
	if (rows.length === 0) return [];
	return [details([text(`${rows.length} ${rows.length === 1 ? "step" : "steps"} passed`)], [makeTable(rows, artifacts)])];
}
/** The warnings of the steps, by step. */
function makeWarningsTable(steps) {
	const rows = steps.flatMap(({ id, warnings }) => warnings.map((warning) => [[code(id)], [text(warning)]]));
	if (rows.length === 0) return [];
	return [{
		type: "table",
		columns: [{ title: "Step" }, { title: "Warning" }],
		rows
	}];
}
/** The ends of the outputs of failed steps, a block for each step and stream, for as many as texts are given. */
function makeExcerpts(steps, excerpts) {
	return steps.filter((step) => isFailure(step) || step.status === "aborted").toSorted((a, b) => toRank(a) - toRank(b)).slice(0, excerptSteps).flatMap((step) => ["stderr", "stdout"].flatMap((stream) => {
		const lines = toInertTail(toExcerpt(excerpts, step[`${stream}_artifact_id`]));
		if (lines.length === 0) return [];
		const shown = lines.length < inertLength.excerptLines ? stream : `last ${lines.length} lines of ${stream}`;
		return [details([strong(text(step.id)), text(`: ${shown}`)], [{
			type: "code_block",
			language: "text",
			lines
		}])];
	}));
}
function toExcerpt(excerpts, artifactId) {
	return artifactId !== null && Object.hasOwn(excerpts, artifactId) ? excerpts[artifactId] ?? "" : "";
}
function makeTable(steps, artifacts) {
	return {
		type: "table",
		columns,
		rows: steps.map((step) => [
			[text(toStepWord(step).emoji)],
			toName(step),
			[text(step.kind)],
			toResult(step),
			[text(step.attempt === 0 ? "–" : formatDuration(step.duration_ms))],
			toEvidence(step, artifacts)
		])
	};
}
function toName({ id, name }) {
	return name === id || name === "" ? [code(id)] : [code(id), text(` ${name}`)];
}
function toResult(step) {
	const reason = toReason(step);
	const warnings = step.warnings.length;
	const notes = [
		...step.max_attempts > 1 && step.attempt > 0 ? [`attempt ${step.attempt} of ${step.max_attempts}`] : [],
		...warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`],
		...step.output_complete || step.attempt === 0 ? [] : ["output incomplete"]
	];
	return [
		strong(text(toStepWord(step).word)),
		...reason === "" ? [] : [text(`: ${reason}`)],
		...notes.length === 0 ? [] : [text(` · ${notes.join(" · ")}`)]
	];
}
function toEvidence(step, artifacts) {
	const telling = [
		...step.report_artifact_ids,
		step.stderr_artifact_id,
		step.stdout_artifact_id,
		...step.output_artifact_ids
	].flatMap((id) => id === null ? [] : artifacts.get(id) ?? []).filter(({ size_bytes }) => size_bytes > 0);
	const shown = telling.slice(0, evidencePerRow);
	const left = telling.length - shown.length;
	if (shown.length === 0) return [text("–")];
	return [...shown.flatMap(({ kind, sha256 }, index) => [text(index === 0 ? `${kind} ` : ` ${kind} `), code(toShortDigest(sha256))]), text(left > 0 ? ` and ${left} more` : "")];
}
function toRank(step) {
	if (isFailure(step)) return step.continue_on_error ? 4 : 0;
	if (step.status === "aborted") return 1;
	return step.status === "waiting" ? 2 : 3;
}

// src/render/summary.ts
/**
* The page that a reviewer reads, as GitHub Flavored Markdown: first whether it passed, then what did not, then how to
* check it. Everything in the envelope is taken for a stranger's text.
* @throws RangeError when budgetBytes is too small for what must be on the page
*/
function renderSummary(options) {
	const { envelope, verdict } = options;
	const links = {
		run: void 0,
		envelope: void 0,
		...options.links
	};
	const { steps } = envelope.execution;
	const artifacts = new Map(envelope.artifacts.map((artifact) => [artifact.id, artifact]));
	const sections = [
		{
			keep: "always",
			label: "header",
			blocks: makeHeader(envelope, verdict, links.run)
		},
		{
			keep: "always",
			label: "failures",
			blocks: makeTroubleTable(steps, artifacts)
		},
		...makeExcerpts(steps, { ...options.excerpts }).map((block) => ({
			keep: 30,
			label: "excerpts",
			blocks: [block]
		})),
		{
			keep: 40,
			label: "approvals",
			blocks: makeGates(envelope)
		},
		{
			keep: 20,
			label: "warnings",
			blocks: makeWarningsTable(steps)
		},
		{
			keep: 15,
			label: "observations",
			blocks: makeObservations(envelope)
		},
		{
			keep: 10,
			label: "passed steps",
			blocks: makePassedTable(steps, artifacts)
		},
		{
			keep: "always",
			label: "limits",
			blocks: makeLimitLines(envelope)
		},
		{
			keep: "always",
			label: "envelope",
			blocks: makeSealLines({
				...options,
				envelopeUrl: links.envelope
			})
		}
	];
	return renderWithinBudget(sections.filter(({ blocks }) => blocks.length > 0), options.budgetBytes);
}
function makeGates({ gates }) {
	if (gates.length === 0) return [];
	const titles = [
		"Approval",
		"Decision",
		"By",
		"At",
		"Reason"
	];
	const rows = gates.map(({ step_id, decision, by, at, reason }) => [
		[code(step_id)],
		[text(decision)],
		[text(by ?? "–")],
		[text(at ?? "–")],
		[text(reason)]
	]);
	return [{
		type: "table",
		columns: titles.map((title) => ({ title })),
		rows
	}];
}
function makeObservations({ observations }) {
	if (observations.length === 0) return [];
	const titles = [
		"Observation",
		"What",
		"Basis"
	];
	const rows = observations.map(({ type, summary, informational, basis_artifact_ids: basis }) => [
		[code(type)],
		[text(summary)],
		[text(informational ? "none: a remark" : `${basis.length} ${basis.length === 1 ? "artifact" : "artifacts"}`)]
	]);
	const count = observations.length === 1 ? "1 observation" : `${observations.length} observations`;
	return [details([text(count)], [{
		type: "table",
		columns: titles.map((title) => ({ title })),
		rows
	}])];
}

// src/seal/claims.ts
/** True of every record. docs/envelope.md explains each code; a test holds the two together. */
const ALWAYS_MECHANICAL = [
	"every_step_listed",
	"exit_codes_as_returned",
	"artifacts_by_sha256",
	"redacted_before_hashing",
	"sealed_by_hash_chain"
];
const NEVER_CLAIMED = [
	"sandbox",
	"network_blocked",
	"secret_free",
	"deterministic",
	"tests_sufficient",
	"forgeable_by_job",
	"time_self_reported"
];
/**
* What this record can and cannot show, as codes.
* @param signed whether a key will sign the seal
*/
function toClaims(record, component, signed) {
	const { plan, runner_context: runner, subject } = record;
	const isVerified = runner.basis === "oidc_verified";
	const isPlanEnforced = plan.expected_plan_hash !== void 0 && plan.expected_plan_hash === plan.plan_hash;
	return {
		mechanical: [
			...ALWAYS_MECHANICAL,
			...when(isPlanEnforced, "plan_hash_enforced"),
			...when(component === "server", "sealed_apart_from_job"),
			...when(signed, "signed_by_key"),
			...when(isVerified, "runner_identity_verified")
		],
		no_claims: [
			...NEVER_CLAIMED,
			...when(component === "embedded", "sealed_inside_job"),
			...when(!signed, "unsigned"),
			...when(!isVerified, "runner_context_self_reported"),
			...when(subject.git === null, "not_bound_to_commit"),
			...when(subject.git !== null && subject.git.dirty !== false, "work_tree_may_differ_from_commit"),
			...when(record.execution.termination === "process_lost", "end_of_run_unseen"),
			...when(isOutputPartial(record), "output_partial")
		]
	};
}
function when(applies, code) {
	return applies ? [code] : [];
}
function isOutputPartial({ execution, artifacts, events }) {
	return artifacts.some(({ truncated }) => truncated) || execution.steps.some(({ attempts }) => attempts.some(({ output_complete }) => !output_complete)) || events.dropped > 0;
}

// src/seal/seal.ts
/**
* Seals a record (docs/envelope.md): no clock, no environment, no I/O; the same input gives the same bytes.
* @throws SealError `invalid_record` with the pointer of every member that the schema refuses, unknown members included
*/
async function sealRecord(options) {
	const sealed = assertSealable(toSealedMembers(options));
	const texts = toTexts(sealed);
	const header = writeEnvelope(texts, (elements) => String(elements.length));
	const leaves = [{
		pointer: "",
		payload_sha256: sha256(header)
	}];
	for (const collection of collections) for (const [index, text] of texts.elements[collection].entries()) leaves.push({
		pointer: `${collection}/${index}`,
		payload_sha256: sha256(text)
	});
	const integrity = await makeIntegrity(sealed, leaves, options.signer);
	const text = writeEnvelope(texts, (elements) => `[${elements.join(",")}]`, toIntegrityText(integrity));
	const bytes = Buffer.from(text);
	if (bytes.length > limits.envelopeBytes) throw new SealError("invalid_record", `the envelope would have ${bytes.length} bytes, more than a verifier reads`);
	return {
		envelope: {
			...sealed,
			integrity
		},
		bytes,
		sha256: sha256(bytes)
	};
}
function toSealedMembers({ record, evidenceId, sealedAt, producer, claims }) {
	const { worker, ...recorded } = record;
	return {
		schema_version: "1.0",
		evidence_id: evidenceId,
		generated_at: record.execution.finished_at,
		sealed_at: sealedAt,
		producer: {
			...producer,
			worker
		},
		...recorded,
		claims
	};
}
/** The very value that was given, not the parser's copy: a copy may leave out what the seal should have covered. */
function assertSealable(sealed) {
	const result = sealedMembers.safeParse(sealed);
	if (result.success) return sealed;
	const faults = result.error.issues.slice(0, 20).map(({ path, message }) => `${toPointer(path) || "/"}: ${message}`);
	throw new SealError("invalid_record", `the record is not what the schema says: ${faults.join("; ")}`);
}
function toTexts(sealed) {
	const { execution, artifacts, observations, gates, redactions, ...members } = sealed;
	const { steps, ...ofExecution } = execution;
	try {
		return {
			members: toMemberTexts(members),
			execution: toMemberTexts(ofExecution),
			elements: {
				"/execution/steps": steps.map(toCanonicalJson),
				"/artifacts": artifacts.map(toCanonicalJson),
				"/observations": observations.map(toCanonicalJson),
				"/gates": gates.map(toCanonicalJson),
				"/redactions": redactions.map(toCanonicalJson)
			}
		};
	} catch (error) {
		if (!(error instanceof CanonicalError)) throw error;
		throw new SealError("invalid_record", `the record cannot be written down: ${error.message}`, { cause: error });
	}
}
function toMemberTexts(members) {
	return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, toCanonicalJson(value)]));
}
/** The envelope with each array written by `writeArray`: its length for the header, its elements for the file. */
function writeEnvelope(texts, writeArray, integrity) {
	const { elements } = texts;
	return writeObject({
		...texts.members,
		execution: writeObject({
			...texts.execution,
			steps: writeArray(elements["/execution/steps"])
		}),
		artifacts: writeArray(elements["/artifacts"]),
		observations: writeArray(elements["/observations"]),
		gates: writeArray(elements["/gates"]),
		redactions: writeArray(elements["/redactions"]),
		...integrity !== void 0 && { integrity }
	});
}
/** Names are those of the schema: ASCII, and without anything to escape. */
function writeObject(members) {
	return `{${Object.keys(members).toSorted().map((name) => `"${name}":${members[name]}`).join(",")}}`;
}
async function makeIntegrity(sealed, leaves, signer) {
	const chain = toChain(sealed.evidence_id, leaves);
	const head = chain.at(-1)?.entry_hash ?? "";
	const { schema_version, evidence_id, run_id, sealed_at } = sealed;
	const statement = {
		schema_version,
		evidence_id,
		run_id,
		sealed_at,
		entry_count: chain.length,
		head_entry_hash: head
	};
	return {
		canonicalization: "rfc8785-jcs",
		hash_algorithm: "sha256",
		chain_version: 1,
		hash_chain: chain,
		entry_count: chain.length,
		head_entry_hash: head,
		signatures: signer === void 0 ? [] : [await signSeal(statement, signer)]
	};
}
function toIntegrityText({ hash_chain, ...integrity }) {
	return writeObject({
		...toMemberTexts(integrity),
		hash_chain: toChainText(hash_chain)
	});
}

// src/seal/statement.ts
const statementType = "https://in-toto.io/Statement/v1";
const predicateType = "https://quoderat.io/evidence-envelope/v1";
/**
* The in-toto Statement v1 about an envelope file, in RFC 8785 form: about the tested commit, the file, and each
* artifact; with the few facts that a policy engine asks for. The envelope itself stays the authority.
*/
function toStatement(envelope, envelopeSha256) {
	return Buffer.from(toCanonicalJson({
		_type: statementType,
		subject: toSubjects(envelope, envelopeSha256),
		predicateType,
		predicate: toPredicate(envelope)
	}));
}
/** The sidecar `envelope.intoto.json`: a DSSE envelope of exactly the statement's bytes. */
function makeDsseEnvelope(statement, signer) {
	return makeDsse(payloadTypes.statement, statement, signer);
}
function toSubjects({ subject, artifacts }, envelopeSha256) {
	return [
		...subject.id === null ? [] : [{
			name: subject.repo.url ?? "commit",
			digest: { gitCommit: subject.id }
		}],
		{
			name: "envelope.json",
			digest: { sha256: envelopeSha256 }
		},
		...artifacts.map(({ id, sha256 }) => ({
			name: `artifacts/${id}`,
			digest: { sha256 }
		}))
	];
}
function toPredicate(envelope) {
	const { schema_version, evidence_id, run_id, sealed_at, producer, plan, execution, runner_context, integrity } = envelope;
	return {
		schema_version,
		evidence_id,
		run_id,
		sealed_at,
		component: producer.component,
		runner_basis: runner_context.basis,
		plan_hash: plan.plan_hash,
		status: execution.status,
		termination: execution.termination,
		started_at: execution.started_at,
		finished_at: execution.finished_at,
		entry_count: integrity.entry_count,
		head_entry_hash: integrity.head_entry_hash
	};
}

// src/seal-run.ts
/** A job summary may have 1 MiB (GitHub drops the whole of a larger one); this leaves room for others in the same step. */
const SUMMARY_BYTES = 9e5;
const EXCERPT_BYTES = 16384;
/**
* The embedded server: seals a record in this process and says so, verifies what it wrote, and leaves the evidence in
* its folder. null when no folder could take the envelope.
*/
async function sealRun(options) {
	const { record, now, signer } = options;
	const { name, version } = record.worker;
	const sealed = await sealRecord({
		record,
		evidenceId: makeUuidV7(now(), randomBytes(10)),
		sealedAt: toTimestamp(now()),
		producer: {
			name,
			version,
			component: "embedded"
		},
		claims: toClaims(record, "embedded", signer !== void 0),
		...signer && { signer }
	});
	const artifacts = join(options.dirs[0] ?? ".", evidenceFiles.artifacts);
	const verdict = await verifyEnvelope(sealed.bytes, {
		trustedKeys: [],
		authenticityAsked: false,
		expected: { evidence_id: sealed.envelope.evidence_id },
		openArtifact: (digest) => openStoredArtifact(artifacts, digest)
	});
	const summary = renderSummary({
		envelope: sealed.envelope,
		envelopeSha256: sealed.sha256,
		verdict,
		envelopeFileName: evidenceFiles.envelope,
		budgetBytes: SUMMARY_BYTES,
		excerpts: await readExcerpts(record, artifacts)
	});
	const statement = await makeDsseEnvelope(toStatement(sealed.envelope, sealed.sha256), signer);
	for (const dir of options.dirs) try {
		const envelopePath = await writeEvidenceFile(dir, evidenceFiles.envelope, sealed.bytes);
		await writeEvidenceFile(dir, evidenceFiles.statement, statement);
		await linkArtifact(dir, options.manifestSha256, evidenceFiles.manifest);
		const summaryPath = await writeEvidenceFile(dir, evidenceFiles.summary, summary);
		return {
			dir,
			envelopePath,
			envelopeSha256: sealed.sha256,
			envelope: sealed.envelope,
			verdict,
			summaryPath,
			summary
		};
	} catch (error) {
		options.onProblem(toMessage(error));
	}
	options.onProblem(`the envelope of run ${record.run_id} was sealed but written nowhere (head ${sealed.envelope.integrity.head_entry_hash}, sha256 ${sha256(sealed.bytes)})`);
	return null;
}
/** The ends of what the steps that did not succeed printed, by artifact id. */
async function readExcerpts(record, artifacts) {
	const digests = new Map(record.artifacts.map(({ id, sha256 }) => [id, sha256]));
	const tails = record.execution.steps.filter(({ status }) => status !== "success" && status !== "skipped").flatMap((step) => [step.stdout_artifact_id, step.stderr_artifact_id]).filter((id) => id !== null).map(async (id) => [id, await readStoredTail(artifacts, digests.get(id) ?? "", EXCERPT_BYTES)]);
	return Object.fromEntries(await Promise.all(tails));
}

export { toTimestamp as _, claimFolder as a, journalFileName as c, openArtifactStore as d, toArtifact as f, makeUuidV7 as g, toDuration as h, openStoredArtifact as i, openJournal as l, makeEventSink as m, renderSummary as n, readLivingOwner as o, makeDeferred as p, adoptPartial as r, releaseFolder as s, sealRun as t, resumeJournal as u };