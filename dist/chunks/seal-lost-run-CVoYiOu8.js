import { C as journalFileName, E as dropScratch, O as makeEventSink, S as releaseFolder, T as resumeJournal, k as toDuration, r as toUnknownDiff, x as readLivingOwner } from "./run-worktree-DEAy8LpG.js";
import { d as readProcessIds, h as toRunMark, n as sweep, o as readProcessTable, s as isMarked, u as readProcess } from "./json-4PicSMIr.js";
import { n as adoptPartial, t as sealRun } from "./seal-run-DUYFmTSX.js";
import { t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-BJB9pL5s.js";
import { C as intent, S as identities, T as subject, _ as observation, b as runTermination, d as envelope, g as gate, h as attempt, l as parseEnvelope, m as artifactId, p as artifact, t as verifyEnvelope, v as redactionReceipt, w as runnerContext, x as worker, y as runStatus } from "./verify-D8-Jb2WH.js";
import { a as stepKind, i as shell, n as httpMethod, o as when, r as reportFormat, t as attachment } from "./kinds-BDgm582S.js";
import { E as string, O as union, S as literal, T as strictObject, a as sha256Hex, c as timestamp, g as array, h as _enum, i as milliseconds, l as uuidV7, n as envName, o as stepId, t as count, v as boolean, w as record, x as json, y as discriminatedUnion } from "./primitives-CxV3C8xr.js";
import { a as readEvidenceFile, n as evidenceFiles } from "./evidence-folder-YMIOVZ09.js";
import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { a as openStoredArtifact } from "./artifacts-PgPQH-6O.js";
import { t as EnvelopeError } from "./errors-DBBWjxQp.js";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

// src/execution/lost-processes.ts
/**
* Ends what the steps of a lost run left running: nobody was there to end it when its runner was killed. Found by the
* run's mark in the environment that the steps' processes were started with. On Windows nothing tells whose they were.
* @param mark the run's mark: its id as 32 hex digits
*/
function endLostProcesses(mark, platform) {
	const find = platform === "linux" ? findInProc : platform === "win32" ? async () => [] : findInTable;
	return sweep({
		remember: async () => {},
		find: () => find(mark),
		isAlive
	}, 0);
}
async function findInProc(mark) {
	return readProcessIds().filter((pid) => pid !== process.pid && isMarked(pid, mark, [])).flatMap((pid) => readProcess(pid) ?? []).filter(({ zombie }) => !zombie).map(({ pid, startTime }) => ({
		pid,
		startTime: String(startTime)
	}));
}
async function findInTable(mark) {
	return (await readProcessTable()).filter(({ pid, text }) => pid !== process.pid && text.includes(mark));
}
/** find() has looked a moment ago. */
function isAlive() {
	return true;
}

// src/schema/plan-http.ts
/** When a service may be used. Without a check it is ready as soon as its process runs. */
const readiness = discriminatedUnion("by", [
	strictObject({ by: literal("start") }),
	strictObject({
		by: literal("http"),
		url: string(),
		timeout_ms: milliseconds
	}),
	strictObject({
		by: literal("port"),
		port: count.min(1).max(65535),
		timeout_ms: milliseconds
	}),
	strictObject({
		by: literal("log"),
		pattern: string(),
		timeout_ms: milliseconds
	})
]);
/** A text and how it is looked for. `matches` is a safe pattern (lib/safe-pattern.ts). */
const textTest = union([
	strictObject({ equals: string() }),
	strictObject({ contains: string() }),
	strictObject({ matches: string() })
]);
const probe = strictObject({
	request: strictObject({
		url: string(),
		method: httpMethod,
		headers: array(strictObject({
			name: string(),
			value: string()
		})),
		/** Headers whose values come from variables: names here, values never. Sent to the origin of `url` only. */
		headers_from_env: array(strictObject({
			name: string(),
			env: envName,
			prefix: string()
		})),
		body: string().nullable(),
		/** For one request, its redirects and its body included. */
		timeout_ms: milliseconds,
		max_redirects: count,
		/** A PEM file with certificates to trust beside the usual ones, relative to the workspace. */
		ca: string().nullable(),
		verify_tls: boolean(),
		allow_link_local: boolean()
	}),
	expect: strictObject({
		/** Inclusive. */
		status: array(strictObject({
			from: count,
			to: count
		})).min(1),
		headers: array(strictObject({
			name: string(),
			test: textTest
		})),
		body: array(textTest),
		json: array(strictObject({
			path: string(),
			equals: json()
		})),
		within_ms: milliseconds.nullable()
	}),
	/** Asked again until the answer is as expected, for so long; null: asked once. */
	until_ms: milliseconds.nullable()
});

// src/schema/plan.ts
/** What is executed: a script handed to a shell, or an argument vector handed to the operating system. */
const planCommand = union([strictObject({
	run: string(),
	shell
}), strictObject({ argv: array(string()).min(1) })]);
/** One step after expansion: every default filled in, every duration in milliseconds, no value of any variable. */
const planStep = strictObject({
	id: stepId,
	/** Position in the expanded plan, from 0. */
	index: count,
	/** The manifest step that `map` made this one from. */
	parent_id: stepId.optional(),
	kind: stepKind,
	name: string(),
	/** Expanded step ids, in plan order. */
	needs: array(stepId),
	when,
	/** null: a step of this kind runs none (http_probe). */
	command: planCommand.nullable(),
	/** Relative to the workspace, with "/" on every system; "." is the workspace itself. */
	cwd: string(),
	/** Names set by the manifest for this step, sorted. */
	env_names: array(envName),
	/** Names let through from the runner's environment, sorted. */
	pass_env: array(envName),
	timeout_ms: milliseconds,
	/** null: the step may stay silent for as long as its timeout allows. */
	idle_timeout_ms: milliseconds.nullable(),
	/** Attempt n waits backoff_ms * 2^(n-2), at most max_backoff_ms, before it starts. */
	retry: strictObject({
		max_attempts: count.min(1),
		backoff_ms: milliseconds,
		max_backoff_ms: milliseconds
	}),
	continue_on_error: boolean(),
	/** Globs relative to cwd. */
	outputs: array(string()),
	reports: array(strictObject({
		path: string(),
		format: reportFormat
	})),
	allow_empty: boolean(),
	/** The leg of `map` that this step is. */
	map: record(string(), string()).optional(),
	/** service: when the steps that need it may start. */
	ready: readiness.optional(),
	/** http_probe: what is asked, and what the answer must be. */
	probe: probe.optional(),
	/** playwright: recordings that are kept as artifacts. */
	attach: array(attachment).optional()
});
/** The expanded manifest. plan_hash = SHA-256(JCS(this document)), before redaction. */
const plan = strictObject({
	plan_version: literal(1),
	name: string(),
	manifest: strictObject({
		path: string(),
		sha256: sha256Hex
	}),
	max_parallel: count.min(1),
	max_duration_ms: milliseconds,
	fail_fast: boolean(),
	/** Names (never values) of the variables whose values must not appear anywhere. */
	secrets: array(envName),
	redaction_rules: array(strictObject({
		id: string(),
		pattern: string()
	})),
	steps: array(planStep).min(1)
});

// src/schema/event.ts
/** On every event. seq counts from 1 without a gap, per run. */
const envelopeOfEvent = {
	event_id: uuidV7,
	run_id: uuidV7,
	seq: count.min(1),
	timestamp
};
/** On every event about a step. attempt is 0 where no attempt was made. */
const ofStep = {
	step_id: stepId,
	attempt: count
};
const event = (type, shape) => strictObject({
	type: literal(type),
	...envelopeOfEvent,
	...shape
});
const runStarted = event("run_started", {
	worker,
	identities,
	intent,
	subject,
	runner_context: runnerContext
});
/** Comes when the probes are done; steps do not wait for it. */
const toolchainProbed = event("toolchain_probed", { toolchain: record(string(), string()) });
/** The plan as recorded: its texts are redacted, plan_hash is of the plan before redaction. */
const planReady = event("plan_ready", {
	plan,
	plan_hash: sha256Hex,
	expected_plan_hash: sha256Hex.optional()
});
/** Carries the ids of the output artifacts ahead of their bytes, so that a lost run's partial files can be named. */
const stepStarted = event("step_started", {
	...ofStep,
	stdout_artifact_id: artifactId,
	stderr_artifact_id: artifactId
});
/** Redacted output, in the order read. offset and bytes count redacted bytes in the stream's artifact. */
const stepOutput = event("step_output", {
	...ofStep,
	stream: _enum(["stdout", "stderr"]),
	offset: count,
	bytes: count,
	/** UTF-8 decoded; bytes that are no UTF-8 show as U+FFFD here and are kept in the artifact. */
	text: string()
});
const stepRetrying = event("step_retrying", {
	...ofStep,
	result: attempt,
	next_attempt: count,
	delay_ms: milliseconds
});
const stepFinished = event("step_finished", {
	...ofStep,
	result: attempt
});
const stepSkipped = event("step_skipped", {
	...ofStep,
	reason: string()
});
const stepWarning = event("step_warning", {
	...ofStep,
	code: _enum([
		"timeout_near",
		"idle_timeout_near",
		"survivors_killed",
		"survivors_left",
		"output_incomplete",
		"output_dropped_from_log",
		"glob_matched_nothing",
		"file_not_captured",
		"report_disagrees",
		"report_read_unredacted"
	]),
	message: string()
});
const artifactCaptured = event("artifact_captured", {
	step_id: stepId.nullable(),
	artifact
});
const redactionApplied = event("redaction_applied", {
	step_id: stepId.nullable(),
	receipt: redactionReceipt
});
const observationRecorded = event("observation_recorded", {
	step_id: stepId.nullable(),
	observation
});
const needsInput = event("needs_input", {
	...ofStep,
	gate
});
const gateResolved = event("gate_resolved", {
	...ofStep,
	gate
});
const heartbeat = event("heartbeat", {});
const runFailed = event("run_failed", { reason: string() });
const runAborted = event("run_aborted", { reason: string() });
/** The steps are over: what the record says of the run as a whole. */
const finalizeStarted = event("finalize_started", {
	status: runStatus,
	termination: runTermination,
	events: strictObject({
		acknowledged: count,
		dropped: count
	})
});
const finalizeFailed = event("finalize_failed", { reason: string() });
const runFinalized = event("run_finalized", {
	evidence_id: uuidV7,
	head_entry_hash: sha256Hex,
	envelope_sha256: sha256Hex
});
/** Something that went wrong beside the steps (a full disk, a probe): told, and the run goes on. */
const errorEvent = event("error", {
	code: string(),
	message: string()
});
/** Everything that can happen in a run. */
const runEvent = discriminatedUnion("type", [
	runStarted,
	toolchainProbed,
	planReady,
	stepStarted,
	stepOutput,
	stepRetrying,
	stepFinished,
	stepSkipped,
	stepWarning,
	artifactCaptured,
	redactionApplied,
	observationRecorded,
	needsInput,
	gateResolved,
	heartbeat,
	runFailed,
	runAborted,
	finalizeStarted,
	finalizeFailed,
	runFinalized,
	errorEvent
]);

// src/journal/read-journal.ts
var JournalError = class extends CodedError {};
/**
* The events of a run from its evidence folder, in the order written. A last line that was cut off by the loss of the
* process is left out; any other line that is no event is an error, since it was not written by Quoderat.
* @throws JournalError no_journal, too_large or damaged (with the line's number)
*/
async function readJournal(dir) {
	const path = join(dir, journalFileName);
	const lines = (await readBounded(path)).split("\n");
	lines.pop();
	const events = lines.map((line, index) => parseLine(line, `${path}:${index + 1}`));
	if (events[0]?.type !== "run_started") throw new JournalError("no_journal", `${path} does not begin with the start of a run; there is nothing to seal`);
	return events;
}
async function readBounded(path) {
	const size = await stat(path).then((found) => found.size, (error) => {
		throw new JournalError("no_journal", `${path} is not there; name the evidence folder of a run`, { cause: error });
	});
	if (size > limits.journalBytes) throw new JournalError("too_large", `${path} has ${size} bytes; a journal has at most ${limits.journalBytes}`);
	return readFile(path, "utf8");
}
function parseLine(line, where) {
	try {
		return runEvent.parse(JSON.parse(line));
	} catch (error) {
		throw new JournalError("damaged", `${where} is no event of this version of Quoderat`, { cause: error });
	}
}

// src/record/lost.ts
/**
* The events that end a run whose process was lost (kill -9, a dead machine), after those that it left behind. An attempt
* that was going on ends as aborted at the last moment of which anything is known: its true end was seen by nobody, and
* the time of discovery would count the hours in between as work. Nothing is added to a run that had ended by itself.
*/
function toClosingEvents(events, { now, partials }) {
	const planned = events.find((event) => event.type === "plan_ready");
	if (events.some(({ type }) => type === "finalize_started")) return [];
	const timestamp = toTimestamp(now);
	const lastHeard = toLastHeard(events) ?? timestamp;
	const known = toKnown(events);
	const captured = [...partials.values()].filter(({ id }) => !known.artifacts.has(id)).map((artifact) => toCaptured(artifact, timestamp));
	const listed = /* @__PURE__ */ new Set([...known.artifacts, ...captured.map(({ artifact }) => artifact.id)]);
	const ends = (planned?.plan.steps ?? []).flatMap(({ id }) => {
		if (known.over.has(id)) return [];
		const started = known.started.get(id);
		const retried = known.retried.get(id);
		if (started !== void 0 && started.attempt > (retried?.attempt ?? 0)) return [toAborted(started, {
			timestamp,
			lastHeard,
			listed
		})];
		if (retried !== void 0) return [{
			type: "step_finished",
			timestamp,
			step_id: id,
			attempt: retried.attempt,
			result: retried
		}];
		return [{
			type: "step_skipped",
			timestamp,
			step_id: id,
			attempt: 0,
			reason: "the process that ran the steps was lost"
		}];
	});
	return [
		...captured,
		...ends,
		{
			type: "run_aborted",
			timestamp,
			reason: "process_lost"
		},
		{
			type: "finalize_started",
			timestamp,
			status: "aborted",
			termination: "process_lost",
			events: {
				acknowledged: 0,
				dropped: 0
			}
		}
	];
}
function toKnown(events) {
	const known = {
		artifacts: /* @__PURE__ */ new Set(),
		over: /* @__PURE__ */ new Set(),
		started: /* @__PURE__ */ new Map(),
		retried: /* @__PURE__ */ new Map()
	};
	for (const event of events) {
		if (event.type === "artifact_captured") known.artifacts.add(event.artifact.id);
		if (event.type === "step_finished" || event.type === "step_skipped") known.over.add(event.step_id);
		if (event.type === "step_started" && event.attempt > (known.started.get(event.step_id)?.attempt ?? 0)) known.started.set(event.step_id, event);
		if (event.type === "step_retrying" && event.result.attempt > (known.retried.get(event.step_id)?.attempt ?? 0)) known.retried.set(event.step_id, event.result);
	}
	return known;
}
/** Timestamps are of one spelling, so they compare as texts. */
function toLastHeard(events) {
	return events.map(({ timestamp }) => timestamp).toSorted().at(-1);
}
function toCaptured(artifact, timestamp) {
	return {
		type: "artifact_captured",
		timestamp,
		step_id: artifact.step_id,
		artifact: {
			...artifact,
			truncated: true
		}
	};
}
function toAborted(started, { timestamp, lastHeard, listed }) {
	const { step_id, attempt, stdout_artifact_id: stdout, stderr_artifact_id: stderr } = started;
	const run_ms = toDuration(started.timestamp, lastHeard);
	return {
		type: "step_finished",
		timestamp,
		step_id,
		attempt,
		result: {
			attempt,
			status: "aborted",
			exit_code: null,
			signal: null,
			termination: "aborted",
			cause: {
				code: "process_lost",
				message: "the process that ran this step was lost before the step ended"
			},
			started_at: started.timestamp,
			finished_at: lastHeard,
			duration_ms: run_ms,
			phases: {
				spawn_ms: 0,
				run_ms,
				terminate_ms: 0,
				drain_ms: 0,
				capture_ms: 0
			},
			stdout_artifact_id: listed.has(stdout) ? stdout : null,
			stderr_artifact_id: listed.has(stderr) ? stderr : null,
			report_artifact_ids: [],
			output_artifact_ids: [],
			output_complete: false,
			survivors_killed: 0
		}
	};
}

// src/read-sealed.ts
/**
* A run that is sealed already, as it lies in its folder; null when there is no envelope.
* @throws EnvelopeError when what lies there is no envelope of this version
*/
async function readSealed(dir) {
	const bytes = await readEvidenceFile(dir, evidenceFiles.envelope);
	if (bytes === null) return null;
	const envelope = parseOurs(bytes, dir);
	const artifacts = join(dir, evidenceFiles.artifacts);
	const verdict = await verifyEnvelope(bytes, {
		authenticityAsked: false,
		expected: {},
		openArtifact: (digest) => openStoredArtifact(artifacts, digest)
	});
	const summary = await readEvidenceFile(dir, evidenceFiles.summary);
	const { status, termination } = envelope.execution;
	return {
		kind: "finished",
		status,
		termination,
		runId: envelope.run_id,
		planHash: envelope.plan.plan_hash,
		evidence: {
			dir,
			envelopePath: join(dir, evidenceFiles.envelope),
			envelopeSha256: verdict.facts.envelope_sha256,
			envelope,
			verdict,
			summaryPath: join(dir, evidenceFiles.summary),
			summary: summary?.toString() ?? ""
		},
		problems: []
	};
}
function parseOurs(bytes, dir) {
	const parsed = envelope.safeParse(parseEnvelope(bytes).value);
	if (parsed.success) return parsed.data;
	const message = `${join(dir, evidenceFiles.envelope)} is no envelope that this version of Quoderat writes`;
	throw new EnvelopeError("not_an_envelope", message, { cause: parsed.error });
}

// src/seal-lost-run.ts
/**
* Seals, as aborted, the run that a killed process left in `dir`: what its journal tells, and the output that it had
* written. A folder that is sealed already is given as it is.
* @throws JournalError when there is no journal, or it is damaged; RecordError when it ends before the plan was made
*/
async function sealLostRun(options) {
	const { dir, now, signer } = options;
	const owner = readLivingOwner(dir);
	if (owner !== void 0) return {
		kind: "refused",
		message: `the run in ${dir} is not lost: process ${owner} is still writing it; end that process first`,
		diagnostics: []
	};
	const sealed = await readSealed(dir);
	if (sealed !== null) return sealed;
	const problems = [];
	const onProblem = (problem) => void problems.push(problem);
	const events = await readJournal(dir);
	const mark = toRunMark(events[0]?.run_id ?? "");
	const { killed } = await endLostProcesses(mark, process.platform);
	await dropScratch(mark, process.platform);
	if (killed > 0) onProblem(`${killed} ${killed === 1 ? "process" : "processes"} of the lost run were still alive, and were killed`);
	const journal = resumeJournal(dir, events.length);
	try {
		const sink = makeEventSink({
			runId: events[0]?.run_id ?? "",
			journal,
			log: silent,
			now,
			onProblem,
			earlier: events
		});
		await emitEnd(sink, events, {
			dir,
			now: now()
		});
		const record = sink.record();
		const evidence = await sealRun({
			record,
			manifestSha256: record.artifacts.find(({ id }) => id === "manifest")?.sha256 ?? "",
			dirs: [dir],
			now,
			onProblem,
			...signer && { signer }
		});
		const { status, termination } = record.execution;
		return {
			kind: "finished",
			status,
			termination,
			runId: record.run_id,
			planHash: record.plan.plan_hash,
			evidence,
			problems
		};
	} finally {
		journal.close();
		releaseFolder(dir);
	}
}
/** Adds what ends the run. It goes into the journal too: should sealing fail now, the next try finds it. */
async function emitEnd(sink, events, { dir, now }) {
	const partials = await adoptPartials(events, join(dir, evidenceFiles.artifacts));
	if (!events.some(isToldOfChanges)) await sink.emit(toUnknownDiff("process_lost", now));
	for (const draft of toClosingEvents(events, {
		now,
		partials
	})) {
		const counted = draft.type === "finalize_started" ? { events: {
			acknowledged: sink.emitted() + 1,
			dropped: 0
		} } : {};
		await sink.emit({
			...draft,
			...counted
		});
	}
}
/** The output of attempts that were going on. */
async function adoptPartials(events, artifacts) {
	const partials = /* @__PURE__ */ new Map();
	for (const { step_id: stepId, stdout_artifact_id, stderr_artifact_id } of events.filter(isStepStarted)) for (const [kind, id] of [["stdout", stdout_artifact_id], ["stderr", stderr_artifact_id]]) {
		const artifact = await adoptPartial(artifacts, {
			id,
			kind,
			name: kind,
			stepId
		});
		if (artifact !== void 0) partials.set(id, artifact);
	}
	return partials;
}
/** What lies in the work tree now may have been changed by anybody since. */
function isToldOfChanges(event) {
	return event.type === "observation_recorded" && event.observation.type === "diff" || event.type === "finalize_started";
}
function isStepStarted(event) {
	return event.type === "step_started";
}
const silent = {
	write: () => {},
	end: () => {}
};

export { sealLostRun as t };