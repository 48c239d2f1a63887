import { makePaint } from '../render/ansi.ts';
import { toInertLine } from '../render/inert.ts';
import { isFailure } from '../render/outcome.ts';
import { toStepWord } from '../render/step-words.ts';
import type { RunEvent } from '../schema/event.ts';
import type { JobLog } from './job-log.ts';
import { toFrame } from './live-frame.ts';
import { makePlainLog } from './plain.ts';
import { makeProgress, type StepView } from './progress.ts';
import { makeRecentLines, type RecentLines } from './recent-lines.ts';
import { toEndLine, toRetryLine, toRunLine, toSkipLine, toWarningLine } from './wording.ts';

export type LiveLogOptions = {
  write: (text: string) => void | Promise<void>;
  /** A terminal that can't move its cursor (TERM=dumb): plain lines then. */
  dumb: boolean;
  color: boolean;
  /** The terminal's width now. */
  columns: () => number;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Calls `tick` every `ms` until the function it gives is called. */
  every: (ms: number, tick: () => void) => () => void;
};

type Running = { step: StepView; startedAt: number; recent: RecentLines };

const frameMs = 100;
const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';

/**
 * The log of a terminal: what is over stays as lines, what runs is a list below them, redrawn at most ten times a
 * second. The output of a step is shown only when it fails: its last 20 lines.
 */
export function makeLiveLog(options: LiveLogOptions): JobLog {
  if (options.dumb) return makePlainLog(options);
  const progress = makeProgress();
  const paint = makePaint(options.color);
  const running = new Map<string, Running>();
  let runStartedAt = 0;
  let drawnRows = 0;
  let isWriting = false;
  let isHidden = false;
  let stop: (() => void) | undefined;

  const erase = (): string => (drawnRows === 0 ? '' : `\r\u001B[${drawnRows}A\u001B[J`);
  const draw = (): string => {
    const rows = toFrame({
      running: [...running.values()].map(({ step, startedAt, recent }) => ({
        step,
        lastLine: recent.last(),
        elapsedMs: options.now() - startedAt,
      })),
      steps: progress.steps(),
      elapsedMs: options.now() - runStartedAt,
      columns: options.columns(),
      paint,
    });
    drawnRows = rows.length;
    const before = isHidden ? '' : hideCursor;
    isHidden = true;
    return `${before}${rows.join('\n')}\n`;
  };
  const tick = (): void => {
    // A terminal that is slow to take a frame is not given the next one.
    if (isWriting || running.size === 0) return;
    isWriting = true;
    void Promise.resolve(options.write(erase() + draw())).finally(() => (isWriting = false));
  };
  const begin = (event: Extract<RunEvent, { type: 'step_started' }>): void => {
    const known = running.get(event.step_id);
    const startedAt = known?.startedAt ?? Date.parse(event.timestamp);
    const step = progress.step(event.step_id);
    running.set(event.step_id, { step, startedAt, recent: makeRecentLines() });
  };
  const toLines = (event: RunEvent): string[] => {
    switch (event.type) {
      case 'step_retrying':
        return [paint('yellow', toRetryLine(progress.step(event.step_id), event))];
      case 'step_warning':
        return [paint('yellow', toWarningLine(event))];
      case 'step_skipped':
        return [paint('dim', toSkipLine(progress.step(event.step_id), event))];
      case 'step_finished': {
        const recent = running.get(event.step_id)?.recent;
        running.delete(event.step_id);
        const step = progress.step(event.step_id);
        const { tone } = toStepWord({ ...step, status: event.result.status });
        const tail = isFailure(event.result) ? (recent?.lines() ?? []) : [];
        const shown = tail.map((line) => `  | ${toInertLine(line, 400)}`);
        return [paint(tone, toEndLine(step, event.result)), ...shown];
      }
      default: {
        const line = toRunLine(event, progress);
        return line === undefined ? [] : [line];
      }
    }
  };

  return {
    write(event) {
      progress.apply(event);
      if (event.type === 'run_started') runStartedAt = Date.parse(event.timestamp);
      if (event.type === 'step_output') {
        running.get(event.step_id)?.recent.push(event);
        return undefined;
      }
      if (event.type === 'step_started') begin(event);
      stop ??= options.every(frameMs, tick);
      const lines = toLines(event);
      if (lines.length === 0) return undefined;
      const text = erase() + lines.map((line) => `${line}\n`).join('');
      drawnRows = 0;
      return options.write(text + (running.size > 0 ? draw() : ''));
    },
    end() {
      stop?.();
      const text = erase() + (isHidden ? showCursor : '');
      drawnRows = 0;
      running.clear();
      return text === '' ? undefined : options.write(text);
    },
  };
}
