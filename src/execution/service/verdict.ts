import { formatDuration } from '../../lib/duration.ts';
import type { PlanStep } from '../../schema/plan.ts';
import type { Readiness } from '../../schema/plan-http.ts';
import type { ProcessResult } from '../process.ts';
import { toVerdict, type Verdict } from '../verdict.ts';

type Seen = {
  step: PlanStep;
  ready: Readiness;
  isReady: boolean;
  /** Why it was not ready in time. */ problem: string;
};

/**
 * A service is a success when it was ready and ran until it was told to end, however it took that: exit code and signal
 * are recorded as the system gave them. One that ends by itself has failed, whatever its exit code.
 */
export function toServiceVerdict(
  { exit, endedBy }: Pick<ProcessResult, 'exit' | 'endedBy'>,
  { step, ready, isReady, problem }: Seen,
): Verdict {
  if (endedBy !== null && endedBy !== 'over' && endedBy !== 'not_ready') return toVerdict({ exit, endedBy }, step);
  const facts = {
    exit_code: exit?.code ?? null,
    signal: exit?.signal ?? null,
    // Without an exit even KILL did not end it: nothing but our own decision is known.
    termination: exit === null ? 'aborted' : exit.signal === null ? 'exited' : 'signaled',
  } as const;
  if (endedBy === 'over') return { ...facts, status: 'success', cause: null };
  if (endedBy === 'not_ready') {
    const timeout = formatDuration(ready.by === 'start' ? 0 : ready.timeout_ms);
    const message = `was not ready after ${timeout}: ${problem}`;
    return { ...facts, status: 'failed', cause: { code: 'service_not_ready', message } };
  }
  const how = exit?.signal == null ? `exited with code ${exit?.code ?? 'unknown'}` : `was ended by ${exit.signal}`;
  const when = isReady ? 'while the run was still going on' : 'before it was ready';
  return { ...facts, status: 'failed', cause: { code: 'service_exited', message: `${how} ${when}` } };
}
