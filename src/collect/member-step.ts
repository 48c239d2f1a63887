import { memberStepKind } from '../schema/collection.ts';
import type { Artifact, Attempt, Cause, StepRecord } from '../schema/record.ts';
import type { LegOutcome } from './gather.ts';
import type { Member } from './judge.ts';

/** One leg as it stands in the record: its step's id, and the artifacts that are the envelopes of it. */
export type RecordedLeg = { id: string; index: number; outcome: LegOutcome; artifacts: Artifact[] };

/** A leg as a step: its status is that of the leg's run; a missing leg was not run, as far as anybody can show. */
export function toMemberStep({ id, index, outcome, artifacts }: RecordedLeg): StepRecord {
  const reports = artifacts.map((artifact) => artifact.id);
  const ending = toEnding(outcome);
  const attempts = outcome.state === 'in' ? [toAttempt(outcome.member, ending, reports)] : [];
  const [attempt] = attempts;
  return {
    id,
    index,
    kind: memberStepKind,
    name: outcome.label,
    needs: [],
    ...ending,
    continue_on_error: false,
    exit_code: null,
    signal: null,
    attempt: attempts.length,
    max_attempts: 1,
    attempts,
    command: null,
    cwd: '.',
    env_names: [],
    timeout_ms: 0,
    idle_timeout_ms: null,
    started_at: attempt?.started_at ?? null,
    finished_at: attempt?.finished_at ?? null,
    duration_ms: attempt?.duration_ms ?? 0,
    stdout_artifact_id: null,
    stderr_artifact_id: null,
    report_artifact_ids: reports,
    output_artifact_ids: [],
    output_complete: true,
    ...(outcome.state === 'missing' && { skipped_reason: outcome.reason }),
    warnings: outcome.state === 'in' && outcome.isOlderAttempt ? [toOlderAttempt(outcome.member)] : [],
  };
}

type Ending = Pick<StepRecord, 'status' | 'termination'> & { cause?: Cause };

function toEnding(outcome: LegOutcome): Ending {
  if (outcome.state === 'missing') return { status: 'skipped', termination: 'skipped' };
  if (outcome.state === 'rejected') {
    const cause = { code: 'report_unreadable', message: `rejected: ${outcome.reason}` } as const;
    return { status: 'error', termination: 'completed', cause };
  }
  const { status, termination } = outcome.member.facts;
  if (status === 'success') return { status: 'success', termination: 'completed' };
  if (termination === 'timed_out') {
    const cause = { code: 'run_timeout', message: 'the run of this leg reached its time limit' } as const;
    return { status: 'timed_out', termination: 'timed_out', cause };
  }
  if (termination === 'process_lost' || termination === 'cancelled') {
    const message = `the run of this leg was ${termination === 'cancelled' ? 'cancelled' : 'lost with its process'}`;
    return { status: 'aborted', termination: 'aborted', cause: { code: termination, message } };
  }
  if (status === 'aborted') {
    const cause = { code: 'expectation_failed', message: 'the run of this leg was aborted' } as const;
    return { status: 'aborted', termination: 'aborted', cause };
  }
  const { failed, total } = outcome.member.facts.steps;
  const message = `the run of this leg failed: ${failed} of ${total} steps failed`;
  return { status: 'failed', termination: 'completed', cause: { code: 'expectation_failed', message } };
}

/** The leg's run, so that its time is seen: a collector attempts nothing itself. */
function toAttempt({ startedAt, finishedAt }: Member, ending: Ending, reports: string[]): Attempt {
  const duration = Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt));
  return {
    attempt: 1,
    ...ending,
    exit_code: null,
    signal: null,
    started_at: startedAt,
    finished_at: finishedAt,
    duration_ms: duration,
    phases: { spawn_ms: 0, run_ms: duration, terminate_ms: 0, drain_ms: 0, capture_ms: 0 },
    stdout_artifact_id: null,
    stderr_artifact_id: null,
    report_artifact_ids: reports,
    output_artifact_ids: [],
    output_complete: true,
    survivors_killed: 0,
  };
}

function toOlderAttempt({ recency }: Member): string {
  return `this is of attempt ${recency.attempt ?? 0}: the leg did not run again`;
}
