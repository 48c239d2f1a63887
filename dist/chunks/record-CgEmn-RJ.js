import { D as string, E as strictObject, T as record, a as sha256Hex, b as int, c as timestamp, g as array, h as _enum, i as milliseconds, k as union, l as uuidV7, n as envName, o as stepId, r as gitObjectId, t as count, v as boolean, x as json } from "./primitives-B201jKT5.js";
import { i as shell } from "./kinds-DHaxObpx.js";
import { t as artifactKinds } from "./artifact-kinds-CMm4-UFD.js";

// src/schema/context.ts
/** Who or what, and how that is known. */
const identity = strictObject({
	type: _enum([
		"workflow",
		"job",
		"user",
		"host",
		"server"
	]),
	id: string(),
	name: string().optional()
});
const identities = strictObject({
	/** Who made the evidence: the workflow or job, or the user on a laptop. */
	producer: identity,
	/** Whom it is about: the person or account whose change or request was run. */
	subject: identity,
	viewer: identity.optional()
});
const intent = strictObject({
	/** Closed set, the same words on every forge. */
	trigger: _enum([
		"push",
		"pull_request",
		"merge_queue",
		"schedule",
		"manual",
		"api",
		"release",
		"upstream",
		"other"
	]),
	/** The forge's own word (GITHUB_EVENT_NAME, CI_PIPELINE_SOURCE). */
	event: string(),
	actor: string().nullable(),
	requested_at: timestamp.nullable()
});
const gitSubject = strictObject({
	/** The commit that was checked out and tested. */
	commit_sha: gitObjectId,
	ref: string().nullable(),
	branch: string().nullable(),
	tag: string().nullable(),
	/** Head and base of a pull or merge request, and the merge of the two, where there are such. */
	head_sha: gitObjectId.nullable(),
	base_sha: gitObjectId.nullable(),
	merge_sha: gitObjectId.nullable(),
	tree_sha: gitObjectId.nullable(),
	/** true: the work tree differed from commit_sha when the run began; null: not known. */
	dirty: boolean().nullable()
});
const subject = strictObject({
	kind: _enum(["git_commit", "workspace"]),
	/** git.commit_sha, or null for a workspace that is no git checkout. */
	id: gitObjectId.nullable(),
	source: _enum([
		"github",
		"gitlab",
		"local"
	]),
	repo: strictObject({
		url: string().nullable(),
		name: string().nullable(),
		provider: string().nullable()
	}),
	git: gitSubject.nullable(),
	/** What the forge says of the pipeline: project_path, pipeline_id, job_id, run_id, run_attempt, pr_number ... */
	meta: record(string(), union([
		string(),
		int(),
		boolean(),
		record(string(), string())
	]))
});
const runnerContext = strictObject({
	runner_type: _enum([
		"ci",
		"local",
		"worker"
	]),
	os: string(),
	arch: string(),
	/** Tool name to version, as each tool printed it: node_version, npm_version, python_version, git_version ... */
	toolchain: record(string(), string()),
	os_release: string().nullable(),
	/** The runner image's name and version, where the platform tells. */
	image: string().nullable(),
	cpu_count: count.nullable(),
	memory_bytes: count.nullable(),
	runner_name: string().nullable(),
	self_hosted: boolean().nullable(),
	basis: _enum(["runner_asserted", "oidc_verified"]),
	verified_claims: record(string(), string()).optional()
});
/** All that is known about who, where and on what, before the first step runs. */
const ciContext = strictObject({
	identities,
	intent,
	subject,
	runner_context: runnerContext
});

// src/schema/record.ts
/** Artifact ids are readable and stable: `unit/1/stdout`, `build/1/output/3`, `manifest`, `plan`. */
const artifactId = string().min(1).max(400);
/** A captured file. sha256 and size are of the bytes kept, which are the bytes after redaction. */
const artifact = strictObject({
	id: artifactId,
	kind: _enum(artifactKinds),
	sha256: sha256Hex,
	content_uri: string().regex(/^urn:sha256:[0-9a-f]{64}$/),
	size_bytes: count,
	media_type: string(),
	/** For files: the path relative to the workspace, with "/". */
	name: string(),
	step_id: stepId.nullable(),
	redaction: strictObject({
		/** text: every byte passed the redactor; binary: kept as it was, no text to search; none: made by Quoderat itself. */
		class: _enum([
			"text",
			"binary",
			"none"
		]),
		/** true: the redactor changed it. */
		applied: boolean()
	}),
	/** true: bytes are missing (a limit was reached, the disk was full, or the process was lost). */
	truncated: boolean()
});
/** Why a step or an attempt is not a success: a closed set, and a sentence for people. */
const causeCodes = [
	"exit_nonzero",
	"signaled",
	"timeout",
	"idle_timeout",
	"run_timeout",
	"cancelled",
	"process_lost",
	"spawn_failed",
	"report_missing",
	"report_empty",
	"report_stale",
	"report_unreadable",
	"nothing_ran",
	"output_missing",
	"capture_failed",
	"service_not_ready",
	"service_exited",
	"request_failed",
	"address_refused",
	"expectation_failed"
];
const cause = strictObject({
	code: _enum(causeCodes),
	message: string()
});
const stepStatus = _enum([
	"success",
	"failed",
	"error",
	"timed_out",
	"skipped",
	"aborted",
	"waiting"
]);
const stepTermination = _enum([
	"exited",
	"signaled",
	"timed_out",
	"idle_timeout",
	"aborted",
	"spawn_failed",
	"skipped",
	"completed"
]);
/** Where the time of an attempt went, in ms; a phase that did not happen is 0. */
const phases = strictObject({
	/** From the decision to start until the child exists. */
	spawn_ms: milliseconds,
	/** From then until its leader exited (or was told to). */
	run_ms: milliseconds,
	/** Ending what would not end: TERM, grace, KILL, sweep. */
	terminate_ms: milliseconds,
	/** Reading what was left in the pipes. */
	drain_ms: milliseconds,
	/** Hashing and keeping reports and outputs. */
	capture_ms: milliseconds
});
/** One run of a step. exit_code and signal are what the process returned, or null: never invented. */
const attempt = strictObject({
	attempt: count.min(1),
	status: stepStatus,
	exit_code: int().nullable(),
	signal: string().nullable(),
	termination: stepTermination,
	cause: cause.optional(),
	started_at: timestamp,
	finished_at: timestamp,
	duration_ms: milliseconds,
	phases,
	stdout_artifact_id: artifactId.nullable(),
	stderr_artifact_id: artifactId.nullable(),
	report_artifact_ids: array(artifactId),
	output_artifact_ids: array(artifactId),
	/** false: bytes that the step wrote may be missing (pipe still open after the drain, disk full, process lost). */
	output_complete: boolean(),
	/** Processes that were still alive when the leader had ended, and were killed. */
	survivors_killed: count
});
/** A command as recorded: redacted text. */
const recordedCommand = union([strictObject({
	run: string(),
	shell
}), strictObject({ argv: array(string()).min(1) })]);
/** One declared step and its outcome. The fields that an attempt has too are the last attempt's. */
const stepRecord = strictObject({
	id: stepId,
	index: count,
	parent_id: stepId.optional(),
	/** A kind of step that the Quoderat of the run knew (schema/kinds.ts); a reader takes any: kinds are added. */
	kind: string().regex(/^[a-z][a-z0-9_]{0,31}$/),
	name: string(),
	needs: array(stepId),
	status: stepStatus,
	/** true: the manifest allows this step to fail. */
	continue_on_error: boolean(),
	exit_code: int().nullable(),
	signal: string().nullable(),
	termination: stepTermination,
	cause: cause.optional(),
	/** How many attempts were made (0 for a skipped step), and how many were allowed. */
	attempt: count,
	max_attempts: count.min(1),
	attempts: array(attempt),
	/** null: a step of this kind runs none. */
	command: recordedCommand.nullable(),
	cwd: string(),
	env_names: array(envName),
	timeout_ms: milliseconds,
	idle_timeout_ms: milliseconds.nullable(),
	started_at: timestamp.nullable(),
	finished_at: timestamp.nullable(),
	duration_ms: milliseconds,
	stdout_artifact_id: artifactId.nullable(),
	stderr_artifact_id: artifactId.nullable(),
	report_artifact_ids: array(artifactId),
	output_artifact_ids: array(artifactId),
	diff_artifact_id: artifactId.optional(),
	output_complete: boolean(),
	skipped_reason: string().optional(),
	gate_id: string().optional(),
	warnings: array(string())
});
const runStatus = _enum([
	"success",
	"failed",
	"aborted"
]);
/** How the run as a whole ended: by itself, by a signal, by its max_duration, or by the loss of its process. */
const runTermination = _enum([
	"finished",
	"cancelled",
	"timed_out",
	"process_lost"
]);
const execution = strictObject({
	status: runStatus,
	started_at: timestamp,
	finished_at: timestamp,
	duration_ms: milliseconds,
	max_parallel: count.min(1),
	termination: runTermination,
	steps: array(stepRecord)
});
const observation = strictObject({
	id: string(),
	type: string(),
	summary: string(),
	value: json(),
	basis_artifact_ids: array(artifactId),
	/** true exactly when there is no basis: a remark, not evidence. */
	informational: boolean(),
	parser: strictObject({
		name: string(),
		version: string()
	})
});
const gate = strictObject({
	id: string(),
	kind: _enum(["human_approval", "policy"]),
	step_id: stepId,
	decision: _enum([
		"approved",
		"rejected",
		"expired",
		"pending"
	]),
	by: string().nullable(),
	at: timestamp.nullable(),
	reason: string(),
	plan_hash: sha256Hex
});
/** The receipt of an intervention: which rule, where, how often. Never the value, never its length. */
const redactionReceipt = strictObject({
	id: string(),
	rule_id: string(),
	/** Where in the evidence: "stdout", a file's path, or a JSON Pointer into the record. */
	path: string(),
	match_type: _enum([
		"known_value",
		"encoded_value",
		"pattern"
	]),
	match_count: count.min(1),
	artifact_id: artifactId.nullable(),
	stage: _enum([
		"output",
		"artifact",
		"record"
	]),
	timestamp
});
const planRef = strictObject({
	/** The manifest's name for itself. */
	name: string(),
	plan_hash: sha256Hex,
	manifest_sha256: sha256Hex,
	manifest_path: string(),
	plan_artifact_id: artifactId.nullable(),
	expected_plan_hash: sha256Hex.optional()
});
/** The Quoderat that ran the steps. dist_sha256: of the bundle file that was running; null from source. */
const worker = strictObject({
	name: string(),
	version: string(),
	dist_sha256: sha256Hex.nullable()
});
/** What happened in one run: the fold of its events, before it is sealed. */
const runRecord = strictObject({
	run_id: uuidV7,
	worker,
	identities,
	intent,
	subject,
	plan: planRef,
	runner_context: runnerContext,
	execution,
	artifacts: array(artifact),
	observations: array(observation),
	gates: array(gate),
	redactions: array(redactionReceipt),
	events: strictObject({
		emitted: count,
		acknowledged: count,
		dropped: count
	})
});

export { observation as a, runStatus as c, identities as d, intent as f, gate as i, runTermination as l, subject as m, artifactId as n, redactionReceipt as o, runnerContext as p, attempt as r, runRecord as s, artifact as t, worker as u };