import type { Attempt, Cause, StepStatus, StepTermination } from '../schema/record.ts';
import { formatDuration } from '../lib/duration.ts';
import type { PlanStep } from '../schema/plan.ts';
import type { Exit } from './child.ts';
import type { ProcessResult } from './process.ts';
import type { EndReason } from './watchdog.ts';

/** How an attempt ended, in the words of the record. */
export type Verdict = {
  status: StepStatus;
  termination: StepTermination;
  exit_code: Attempt['exit_code'];
  signal: Attempt['signal'];
  cause: Cause | null;
};

/** What the process's own end says. A reason of ours for ending it comes before how it took that. */
export function toVerdict(
  { exit, endedBy }: { exit: Exit | null; endedBy: keyof typeof endings | null },
  step: PlanStep,
): Verdict {
  const facts = { exit_code: exit?.code ?? null, signal: exit?.signal ?? null };
  if (endedBy !== null) {
    const { status, termination, message } = endings[endedBy](step);
    return { ...facts, status, termination, cause: { code: endedBy, message } };
  }
  if (facts.signal !== null) {
    const cause = { code: 'signaled', message: `ended by ${facts.signal}` } as const;
    return { ...facts, status: 'failed', termination: 'signaled', cause };
  }
  if (facts.exit_code !== 0) {
    const cause = { code: 'exit_nonzero', message: toExitMessage(facts.exit_code, step) } as const;
    return { ...facts, status: 'failed', termination: 'exited', cause };
  }
  return { ...facts, status: 'success', termination: 'exited', cause: null };
}

/** A process that was not there to end. */
export function toNotStarted(message: string): Verdict {
  const cause = { code: 'spawn_failed', message: `could not be started: ${message}` } as const;
  return { status: 'error', termination: 'spawn_failed', exit_code: null, signal: null, cause };
}

/** What the end of a program says that nothing but the step's own limits and the run's end can end. */
export function toPlainVerdict({ exit, endedBy }: Pick<ProcessResult, 'exit' | 'endedBy'>, step: PlanStep): Verdict {
  if (endedBy === 'over' || endedBy === 'not_ready') throw new Error(`step ${step.id} is no service`);
  return toVerdict({ exit, endedBy }, step);
}

/** Files that should be there decide only where the process itself succeeded. */
export function withFileFault(verdict: Verdict, fault: Cause | null): Verdict {
  return verdict.cause !== null || fault === null ? verdict : { ...verdict, status: 'failed', cause: fault };
}

type Ending = Pick<Verdict, 'status' | 'termination'> & { message: string };

const endings = {
  timeout: (step) => ({
    status: 'timed_out',
    termination: 'timed_out',
    message: `still running after its timeout of ${formatDuration(step.timeout_ms)}`,
  }),
  idle_timeout: (step) => ({
    status: 'timed_out',
    termination: 'idle_timeout',
    message: `printed nothing for its idle_timeout of ${formatDuration(step.idle_timeout_ms ?? 0)}`,
  }),
  cancelled: () => ({ status: 'aborted', termination: 'aborted', message: 'the run was cancelled' }),
  run_timeout: () => ({ status: 'aborted', termination: 'aborted', message: 'the run reached its max_duration' }),
} satisfies Record<Exclude<EndReason, 'over' | 'not_ready'>, (step: PlanStep) => Ending>;

function toExitMessage(code: number | null, step: PlanStep): string {
  const message = `exited with code ${code}`;
  if (step.command === null || !('run' in step.command)) return message;
  // POSIX shells (XCU 2.8.2) end with these when a command of the script could not be run.
  if (code === 127) return `${message} (its shell found no such command)`;
  if (code === 126) return `${message} (its shell could not execute a command)`;
  return message;
}
