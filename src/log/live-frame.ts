import { formatDuration } from '../lib/duration.ts';
import type { Paint } from '../render/ansi.ts';
import { clip } from '../render/cells.ts';
import { toInertLine } from '../render/inert.ts';
import type { StepView } from './progress.ts';
import { toTitle } from './wording.ts';

export type RunningStep = { step: StepView; elapsedMs: number; lastLine: string };

/** More running steps than this are counted only: what a cursor moves over has to fit on the screen. */
const maxRows = 8;

/** The part of the screen that changes: a row for each running step, and the count. One line each, narrower than `columns`. */
export function toFrame(options: {
  running: RunningStep[];
  steps: StepView[];
  elapsedMs: number;
  columns: number;
  paint: Paint;
}): string[] {
  const { running, steps, paint } = options;
  const width = options.columns - 1;
  const rows = running.slice(0, maxRows).map(({ step, elapsedMs, lastLine }) => {
    const head = clip(`> ${toTitle(step)} ${toSeconds(elapsedMs)}  `, width);
    // A wide letter takes two columns: clip counts columns, so what is left over is found by cutting again.
    const whole = clip(head + toInertLine(lastLine, Math.max(1, width)), width);
    return paint('bold', head) + paint('dim', whole.slice(head.length));
  });
  const more = running.length - rows.length;
  const over = steps.filter(({ status }) => status !== null).length;
  const count = `${over} of ${steps.length} done${more > 0 ? `, ${more} more running` : ''}, ${toSeconds(options.elapsedMs)}`;
  return [...rows, paint('dim', clip(`  ${count}`, width))];
}

/** Whole seconds: the frame is drawn ten times a second, and tenths would flicker. */
function toSeconds(ms: number): string {
  const whole = Math.floor(Math.max(0, ms) / 1000);
  return whole < 60 ? `${whole} s` : formatDuration(whole * 1000);
}
