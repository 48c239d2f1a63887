import type { RunStatus, RunTermination, StepRecord } from '../schema/record.ts';

/** What `continue_on_error` allows; being cut off or having no outcome is not among it. */
const FAILURES = new Set<StepRecord['status']>(['failed', 'error', 'timed_out']);
const UNFINISHED = new Set<StepRecord['status']>(['aborted', 'waiting']);

/**
 * The status of a run from its steps and from how it ended.
 *
 * - Cancelled or lost: aborted, whatever the steps say. Ended by its max_duration: failed.
 * - Failed when a step failed that is not allowed to (`continue_on_error`), or when any was cut off or has no outcome.
 * - A skipped step is no failure by itself. When it was skipped because of a failure, that failure is some step's, and
 *   fails the run there; a `when: failure` step is skipped precisely because all is well.
 * - Nothing ran (every step was skipped): failed. An empty run is no success.
 */
export function toRunStatus(
  steps: readonly Pick<StepRecord, 'status' | 'continue_on_error'>[],
  termination: RunTermination,
): RunStatus {
  if (termination === 'cancelled' || termination === 'process_lost') return 'aborted';
  if (termination === 'timed_out') return 'failed';
  const failed = steps.some(
    ({ status, continue_on_error }) => UNFINISHED.has(status) || (FAILURES.has(status) && !continue_on_error),
  );
  const ran = steps.some(({ status }) => status !== 'skipped');
  return failed || !ran ? 'failed' : 'success';
}
