import { a as observation, c as runStatus, d as identities, f as intent, i as gate, l as runTermination, m as subject, n as artifactId, o as redactionReceipt, p as runnerContext, r as attempt, t as artifact, u as worker } from "./record-CgEmn-RJ.js";
import { a as stepKind, i as shell, n as httpMethod, o as when, r as reportFormat, t as attachment } from "./kinds-DHaxObpx.js";
import { D as string, E as strictObject, S as literal, T as record, a as sha256Hex, c as timestamp, g as array, h as _enum, i as milliseconds, k as union, l as uuidV7, n as envName, o as stepId, t as count, v as boolean, x as json, y as discriminatedUnion } from "./primitives-B201jKT5.js";

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

export { stepOutput as n, plan as r, runEvent as t };