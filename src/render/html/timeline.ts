import { formatDuration } from '../../lib/duration.ts';
import type { Envelope } from '../../schema/envelope.ts';
import type { Attempt, StepRecord } from '../../schema/record.ts';
import { isFailure } from '../outcome.ts';
import { type Hole, type Html, markup } from './markup.ts';

/** Where moments of a run lie between its start (0) and its end (100). */
export type Scale = { startMs: number; spanMs: number };

/** The whole of a run: also what its clock put outside of it has its place. */
export function toScale({ execution }: Envelope): Scale {
  const startMs = Date.parse(execution.started_at);
  const ends = execution.steps.flatMap(({ finished_at: end }) => (end === null ? [] : [Date.parse(end) - startMs]));
  return { startMs, spanMs: Math.max(1, execution.duration_ms, ...ends) };
}

/** How a bar or a mark is coloured; a word beside it always says the same. */
export function toLook(step: Pick<StepRecord, 'status' | 'continue_on_error'>): 'good' | 'bad' | 'warn' | 'idle' {
  if (step.status === 'success') return 'good';
  if (isFailure(step)) return step.continue_on_error ? 'warn' : 'bad';
  return step.status === 'skipped' ? 'idle' : 'warn';
}

/**
 * One step on the time axis: the wait for a free place, its attempts, the waits between them, and the time it took to
 * end what would not end. Widths are percentages, so that text beside it never stretches.
 * @param readyMs when all that it needs was over, since the epoch
 */
export function makeBar(step: StepRecord, scale: Scale, readyMs: number): Html {
  const [first] = step.attempts;
  if (first === undefined || step.started_at === null) return makeEmptyBar(step);
  const startMs = Date.parse(first.started_at);
  const at = `${formatDuration(Math.max(0, startMs - scale.startMs))} into the run`;
  const attempts = step.attempts.length === 1 ? '' : `, ${step.attempts.length} attempts`;
  const label = `Started ${at}, took ${formatDuration(step.duration_ms)}${attempts}`;
  const waits: [number, number][] = [
    [readyMs, startMs],
    ...step.attempts.slice(1).map((next, index): [number, number] => {
      const before = step.attempts[index];
      return [before === undefined ? startMs : Date.parse(before.finished_at), Date.parse(next.started_at)];
    }),
  ];
  return markup`<svg class="bar" role="img" aria-label="${label}"><use href="#grid"/>${waits.map(([from, to]) => makeWait(from, to, scale))}${step.attempts.map((attempt) => makeAttempt(attempt, step, scale))}</svg>`;
}

function makeEmptyBar({ status }: StepRecord): Html {
  return markup`<svg class="bar" role="img" aria-label="${status === 'skipped' ? 'Did not run' : 'Did not start'}"><use href="#grid"/></svg>`;
}

function makeWait(from: number, to: number, scale: Scale): Hole {
  const [x1, x2] = [toPercent(from, scale), toPercent(to, scale)];
  if (x2 - x1 < 0.6) return null;
  return markup`<line class="wait" x1="${x1}%" x2="${x2}%" y1="50%" y2="50%"/>`;
}

function makeAttempt(attempt: Attempt, step: StepRecord, scale: Scale): Html {
  const end = Date.parse(attempt.finished_at);
  const look = toLook({ status: attempt.status, continue_on_error: step.continue_on_error });
  const { drain_ms: drain, capture_ms: capture, terminate_ms: terminate } = attempt.phases;
  const terminated = end - drain - capture;
  // After a plain exit there is a sweep for what was left; it is worth drawing when it took its time.
  const isEnded = terminate > (attempt.termination === 'exited' ? 250 : 0);
  return markup`${makeRect(`run ${look}`, [Date.parse(attempt.started_at), end], scale)}${isEnded && makeRect('ending', [terminated - terminate, terminated], scale)}`;
}

function makeRect(look: string, [from, to]: [number, number], scale: Scale): Html {
  const x = toPercent(from, scale);
  const width = Math.max(0, toPercent(to, scale) - x);
  return markup`<rect class="${look}" x="${x}%" width="${Number(width.toFixed(3))}%" y="2" height="10" rx="1.5"/>`;
}

/** The axis above the bars, and the lines through them (`#grid`), at round times. */
export function makeAxis(scale: Scale): Html {
  const tickMs = toTick(scale.spanMs);
  const ticks = Array.from({ length: Math.floor(scale.spanMs / tickMs) + 1 }, (_, index) => index * tickMs);
  const at = (ms: number): number => toPercent(scale.startMs + ms, scale);
  const lines = ticks.map((ms) => markup`<line x1="${at(ms)}%" x2="${at(ms)}%" y1="0" y2="100%"/>`);
  const labels = ticks
    .filter((ms) => at(ms) <= 92)
    .map(
      (ms) => markup`<text x="${at(ms)}%" dx="${ms === 0 ? 0 : 3}" y="11">${ms === 0 ? '0' : toTickText(ms)}</text>`,
    );
  return markup`<div class="axis" aria-hidden="true"><svg class="bar"><defs><g id="grid">${lines}</g></defs><use href="#grid"/>${labels}</svg></div>`;
}

const tickSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500]
  .concat([1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1000))
  .concat([1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000))
  .concat([1, 2, 4, 8, 24, 48].map((hours) => hours * 3_600_000));

function toTick(spanMs: number): number {
  return tickSteps.find((tick) => spanMs / tick <= 6) ?? spanMs;
}

function toTickText(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${ms / 1000} s`;
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : formatDuration(ms);
}

function toPercent(ms: number, { startMs, spanMs }: Scale): number {
  const percent = ((ms - startMs) / spanMs) * 100;
  return Number(Math.min(100, Math.max(0, percent)).toFixed(3));
}
