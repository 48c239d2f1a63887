import { formatDuration } from '../lib/duration.ts';
import type { Stop, StopReason } from './stop.ts';

/** Why a running step is being ended. The last two are a service's: nobody needs it any more, or it was not ready in time. */
export type EndReason = 'timeout' | 'idle_timeout' | StopReason | 'over' | 'not_ready';

/** What is known of a step's output: when bytes came last (performance.now()), and whether we keep it waiting. */
export type Activity = { lastAt(): number; isBlocked(): boolean };

export type Warn = (code: 'timeout_near' | 'idle_timeout_near', message: string) => void;

const NEAR_SHARE = 0.8;
const NEAR_MS = 30_000;

/**
 * Watches over a running step. The first reason to end it is told, once; each of the two timers warns before.
 * @param options.timeoutMs null: it may run for as long as it is let
 * @returns what takes the watch off again
 */
export function watch(options: {
  timeoutMs: number | null;
  idleTimeoutMs: number | null;
  activity: Activity;
  stop: Stop;
  warn: Warn;
  end: (reason: EndReason) => void;
}): Disposable {
  const { timeoutMs, idleTimeoutMs, stop, warn, end } = options;
  const timers = new Set<NodeJS.Timeout>();
  const after = (ms: number, action: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, ms);
    timers.add(timer);
  };

  let over = false;
  let unsubscribe = (): void => {};
  const dispose = (): void => {
    over = true;
    for (const timer of timers) clearTimeout(timer);
    unsubscribe();
  };
  const finish = (reason: EndReason): void => {
    if (over) return;
    dispose();
    end(reason);
  };

  if (timeoutMs !== null) {
    const near = toNear(timeoutMs);
    const words = `it will be ended in ${formatDuration(timeoutMs - near)}: its timeout is ${formatDuration(timeoutMs)}`;
    after(near, () => warn('timeout_near', words));
    after(timeoutMs, () => finish('timeout'));
  }
  if (idleTimeoutMs !== null) watchIdle({ ...options, idleTimeoutMs, after, finish });
  unsubscribe = stop.subscribe(finish);
  if (over) unsubscribe();
  return { [Symbol.dispose]: dispose };
}

/** Bytes only set a time; the timer looks at it when it fires, so that a flood costs nothing here. */
function watchIdle(options: {
  idleTimeoutMs: number;
  activity: Activity;
  warn: Warn;
  after: (ms: number, action: () => void) => void;
  finish: (reason: EndReason) => void;
}): void {
  const { idleTimeoutMs, activity, warn, after, finish } = options;
  const near = toNear(idleTimeoutMs);
  let warned = false;
  const check = (): void => {
    // A step whose output we do not read can't be blamed for its silence.
    const quiet = activity.isBlocked() ? 0 : performance.now() - activity.lastAt();
    if (quiet >= idleTimeoutMs) return finish('idle_timeout');
    if (quiet >= near && !warned) {
      warned = true;
      const rest = formatDuration(Math.ceil(idleTimeoutMs - quiet));
      warn(
        'idle_timeout_near',
        `it will be ended in ${rest} unless it prints something: its idle_timeout is ${formatDuration(idleTimeoutMs)}`,
      );
    }
    // One over, since timers may fire a fraction of a millisecond early.
    after(Math.ceil((quiet < near && !warned ? near : idleTimeoutMs) - quiet) + 1, check);
  };
  check();
}

/** When to warn: at 80 % of the time or 30 s before its end, whichever is later. */
function toNear(ms: number): number {
  return Math.max(Math.floor(ms * NEAR_SHARE), ms - NEAR_MS);
}
