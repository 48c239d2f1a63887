import { formatDuration } from '../lib/duration.ts';
import type { StepRecord } from '../schema/record.ts';
import type { Paint } from './ansi.ts';
import { pad, toCells } from './cells.ts';
import { toInertLine } from './inert.ts';
import { toReason, toStepWord } from './step-words.ts';
import { toRest } from './terminal.ts';

/** A line for each step: symbol, word, id, kind, time and reason; and one for each attempt and warning that needs it. */
export function toStepLines(
  steps: StepRecord[],
  remarks: ReadonlyMap<string, string>,
  width: number,
  paint: Paint,
): string[] {
  const ids = steps.map(({ id, kind }) => toInertLine(`${id} (${kind})`));
  const idWidth = Math.min(48, Math.max(0, ...ids.map(toCells)));
  const wordWidth = Math.max(0, ...steps.map((step) => toStepWord(step).word.length));
  return steps.flatMap((step, index) => {
    const { symbol, word, tone } = toStepWord(step);
    const time = step.attempt === 0 ? '' : formatDuration(step.duration_ms);
    const start = `${pad(ids[index] ?? '', idWidth)}  ${time.padStart(9)}`;
    const used = 6 + wordWidth + toCells(start);
    const reason = toRest(toReason(step) || toInertLine(remarks.get(step.id) ?? ''), used, width);
    return [
      `  ${paint(tone, `${symbol} ${word.padEnd(wordWidth)}`)}  ${start}  ${reason}`.trimEnd(),
      ...toAttemptLines(step),
      ...step.warnings.map((warning) => `      ${paint('yellow', `! ${toInertLine(warning)}`)}`),
      ...(step.output_complete || step.attempt === 0 ? [] : [`      ${paint('yellow', '! output is incomplete')}`]),
    ];
  });
}

function toAttemptLines({ attempts, max_attempts: most }: StepRecord): string[] {
  if (attempts.length < 2) return [];
  return attempts.map((attempt) => {
    const { word } = toStepWord({ ...attempt, continue_on_error: false });
    const reason = toReason(attempt);
    const why = reason === '' ? '' : `: ${reason}`;
    return `      attempt ${attempt.attempt} of ${most}: ${word} in ${formatDuration(attempt.duration_ms)}${why}`;
  });
}
