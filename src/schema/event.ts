import * as z from 'zod';
import { identities, intent, runnerContext, subject } from './context.ts';
import { plan } from './plan.ts';
import { count, milliseconds, sha256Hex, stepId, timestamp, uuidV7 } from './primitives.ts';
import {
  artifact,
  artifactId,
  attempt,
  gate,
  observation,
  redactionReceipt,
  runStatus,
  runTermination,
  worker,
} from './record.ts';

/** On every event. seq counts from 1 without a gap, per run. */
const envelopeOfEvent = { event_id: uuidV7, run_id: uuidV7, seq: count.min(1), timestamp };
/** On every event about a step. attempt is 0 where no attempt was made. */
const ofStep = { step_id: stepId, attempt: count };

const event = <Type extends string, Shape extends z.core.$ZodLooseShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...envelopeOfEvent, ...shape });

export const runStarted = event('run_started', { worker, identities, intent, subject, runner_context: runnerContext });

/** Comes when the probes are done; steps do not wait for it. */
export const toolchainProbed = event('toolchain_probed', { toolchain: z.record(z.string(), z.string()) });

/** The plan as recorded: its texts are redacted, plan_hash is of the plan before redaction. */
export const planReady = event('plan_ready', {
  plan,
  plan_hash: sha256Hex,
  expected_plan_hash: sha256Hex.optional(),
});

/** Carries the ids of the output artifacts ahead of their bytes, so that a lost run's partial files can be named. */
export const stepStarted = event('step_started', {
  ...ofStep,
  stdout_artifact_id: artifactId,
  stderr_artifact_id: artifactId,
});

/** Redacted output, in the order read. offset and bytes count redacted bytes in the stream's artifact. */
export const stepOutput = event('step_output', {
  ...ofStep,
  stream: z.enum(['stdout', 'stderr']),
  offset: count,
  bytes: count,
  /** UTF-8 decoded; bytes that are no UTF-8 show as U+FFFD here and are kept in the artifact. */
  text: z.string(),
});

export const stepRetrying = event('step_retrying', {
  ...ofStep,
  result: attempt,
  next_attempt: count,
  delay_ms: milliseconds,
});
export const stepFinished = event('step_finished', { ...ofStep, result: attempt });
export const stepSkipped = event('step_skipped', { ...ofStep, reason: z.string() });
export const stepWarning = event('step_warning', {
  ...ofStep,
  code: z.enum([
    'timeout_near',
    'idle_timeout_near',
    'survivors_killed',
    'survivors_left',
    'output_incomplete',
    'output_dropped_from_log',
    'glob_matched_nothing',
    'file_not_captured',
    'report_disagrees',
    'report_read_unredacted',
  ]),
  message: z.string(),
});

export const artifactCaptured = event('artifact_captured', { step_id: stepId.nullable(), artifact });
export const redactionApplied = event('redaction_applied', { step_id: stepId.nullable(), receipt: redactionReceipt });
export const observationRecorded = event('observation_recorded', { step_id: stepId.nullable(), observation });
export const needsInput = event('needs_input', { ...ofStep, gate });
export const gateResolved = event('gate_resolved', { ...ofStep, gate });
export const heartbeat = event('heartbeat', {});

export const runFailed = event('run_failed', { reason: z.string() });
export const runAborted = event('run_aborted', { reason: z.string() });

/** The steps are over: what the record says of the run as a whole. */
export const finalizeStarted = event('finalize_started', {
  status: runStatus,
  termination: runTermination,
  events: z.strictObject({ acknowledged: count, dropped: count }),
});
export const finalizeFailed = event('finalize_failed', { reason: z.string() });
export const runFinalized = event('run_finalized', {
  evidence_id: uuidV7,
  head_entry_hash: sha256Hex,
  envelope_sha256: sha256Hex,
});

/** Something that went wrong beside the steps (a full disk, a probe): told, and the run goes on. */
export const errorEvent = event('error', { code: z.string(), message: z.string() });

/** Everything that can happen in a run. */
export const runEvent = z.discriminatedUnion('type', [
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
  errorEvent,
]);
export type RunEvent = z.infer<typeof runEvent>;
export type EventType = RunEvent['type'];
export type EventOf<Type extends EventType> = Extract<RunEvent, { type: Type }>;

type WithoutStamp<Event> = Event extends unknown ? Omit<Event, 'event_id' | 'run_id' | 'seq'> : never;
/** An event before run.ts stamps it with event_id, run_id and seq. */
export type EventDraft = WithoutStamp<RunEvent>;
export type DraftOf<Type extends EventType> = Extract<EventDraft, { type: Type }>;
