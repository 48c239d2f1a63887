import { formatDuration } from '../lib/duration.ts';
import type { Execution, StepRecord } from '../schema/record.ts';
import { clip, pad, toCells } from './cells.ts';
import { toInertLine } from './inert.ts';
import { toStepWord } from './step-words.ts';

/** Characters of a bar, terminal columns of a name, and steps that are drawn. */
const barLength = 32;
const nameLength = 28;
const maxSteps = 60;

/**
 * The steps that ran as lines of text, in the order in which they began: name, outcome, a bar from start to end, and the
 * same in words, so that nothing is lost on who can't see the bars. No lines for fewer than two steps.
 */
export function makeTimeline({ steps, started_at, duration_ms }: Execution): string[] {
  const startMs = Date.parse(started_at);
  const ran = steps
    .flatMap((step) =>
      step.started_at === null || step.status === 'skipped'
        ? []
        : [{ step, fromMs: Math.max(0, Date.parse(step.started_at) - startMs) }],
    )
    .toSorted((a, b) => a.fromMs - b.fromMs || a.step.index - b.step.index);
  if (ran.length < 2) return [];
  const spanMs = Math.max(1, duration_ms, ...ran.map(({ step, fromMs }) => fromMs + step.duration_ms));
  const shown = ran.slice(0, maxSteps).map(({ step, fromMs }) => ({
    name: clip(toInertLine(step.id, nameLength * 2), nameLength),
    bar: toBar(fromMs, step.duration_ms, spanMs),
    words: `${toStepWord(step).word}, from +${formatDuration(fromMs)} for ${formatDuration(step.duration_ms)}${toTries(step)}`,
  }));
  const width = Math.max(...shown.map(({ name }) => toCells(name)));
  const left = ran.length - shown.length;
  return [
    ...shown.map(({ name, bar, words }) => `${pad(name, width)}  ${bar}  ${words}`),
    ...(left > 0 ? [`and ${left} more steps`] : []),
  ];
}

function toBar(fromMs: number, durationMs: number, spanMs: number): string {
  const start = Math.min(barLength - 1, Math.floor((fromMs / spanMs) * barLength));
  const end = Math.min(barLength, Math.max(start + 1, Math.round(((fromMs + durationMs) / spanMs) * barLength)));
  return '·'.repeat(start) + '█'.repeat(end - start) + '·'.repeat(barLength - end);
}

function toTries({ attempt }: StepRecord): string {
  return attempt > 1 ? ` (attempt ${attempt})` : '';
}
