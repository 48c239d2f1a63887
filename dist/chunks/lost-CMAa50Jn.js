import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { i as toDuration } from "./status-6nt0dCqW.js";

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

export { toClosingEvents as t };