import type { RunStatus, RunTermination, StepStatus } from '../schema/record.ts';
import type { Problem, Verdict } from '../schema/verdict.ts';

/** What a headline needs to know of a step. */
export type StepOutcome = { status: StepStatus; continue_on_error: boolean };

/** How many of a run's steps ended in which way. */
export type Tally = {
  total: number;
  passed: number;
  /** Failed, in error or timed out, and the manifest does not allow it. */
  failed: number;
  allowed: number;
  /** Started and cut off before their end. */
  aborted: number;
  waiting: number;
  notRun: number;
};

export function toTally(steps: StepOutcome[]): Tally {
  const count = (wanted: (step: StepOutcome) => boolean): number => steps.filter(wanted).length;
  return {
    total: steps.length,
    passed: count(({ status }) => status === 'success'),
    failed: count((step) => isFailure(step) && !step.continue_on_error),
    allowed: count((step) => isFailure(step) && step.continue_on_error),
    aborted: count(({ status }) => status === 'aborted'),
    waiting: count(({ status }) => status === 'waiting'),
    notRun: count(({ status }) => status === 'skipped'),
  };
}

export function isFailure({ status }: Pick<StepOutcome, 'status'>): boolean {
  return status === 'failed' || status === 'error' || status === 'timed_out';
}

export type Mood = 'pass' | 'fail' | 'incomplete' | 'waiting';

/** The answer of a run in one sentence, with counts. Silence is never a pass: a run of nothing has failed. */
export function toHeadline(run: { status: RunStatus; termination: RunTermination; steps: StepOutcome[] }): {
  mood: Mood;
  sentence: string;
} {
  const tally = toTally(run.steps);
  const { total, passed, failed, allowed, notRun } = tally;
  const ran = passed + failed + allowed;
  const rest = notRun === 0 ? '' : `, ${notRun} not run`;
  const of = (part: number): string => `${part} of ${total} ${total === 1 ? 'step' : 'steps'}`;

  if (run.status === 'aborted' || run.termination !== 'finished')
    return { mood: 'incomplete', sentence: `Incomplete: ${of(ran)} ran, then ${endings[run.termination]}` };
  if (failed > 0) return { mood: 'fail', sentence: `Failed: ${of(failed)} failed${rest}` };
  if (tally.waiting > 0) return { mood: 'waiting', sentence: `Waiting for approval: ${of(passed)} passed${rest}` };
  if (ran === 0) return { mood: 'fail', sentence: `Nothing ran: ${of(0)} ran` };
  if (run.status === 'failed') return { mood: 'fail', sentence: `Failed: ${of(passed)} passed${rest}` };
  if (allowed > 0) {
    const failures = allowed === 1 ? '1 allowed failure' : `${allowed} allowed failures`;
    return { mood: 'pass', sentence: `Passed with ${failures}: ${of(passed)} passed${rest}` };
  }
  return { mood: 'pass', sentence: `Passed: ${of(passed)} ran and passed${rest}` };
}

const endings: Record<RunTermination, string> = {
  finished: 'the run was ended',
  cancelled: 'the job was cancelled',
  timed_out: 'the run reached its time limit',
  process_lost: 'its process was lost',
};

/** The answers of a verdict that are no, each with the words that say so. */
export function toBrokenAnswers({
  intact,
  complete,
  authentic,
  expected,
}: Verdict): { name: string; problems: Problem[] }[] {
  return [
    { name: 'Not intact', ...intact },
    { name: 'Not complete', ...complete },
    { name: 'Not authentic', ...authentic },
    { name: 'Not what was expected', ...expected },
  ].filter(({ answer }) => answer === 'no');
}
