import type { EventOf } from '../schema/event.ts';
import type { PlanStep } from '../schema/plan.ts';
import type { Attempt, StepRecord } from '../schema/record.ts';

/** All that was heard of one step, however often and in whatever order. */
export type StepHistory = {
  started: Map<number, EventOf<'step_started'>>;
  ended: Map<number, EventOf<'step_finished' | 'step_retrying'>>;
  isFinished: boolean;
  skipped: EventOf<'step_skipped'> | null;
  gateId: string | null;
  /** By seq: the order in which they were given. */
  warnings: Map<number, EventOf<'step_warning'>>;
};

export function makeStepHistory(): StepHistory {
  return { started: new Map(), ended: new Map(), isFinished: false, skipped: null, gateId: null, warnings: new Map() };
}

/**
 * The record of a planned step. A step of which no outcome was heard is `waiting`: that is what is known, and a verifier
 * calls such a record incomplete.
 */
export function toStepRecord(step: PlanStep, history: StepHistory, diffArtifactId: string | null): StepRecord {
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
    ...(diffArtifactId !== null && { diff_artifact_id: diffArtifactId }),
    output_complete: last?.output_complete ?? true,
    ...(history.skipped !== null && { skipped_reason: history.skipped.reason }),
    ...(history.gateId !== null && { gate_id: history.gateId }),
    warnings: toWarnings(history),
  };
}

function toAttempts({ ended }: StepHistory): Attempt[] {
  return [...ended.values()].map(({ result }) => result).toSorted((one, other) => one.attempt - other.attempt);
}

function toDeclaration(step: PlanStep) {
  return {
    id: step.id,
    index: step.index,
    ...(step.parent_id !== undefined && { parent_id: step.parent_id }),
    kind: step.kind,
    name: step.name,
    needs: step.needs,
    continue_on_error: step.continue_on_error,
    max_attempts: step.retry.max_attempts,
    command: step.command,
    cwd: step.cwd,
    env_names: step.env_names,
    timeout_ms: step.timeout_ms,
    idle_timeout_ms: step.idle_timeout_ms,
  };
}

type Outcome = Pick<StepRecord, 'status' | 'exit_code' | 'signal' | 'termination' | 'cause'>;

/** The last attempt's outcome once the step is over; a step skipped while it waited to try again keeps that outcome. */
function toOutcome(history: StepHistory, last: Attempt | undefined): Outcome {
  if (last !== undefined && (history.isFinished || history.skipped !== null)) {
    const { status, exit_code, signal, termination, cause } = last;
    return { status, exit_code, signal, termination, ...(cause && { cause }) };
  }
  const wasStarted = history.started.size > 0 || last !== undefined;
  return {
    status: history.skipped === null ? 'waiting' : 'skipped',
    exit_code: null,
    signal: null,
    termination: wasStarted ? 'aborted' : 'skipped',
  };
}

function toWarnings({ warnings }: StepHistory): string[] {
  return [...warnings.values()]
    .toSorted((one, other) => one.seq - other.seq)
    .map(({ code, message }) => `${code}: ${message}`);
}
