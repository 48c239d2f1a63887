import { n as toMessage, t as CodedError } from "./errors-hhrPs1l3.js";
import { t as limits } from "./limits-CRpD5yOh.js";
import { a as makeDeferred, o as makeUuidV7 } from "./artifacts-p5p8pR3c.js";
import { r as artifactKinds } from "./record-Bad2t4xc.js";
import { t as isReservedEnvName } from "./reserved-env-Di-4DnMT.js";
import { Socket } from "node:net";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { closeSync, openSync, readFileSync, readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { execFile, spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";

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
		name: plan.name,
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

// src/execution/environment.ts
/** The runner's variables that every child gets: what programs need to work at all, and nothing that tells or grants. */
const SAFE_NAMES = /* @__PURE__ */ new Set([
	"PATH",
	"HOME",
	"LANG",
	"LANGUAGE",
	"TMPDIR",
	"TEMP",
	"TMP",
	"TZ",
	"CI",
	"USER",
	"LOGNAME",
	"SHELL",
	"TERM"
]);
const SAFE_NAMES_ON_WINDOWS = /* @__PURE__ */ new Set([
	"SYSTEMROOT",
	"SYSTEMDRIVE",
	"WINDIR",
	"COMSPEC",
	"PATHEXT",
	"USERPROFILE",
	"USERNAME",
	"APPDATA",
	"LOCALAPPDATA",
	"PROGRAMDATA",
	"NUMBER_OF_PROCESSORS",
	"PROCESSOR_ARCHITECTURE",
	"HOMEDRIVE",
	"HOMEPATH"
]);
const SAFE_PREFIXES_ON_WINDOWS = ["PROGRAMFILES", "COMMONPROGRAMFILES"];
/** The variable by which a step's processes are known when they have left its process group. */
const STEP_MARK = "QUODERAT_STEP_MARK";
/** What all steps of a run are marked with beside their own mark: known from its journal when the run is lost. */
function toRunMark(runId) {
	return runId.replaceAll("-", "");
}
/**
* The environment of a step's processes: the safe base, what `pass_env` names, what the manifest sets, and the step's
* mark. The later wins. Names of the runner's or Quoderat's own never come in, whatever the plan says.
* @param mark 32 hex digits; a mark that is there already (Quoderat inside a step of Quoderat) is kept beside it, or the
* outer run could not find its own survivors
*/
function toChildEnvironment(options) {
	const { runnerEnv, passEnv, manifestEnv, mark, platform } = options;
	const windows = platform === "win32";
	const toKey = (name) => windows ? name.toUpperCase() : name;
	const passed = new Set(passEnv.map(toKey));
	const chosen = /* @__PURE__ */ new Map();
	for (const [name, value] of Object.entries(runnerEnv)) if (isSafe(name, windows) || passed.has(toKey(name))) chosen.set(toKey(name), [name, value]);
	for (const [name, value] of Object.entries(manifestEnv)) chosen.set(toKey(name), [name, value]);
	const kept = [...chosen.values()].filter(([name]) => !isReservedEnvName(name));
	const tracked = Object.entries(runnerEnv).filter(([name]) => name === "RUNNER_TRACKING_ID");
	return Object.fromEntries([
		...kept,
		...tracked,
		[STEP_MARK, toMarks(runnerEnv[STEP_MARK], mark)]
	]);
}
function isSafe(name, windows) {
	if (!windows) return SAFE_NAMES.has(name) || name.startsWith("LC_");
	const upper = name.toUpperCase();
	return SAFE_NAMES.has(upper) || upper.startsWith("LC_") || SAFE_NAMES_ON_WINDOWS.has(upper) || SAFE_PREFIXES_ON_WINDOWS.some((prefix) => upper.startsWith(prefix));
}
function toMarks(outer, mark) {
	return outer !== void 0 && /^[0-9a-f,]{32,1000}$/.test(outer) ? `${outer},${mark}` : mark;
}

// src/execution/spawn-error.ts
/** Why a step's process could not be started. The message follows "could not be started: ". */
var SpawnError = class extends CodedError {};

// src/execution/buffer-pool.ts
/** @param size bytes of each buffer @param keep how many unused ones are kept at most */
function makeBufferPool(size, keep) {
	const unused = [];
	return {
		take: () => unused.pop() ?? Buffer.allocUnsafeSlow(size),
		give(buffer) {
			if (unused.length < keep) unused.push(buffer);
		}
	};
}

// src/execution/source.ts
const readBuffers = makeBufferPool(65536, 16);
/** Reads a named pipe. The descriptor belongs to the source from here on. */
function readPipe(fd, sink) {
	const buffer = readBuffers.take();
	const socket = new Socket({
		fd,
		readable: true,
		writable: false,
		onread: {
			buffer,
			callback: (size) => {
				const wait = sink(buffer.subarray(0, size));
				if (wait) wait.then(() => socket.resume());
				return wait === void 0;
			}
		}
	});
	socket.once("close", () => readBuffers.give(buffer));
	socket.resume();
	return toSource$1(socket);
}
/** Reads a stream that Node made, where named pipes can't be had. */
function readStream(stream, sink) {
	stream.on("data", (chunk) => {
		const wait = sink(chunk);
		if (!wait) return;
		stream.pause();
		wait.then(() => stream.resume());
	});
	return toSource$1(stream);
}
function toSource$1(stream) {
	const end = makeDeferred();
	let ended = false;
	stream.on("error", () => {});
	stream.once("close", () => {
		ended = true;
		end.resolve();
	});
	return {
		ended: end.promise,
		isEnded: () => ended,
		close: () => stream.destroy()
	};
}

// src/execution/child.ts
/**
* Starts a program with /dev/null as stdin and a pipe each for stdout and stderr.
* @throws SpawnError when the system does not start it
*/
async function spawnChild(options) {
	const { program, scratch } = options;
	const stdout = await scratch.openPipe();
	const stderr = await scratch.openPipe();
	const mark = scratch.openMark();
	let child;
	let pid;
	try {
		({child, pid} = await spawnOrThrow(options, [stdout?.write ?? "pipe", stderr?.write ?? "pipe"], mark));
	} catch (error) {
		for (const pipe of [stdout, stderr]) if (pipe) closeSync(pipe.read);
		throw toSpawnError(error, program);
	} finally {
		for (const fd of [
			stdout?.write,
			stderr?.write,
			mark?.fd
		]) if (fd !== void 0) closeSync(fd);
	}
	return {
		pid,
		exited: new Promise((resolve) => child.once("exit", (code, signal) => resolve({
			code,
			signal
		}))),
		sources: [toSource(stdout, child.stdout, options.stdout), toSource(stderr, child.stderr, options.stderr)],
		openFiles: [
			stdout?.path,
			stderr?.path,
			mark?.path
		].filter((path) => path !== void 0)
	};
}
async function spawnOrThrow(options, output, mark) {
	const { program, cwd, env, platform } = options;
	const between = Array.from({ length: 28 }, () => "ignore");
	const child = spawn(program.file, program.args, {
		cwd,
		env,
		stdio: [
			"ignore",
			...output,
			...mark ? [...between, mark.fd] : []
		],
		detached: platform !== "win32",
		windowsHide: true,
		windowsVerbatimArguments: program.verbatim
	});
	const { pid } = child;
	if (pid === void 0) return await new Promise((_, reject) => child.once("error", reject));
	child.on("error", () => {});
	return {
		child,
		pid
	};
}
function toSource(pipe, stream, sink) {
	if (pipe) return readPipe(pipe.read, sink);
	if (!stream) throw new Error("a child without an output stream");
	return readStream(stream, sink);
}
function toSpawnError(error, program) {
	const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
	const name = `"${program.file}"`;
	if (code === "ENOENT" || code === "ENOTDIR") {
		const advice = /[\\/]/.test(program.file) ? "no such file" : "it is not on PATH";
		return new SpawnError("program_not_found", `program ${name} was not found: ${advice}`, { cause: error });
	}
	if (code === "EACCES" || code === "EPERM") return new SpawnError("not_permitted", `program ${name} may not be executed (${code}): is it an executable file?`, { cause: error });
	return new SpawnError("refused_by_system", `the system refused to start ${name} (${code})`, { cause: error });
}

// src/execution/proc.ts
/** Reads one process. undefined: there is none (any more). */
function readProcess(pid) {
	const text = readProc(`${pid}/stat`);
	const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
	if (fields === void 0 || fields.length < 20) return void 0;
	const [state = "", parent, group, session] = fields;
	return {
		pid,
		startTime: Number(fields[19]),
		parent: Number(parent),
		group: Number(group),
		session: Number(session),
		zombie: state === "Z" || state === "X"
	};
}
/** The ids of all processes, ascending. Empty where there is no /proc. */
function readProcessIds() {
	try {
		return readdirSync("/proc").map(Number).filter((pid) => Number.isInteger(pid) && pid > 0).toSorted((a, b) => a - b);
	} catch {
		return [];
	}
}
/** The id given to the newest process or thread, or NaN: the last field of /proc/loadavg. */
function readNewestId() {
	return Number(readProc("loadavg")?.trimEnd().split(" ").at(-1) ?? NaN);
}
/** After how many ids the system begins again with the lowest. */
function readIdLimit() {
	return Number(readProc("sys/kernel/pid_max") ?? 32768);
}
/**
* Whether a process carries the step's mark: in the environment it was started with, or by an open file that only
* the step's processes inherit. The second outlives `env -i` and programs that write their title over their environment
* (nginx, redis); the first outlives programs that close all descriptors.
*/
function isMarked(pid, mark, openFiles) {
	if (readProc(`${pid}/environ`)?.includes(mark)) return true;
	return [
		31,
		1,
		2
	].some((fd) => {
		try {
			const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
			return openFiles.some((path) => target === path || target === `${path} (deleted)`);
		} catch {
			return false;
		}
	});
}
function readProc(name) {
	try {
		return readFileSync(`/proc/${name}`, "utf8");
	} catch {
		return;
	}
}

// src/execution/process-table.ts
/**
* All processes as ps(1) of macOS and the BSDs lists them; `text` ends with the environment of those whose owner we are
* (-E), which is where a step's mark is looked for. Empty when ps can't be had.
*/
function readProcessTable() {
	const args = [
		"-A",
		"-E",
		"-ww",
		"-o",
		"pid=,ppid=,pgid=,lstart=,command="
	];
	return new Promise((resolve) => {
		execFile("/bin/ps", args, {
			env: { LC_ALL: "C" },
			timeout: 5e3,
			maxBuffer: 67108864
		}, (error, stdout) => resolve(error ? [] : stdout.split("\n").flatMap(parseTableLine)));
	});
}
/** lstart is five words: `Sat Nov 21 09:55:12 2026`. */
function parseTableLine(line) {
	const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s(.*)$/.exec(line);
	if (!match) return [];
	const [, pid, parent, group, startTime = "", text = ""] = match;
	return [{
		pid: Number(pid),
		parent: Number(parent),
		group: Number(group),
		startTime,
		text
	}];
}

// src/execution/signals.ts
/** Sends a signal to every member of a process group (POSIX). A group that is gone is no fault. */
function killGroup(leader, signal) {
	if (process.platform !== "win32" && leader > 1) send(-leader, signal);
}
function killProcess(pid) {
	send(pid, "SIGKILL");
}
/** Ends a process and those it started, by force: Windows knows no gentler way for a program without a window. */
function killTreeOnWindows(pid) {
	return new Promise((resolve) => {
		execFile("taskkill", [
			"/T",
			"/F",
			"/PID",
			String(pid)
		], {
			timeout: 5e3,
			windowsHide: true
		}, () => resolve());
	});
}
function send(pid, signal) {
	try {
		process.kill(pid, signal);
	} catch {}
}

// src/execution/sweep.ts
/** Processes that are ending by themselves get this long (a `tee` that has just read its end of file). */
const SETTLE_MS = [
	1,
	3,
	6,
	10,
	20
];
/**
* Kills what a step has left behind, and returns when it is dead. Those that leave the group, the session and their
* parents are known by their marks; what they start meanwhile is found in the next round.
*/
async function sweep(finder, leader) {
	let found = await finder.find();
	for (const pause of SETTLE_MS) {
		if (found.length === 0) break;
		await setTimeout(pause);
		found = await finder.find();
	}
	killGroup(leader, "SIGKILL");
	const seen = /* @__PURE__ */ new Map();
	const deadline = performance.now() + limits.reapMs;
	for (let pause = 1; found.length > 0 && performance.now() < deadline; pause = Math.min(pause * 2, 50)) {
		for (const survivor of found) {
			seen.set(`${survivor.pid}@${survivor.startTime}`, survivor);
			if (finder.isAlive(survivor)) killProcess(survivor.pid);
		}
		await setTimeout(pause);
		found = await finder.find();
	}
	return {
		killed: seen.size - found.length,
		left: found.length
	};
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

export { toRunMark as C, toMarks as S, toDuration as T, spawnChild as _, openJournal as a, STEP_MARK as b, killGroup as c, readProcessTable as d, isMarked as f, readProcessIds as g, readProcess as h, journalFileName as i, killProcess as l, readNewestId as m, readLivingOwner as n, resumeJournal as o, readIdLimit as p, releaseFolder as r, sweep as s, claimFolder as t, killTreeOnWindows as u, makeBufferPool as v, makeEventSink as w, toChildEnvironment as x, SpawnError as y };