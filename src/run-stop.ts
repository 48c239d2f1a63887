/** The one signal that ends the steps of a run; its reason is `cancelled` or `run_timeout`, whichever came first. */
export function makeStop(
  cancel: AbortSignal,
  maxDurationMs: number,
): { signal: AbortSignal; cancel: () => void; dispose: () => void } {
  const controller = new AbortController();
  const onCancel = (): void => controller.abort('cancelled');
  if (cancel.aborted) onCancel();
  cancel.addEventListener('abort', onCancel, { once: true });
  const timer = setTimeout(() => controller.abort('run_timeout'), maxDurationMs);
  return {
    signal: controller.signal,
    /** As a signal would. */
    cancel: onCancel,
    dispose: () => {
      clearTimeout(timer);
      cancel.removeEventListener('abort', onCancel);
    },
  };
}
