/** A signal that aborts with another one, or when its time is up. To be disposed of when it is not needed any more. */
export type Deadline = Disposable & { signal: AbortSignal; isLate(): boolean };

/** AbortSignal.any() and AbortSignal.timeout() would do, but for signals that some releases of Node 20 lose in between. */
export function makeDeadline(ms: number, parent?: AbortSignal): Deadline {
  const controller = new AbortController();
  let late = false;
  const onAbort = (): void => controller.abort();
  const timer = setTimeout(() => {
    late = true;
    onAbort();
  }, Math.ceil(ms));
  if (parent?.aborted === true) onAbort();
  parent?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    isLate: () => late,
    [Symbol.dispose]() {
      clearTimeout(timer);
      parent?.removeEventListener('abort', onAbort);
    },
  };
}

/** Waits, or less when the signal aborts. */
export function sleepUntil(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    if (signal.aborted) finish();
    else signal.addEventListener('abort', finish, { once: true });
  });
}
