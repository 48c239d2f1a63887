import { t as CodedError } from "./errors-B6vIz8YT.js";
import { t as artifactKinds } from "./artifact-kinds-CMm4-UFD.js";

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
/** The record of a finished list of events. @throws RecordError */
function foldEvents(events) {
	const fold = makeRecordFold();
	for (const event of events) fold.apply(event);
	return fold.result();
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

// src/record/status.ts
/** What `continue_on_error` allows; being cut off or having no outcome is not among it. */
const FAILURES = /* @__PURE__ */ new Set([
	"failed",
	"error",
	"timed_out"
]);
const UNFINISHED = /* @__PURE__ */ new Set(["aborted", "waiting"]);
/**
* The status of a run from its steps and from how it ended.
*
* - Cancelled or lost: aborted, whatever the steps say. Ended by its max_duration: failed.
* - Failed when a step failed that is not allowed to (`continue_on_error`), or when any was cut off or has no outcome.
* - A skipped step is no failure by itself. When it was skipped because of a failure, that failure is some step's, and
*   fails the run there; a `when: failure` step is skipped precisely because all is well.
* - Nothing ran (every step was skipped): failed. An empty run is no success.
*/
function toRunStatus(steps, termination) {
	if (termination === "cancelled" || termination === "process_lost") return "aborted";
	if (termination === "timed_out") return "failed";
	const failed = steps.some(({ status, continue_on_error }) => UNFINISHED.has(status) || FAILURES.has(status) && !continue_on_error);
	const ran = steps.some(({ status }) => status !== "skipped");
	return failed || !ran ? "failed" : "success";
}

export { RecordError as a, toDuration as i, foldEvents as n, makeRecordFold as r, toRunStatus as t };