/**
 * A signal that aborts with another one, or when its time is up; to be disposed of when it is not needed any more.
 * (AbortSignal.any() and AbortSignal.timeout() would do, but for signals that some releases of Node 20 lose in between.)
 */
export function makeDeadline(ms: number, parent?: AbortSignal): Disposable & { signal: AbortSignal } {
  const controller = new AbortController();
  const end = (): void => controller.abort();
  const timer = setTimeout(end, Math.ceil(ms));
  if (parent?.aborted === true) end();
  parent?.addEventListener('abort', end, { once: true });
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      parent?.removeEventListener('abort', end);
    },
  };
}
