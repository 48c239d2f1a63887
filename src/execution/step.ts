import { toTimestamp } from '../lib/clock.ts';
import { formatDuration } from '../lib/duration.ts';
import type { PlanStep } from '../schema/plan.ts';
import type { Attempt, StepStatus } from '../schema/record.ts';
import { kinds } from './kinds/registry.ts';
import { makeAttemptContext, type RunContext, type StepRunContext } from './step-context.ts';
import { sleepUnlessStopped } from './stop.ts';
import { toVerdict } from './verdict.ts';

/** Makes the attempts of one step, tells of each, and gives the status of the last. */
export async function runStep(run: StepRunContext, step: PlanStep): Promise<StepStatus> {
  for (let attempt = 1; ; attempt += 1) {
    const context = makeAttemptContext(run, step, attempt);
    const output = {
      stdout_artifact_id: context.toArtifactId('stdout'),
      stderr_artifact_id: context.toArtifactId('stderr'),
    };
    await run.emit({ type: 'step_started', step_id: step.id, attempt, ...output });
    const result = await kinds[step.kind](context);
    if (!mayRetry(run, step, result)) return await finish(run, step, result);

    const delay_ms = toBackoff(step, attempt + 1);
    await run.emit({ type: 'step_retrying', step_id: step.id, attempt, result, next_attempt: attempt + 1, delay_ms });
    if (!(await sleepUnlessStopped(delay_ms, run.stop))) {
      return await finish(run, step, toUnmadeAttempt(run, step, attempt + 1));
    }
  }
}

async function finish(run: RunContext, step: PlanStep, result: Attempt): Promise<StepStatus> {
  await run.emit({ type: 'step_finished', step_id: step.id, attempt: result.attempt, result });
  return result.status;
}

/** A service that was ready has been used: to start it again would not undo what its end did to the steps. */
function mayRetry({ stop, service }: StepRunContext, step: PlanStep, { attempt, status }: Attempt): boolean {
  if (service.isReady()) return false;
  return status !== 'success' && attempt < step.retry.max_attempts && stop.reason() === null;
}

/** ms before attempt n (2, 3, ...): doubled each time, up to the plan's bound. */
export function toBackoff({ retry }: Pick<PlanStep, 'retry'>, attempt: number): number {
  return Math.min(retry.backoff_ms * 2 ** (attempt - 2), retry.max_backoff_ms);
}

/** The attempt that the end of the run came before: nothing of it exists but the decision to make it. */
function toUnmadeAttempt({ stop, now }: RunContext, step: PlanStep, attempt: number): Attempt {
  const at = toTimestamp(now());
  const { cause, ...verdict } = toVerdict({ exit: null, endedBy: stop.reason() ?? 'cancelled' }, step);
  const wait = formatDuration(toBackoff(step, attempt));
  return {
    attempt,
    ...verdict,
    ...(cause && { cause: { ...cause, message: `${cause.message} in the ${wait} before attempt ${attempt}` } }),
    started_at: at,
    finished_at: at,
    duration_ms: 0,
    phases: { spawn_ms: 0, run_ms: 0, terminate_ms: 0, drain_ms: 0, capture_ms: 0 },
    stdout_artifact_id: null,
    stderr_artifact_id: null,
    report_artifact_ids: [],
    output_artifact_ids: [],
    output_complete: true,
    survivors_killed: 0,
  };
}
