/** Why the run as a whole is being ended. */
export type StopReason = 'cancelled' | 'run_timeout';

/** The run's end, seen from a step: asked for, or waited on. */
export type Stop = {
  reason(): StopReason | null;
  /** Calls back once, at once when the run is being ended already. Returns the way to take it back. */
  subscribe(listener: (reason: StopReason) => void): () => void;
};

/**
 * One listener on the signal for any number of steps: Node warns of a leak from the eleventh on.
 * A reason that is not one of ours counts as a cancellation.
 */
export function makeStop(signal: AbortSignal): Stop & Disposable {
  const listeners = new Set<(reason: StopReason) => void>();
  const reason = (): StopReason | null => {
    if (!signal.aborted) return null;
    return signal.reason === 'run_timeout' ? 'run_timeout' : 'cancelled';
  };
  const onAbort = (): void => {
    const why = reason() ?? 'cancelled';
    for (const listener of listeners) listener(why);
    listeners.clear();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    reason,
    subscribe(listener) {
      const already = reason();
      if (already !== null) {
        listener(already);
        return () => {};
      }
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.dispose]: () => signal.removeEventListener('abort', onAbort),
  };
}

/** Waits, or less when the run is being ended. @returns whether the whole time went by */
export function sleepUnlessStopped(ms: number, stop: Stop): Promise<boolean> {
  return new Promise((resolve) => {
    let unsubscribe = (): void => {};
    const timer = setTimeout(() => {
      unsubscribe();
      resolve(true);
    }, ms);
    unsubscribe = stop.subscribe(() => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
