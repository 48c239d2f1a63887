import * as z from 'zod';
import { identities, intent, runnerContext, subject } from './context.ts';
import { shell } from './kinds.ts';
import { artifactKinds } from './artifact-kinds.ts';
import { count, envName, milliseconds, sha256Hex, stepId, timestamp, uuidV7 } from './primitives.ts';

/** Artifact ids are readable and stable: `unit/1/stdout`, `build/1/output/3`, `manifest`, `plan`. */
export const artifactId = z.string().min(1).max(400);

/** A captured file. sha256 and size are of the bytes kept, which are the bytes after redaction. */
export const artifact = z.strictObject({
  id: artifactId,
  kind: z.enum(artifactKinds),
  sha256: sha256Hex,
  content_uri: z.string().regex(/^urn:sha256:[0-9a-f]{64}$/),
  size_bytes: count,
  media_type: z.string(),
  /** For files: the path relative to the workspace, with "/". */
  name: z.string(),
  step_id: stepId.nullable(),
  redaction: z.strictObject({
    /** text: every byte passed the redactor; binary: kept as it was, no text to search; none: made by Quoderat itself. */
    class: z.enum(['text', 'binary', 'none']),
    /** true: the redactor changed it. */
    applied: z.boolean(),
  }),
  /** true: bytes are missing (a limit was reached, the disk was full, or the process was lost). */
  truncated: z.boolean(),
});
export type Artifact = z.infer<typeof artifact>;

/** Why a step or an attempt is not a success: a closed set, and a sentence for people. */
export const causeCodes = [
  'exit_nonzero',
  'signaled',
  'timeout',
  'idle_timeout',
  'run_timeout',
  'cancelled',
  'process_lost',
  'spawn_failed',
  'report_missing',
  'report_empty',
  'report_stale',
  'report_unreadable',
  'nothing_ran',
  'output_missing',
  'capture_failed',
  'service_not_ready',
  'service_exited',
  'request_failed',
  'address_refused',
  'expectation_failed',
] as const;
export const cause = z.strictObject({ code: z.enum(causeCodes), message: z.string() });
export type Cause = z.infer<typeof cause>;

export const stepStatus = z.enum(['success', 'failed', 'error', 'timed_out', 'skipped', 'aborted', 'waiting']);
export type StepStatus = z.infer<typeof stepStatus>;

export const stepTermination = z.enum([
  'exited',
  'signaled',
  'timed_out',
  'idle_timeout',
  'aborted',
  'spawn_failed',
  'skipped',
  'completed',
]);
export type StepTermination = z.infer<typeof stepTermination>;

/** Where the time of an attempt went, in ms; a phase that did not happen is 0. */
export const phases = z.strictObject({
  /** From the decision to start until the child exists. */
  spawn_ms: milliseconds,
  /** From then until its leader exited (or was told to). */
  run_ms: milliseconds,
  /** Ending what would not end: TERM, grace, KILL, sweep. */
  terminate_ms: milliseconds,
  /** Reading what was left in the pipes. */
  drain_ms: milliseconds,
  /** Hashing and keeping reports and outputs. */
  capture_ms: milliseconds,
});

/** One run of a step. exit_code and signal are what the process returned, or null: never invented. */
export const attempt = z.strictObject({
  attempt: count.min(1),
  status: stepStatus,
  exit_code: z.int().nullable(),
  signal: z.string().nullable(),
  termination: stepTermination,
  cause: cause.optional(),
  started_at: timestamp,
  finished_at: timestamp,
  duration_ms: milliseconds,
  phases,
  stdout_artifact_id: artifactId.nullable(),
  stderr_artifact_id: artifactId.nullable(),
  report_artifact_ids: z.array(artifactId),
  output_artifact_ids: z.array(artifactId),
  /** false: bytes that the step wrote may be missing (pipe still open after the drain, disk full, process lost). */
  output_complete: z.boolean(),
  /** Processes that were still alive when the leader had ended, and were killed. */
  survivors_killed: count,
});
export type Attempt = z.infer<typeof attempt>;

/** A command as recorded: redacted text. */
export const recordedCommand = z.union([
  z.strictObject({ run: z.string(), shell }),
  z.strictObject({ argv: z.array(z.string()).min(1) }),
]);

/** One declared step and its outcome. The fields that an attempt has too are the last attempt's. */
export const stepRecord = z.strictObject({
  id: stepId,
  index: count,
  parent_id: stepId.optional(),
  /** A kind of step that the Quoderat of the run knew (schema/kinds.ts); a reader takes any: kinds are added. */
  kind: z.string().regex(/^[a-z][a-z0-9_]{0,31}$/),
  name: z.string(),
  needs: z.array(stepId),
  status: stepStatus,
  /** true: the manifest allows this step to fail. */
  continue_on_error: z.boolean(),
  exit_code: z.int().nullable(),
  signal: z.string().nullable(),
  termination: stepTermination,
  cause: cause.optional(),
  /** How many attempts were made (0 for a skipped step), and how many were allowed. */
  attempt: count,
  max_attempts: count.min(1),
  attempts: z.array(attempt),
  /** null: a step of this kind runs none. */
  command: recordedCommand.nullable(),
  cwd: z.string(),
  env_names: z.array(envName),
  timeout_ms: milliseconds,
  idle_timeout_ms: milliseconds.nullable(),
  started_at: timestamp.nullable(),
  finished_at: timestamp.nullable(),
  duration_ms: milliseconds,
  stdout_artifact_id: artifactId.nullable(),
  stderr_artifact_id: artifactId.nullable(),
  report_artifact_ids: z.array(artifactId),
  output_artifact_ids: z.array(artifactId),
  diff_artifact_id: artifactId.optional(),
  output_complete: z.boolean(),
  skipped_reason: z.string().optional(),
  gate_id: z.string().optional(),
  warnings: z.array(z.string()),
});
export type StepRecord = z.infer<typeof stepRecord>;

export const runStatus = z.enum(['success', 'failed', 'aborted']);
export type RunStatus = z.infer<typeof runStatus>;

/** How the run as a whole ended: by itself, by a signal, by its max_duration, or by the loss of its process. */
export const runTermination = z.enum(['finished', 'cancelled', 'timed_out', 'process_lost']);
export type RunTermination = z.infer<typeof runTermination>;

export const execution = z.strictObject({
  status: runStatus,
  started_at: timestamp,
  finished_at: timestamp,
  duration_ms: milliseconds,
  max_parallel: count.min(1),
  termination: runTermination,
  steps: z.array(stepRecord),
});
export type Execution = z.infer<typeof execution>;

export const observation = z.strictObject({
  id: z.string(),
  type: z.string(),
  summary: z.string(),
  value: z.json(),
  basis_artifact_ids: z.array(artifactId),
  /** true exactly when there is no basis: a remark, not evidence. */
  informational: z.boolean(),
  parser: z.strictObject({ name: z.string(), version: z.string() }),
});
export type Observation = z.infer<typeof observation>;

export const gate = z.strictObject({
  id: z.string(),
  kind: z.enum(['human_approval', 'policy']),
  step_id: stepId,
  decision: z.enum(['approved', 'rejected', 'expired', 'pending']),
  by: z.string().nullable(),
  at: timestamp.nullable(),
  reason: z.string(),
  plan_hash: sha256Hex,
});
export type Gate = z.infer<typeof gate>;

/** The receipt of an intervention: which rule, where, how often. Never the value, never its length. */
export const redactionReceipt = z.strictObject({
  id: z.string(),
  rule_id: z.string(),
  /** Where in the evidence: "stdout", a file's path, or a JSON Pointer into the record. */
  path: z.string(),
  match_type: z.enum(['known_value', 'encoded_value', 'pattern']),
  match_count: count.min(1),
  artifact_id: artifactId.nullable(),
  stage: z.enum(['output', 'artifact', 'record']),
  timestamp,
});
export type RedactionReceipt = z.infer<typeof redactionReceipt>;

export const planRef = z.strictObject({
  /** The manifest's name for itself. */
  name: z.string(),
  plan_hash: sha256Hex,
  manifest_sha256: sha256Hex,
  manifest_path: z.string(),
  plan_artifact_id: artifactId.nullable(),
  expected_plan_hash: sha256Hex.optional(),
});

/** The Quoderat that ran the steps. dist_sha256: of the bundle file that was running; null from source. */
export const worker = z.strictObject({ name: z.string(), version: z.string(), dist_sha256: sha256Hex.nullable() });
export type Worker = z.infer<typeof worker>;

/** What happened in one run: the fold of its events, before it is sealed. */
export const runRecord = z.strictObject({
  run_id: uuidV7,
  worker,
  identities,
  intent,
  subject,
  plan: planRef,
  runner_context: runnerContext,
  execution,
  artifacts: z.array(artifact),
  observations: z.array(observation),
  gates: z.array(gate),
  redactions: z.array(redactionReceipt),
  events: z.strictObject({ emitted: count, acknowledged: count, dropped: count }),
});
export type RunRecord = z.infer<typeof runRecord>;
