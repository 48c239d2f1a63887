import { describe, expect, it } from 'vitest';
import { toHeadline } from '../../src/render/outcome.ts';
import type { RunStatus, RunTermination, StepStatus } from '../../src/schema/record.ts';

const headline = (statuses: string, status: RunStatus, termination: RunTermination = 'finished'): string =>
  toHeadline({ status, termination, steps: statuses.split('').map(toStep) }).sentence;

const letters: Record<string, StepStatus> = {
  p: 'success',
  f: 'failed',
  F: 'failed',
  t: 'timed_out',
  e: 'error',
  s: 'skipped',
  a: 'aborted',
  w: 'waiting',
};
/** A capital stands for a failure that the manifest allows. */
const toStep = (letter: string) => ({ status: letters[letter] ?? 'success', continue_on_error: letter === 'F' });

describe('the first line', () => {
  it.each([
    ['ppp', 'success', 'finished', 'Passed: 3 of 3 steps ran and passed'],
    ['pps', 'success', 'finished', 'Passed: 2 of 3 steps ran and passed, 1 not run'],
    ['p', 'success', 'finished', 'Passed: 1 of 1 step ran and passed'],
    ['pF', 'success', 'finished', 'Passed with 1 allowed failure: 1 of 2 steps passed'],
    ['pfs', 'failed', 'finished', 'Failed: 1 of 3 steps failed, 1 not run'],
    ['tefF', 'failed', 'finished', 'Failed: 3 of 4 steps failed'],
    ['ppass', 'aborted', 'cancelled', 'Incomplete: 2 of 5 steps ran, then the job was cancelled'],
    ['pa', 'failed', 'timed_out', 'Incomplete: 1 of 2 steps ran, then the run reached its time limit'],
    ['pa', 'aborted', 'process_lost', 'Incomplete: 1 of 2 steps ran, then its process was lost'],
    ['ppw', 'failed', 'finished', 'Waiting for approval: 2 of 3 steps passed'],
    ['ss', 'success', 'finished', 'Nothing ran: 0 of 2 steps ran'],
    ['', 'success', 'finished', 'Nothing ran: 0 of 0 steps ran'],
    ['pp', 'failed', 'finished', 'Failed: 2 of 2 steps passed'],
  ] as const)('of %j, %s, %s is: %s', (steps, status, termination, sentence) => {
    const line = headline(steps, status, termination);
    expect(line).toBe(sentence);
  });

  it('never calls a run of nothing a pass', () => {
    expect(toHeadline({ status: 'success', termination: 'finished', steps: [] }).mood).toBe('fail');
  });
});
