import { limits } from '../lib/limits.ts';

export type Cancellation = {
  /** Aborted by the first signal, with the reason `cancelled`. */
  signal: AbortSignal;
  /** Aborts after `ms`, or as late as a cancelled step can afford. */
  limit(ms: number): { signal: AbortSignal } & Disposable;
};

/** Left for what is written after an upload was given up. */
const LAST_MS = 1000;

/**
 * Hears the runner's cancellation: SIGINT, after 7.5 s SIGTERM, after 2.5 s the end, each sent to this process alone
 * (actions/runner, ProcessInvoker.cs). The first signal decides; later ones only repeat it.
 */
export function watchCancellation(source: Pick<NodeJS.EventEmitter, 'on'>, now: () => number): Cancellation {
  const cancelled = new AbortController();
  let deadline = Infinity;
  const hear = (): void => {
    if (cancelled.signal.aborted) return;
    deadline = now() + limits.cancelMs;
    cancelled.abort('cancelled');
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK']) source.on(name, hear);

  return {
    signal: cancelled.signal,
    limit(ms) {
      const over = new AbortController();
      const timers = [setTimeout(() => over.abort(), ms)];
      const hurry = (): void => {
        const left = deadline - LAST_MS - now();
        if (left > 0) timers.push(setTimeout(() => over.abort(), left));
        else over.abort();
      };
      if (cancelled.signal.aborted) hurry();
      cancelled.signal.addEventListener('abort', hurry, { once: true });
      return {
        signal: over.signal,
        [Symbol.dispose]() {
          cancelled.signal.removeEventListener('abort', hurry);
          for (const timer of timers) clearTimeout(timer);
        },
      };
    },
  };
}
