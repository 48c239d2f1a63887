import { toInertLine } from './inert.ts';
import { isFailure, type StepOutcome } from './outcome.ts';
import type { Tone } from './ansi.ts';
import type { StepRecord, StepStatus } from '../schema/record.ts';

/** A status as a symbol and a word: colour alone never carries it. */
export type StepWord = { symbol: string; emoji: string; word: string; tone: Tone };

const words: Record<StepStatus, StepWord> = {
  success: { symbol: '✓', emoji: '✅', word: 'passed', tone: 'green' },
  failed: { symbol: '✗', emoji: '❌', word: 'failed', tone: 'red' },
  error: { symbol: '✗', emoji: '❌', word: 'error', tone: 'red' },
  timed_out: { symbol: '✗', emoji: '❌', word: 'timed out', tone: 'red' },
  aborted: { symbol: '!', emoji: '⚠️', word: 'cut off', tone: 'yellow' },
  waiting: { symbol: '…', emoji: '⏳', word: 'waiting', tone: 'yellow' },
  skipped: { symbol: '○', emoji: '⏸️', word: 'not run', tone: 'dim' },
};

export function toStepWord(step: StepOutcome): StepWord {
  const word = words[step.status];
  if (!isFailure(step) || !step.continue_on_error) return word;
  return { symbol: '!', emoji: '⚠️', word: `${word.word} (allowed)`, tone: 'yellow' };
}

/** What can be said of how a step or an attempt came out, as one inert line; empty when its status says it all. */
export function toReason(
  step: Pick<StepRecord, 'status' | 'cause' | 'exit_code' | 'signal' | 'skipped_reason'>,
): string {
  if (step.skipped_reason !== undefined) return toInertLine(step.skipped_reason);
  if (step.cause !== undefined) return toInertLine(step.cause.message);
  // A service that is a success was ended by us: how it took that is no reason for anything.
  if (step.status === 'success') return '';
  if (step.signal !== null) return `signal ${toInertLine(step.signal)}`;
  return step.exit_code === null ? '' : `exit code ${step.exit_code}`;
}
