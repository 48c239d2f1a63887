import { RelayError } from './errors.ts';
import type { RelayLimits } from './relay-limits.ts';

export type RetryOptions = {
  limits: Pick<RelayLimits, 'retryFirstMs' | 'retryMostMs' | 'retryAfterMs'>;
  /** Aborted: no further try, and the wait for one ends. */
  signal: AbortSignal;
  /** Aborted: somebody waits for it. The wait that is going on ends, and later ones are short. */
  hurry?: AbortSignal;
  /** Told of each failure that is to be tried again. */
  onRetry?: (error: RelayError) => void;
};

/** The longest wait when somebody waits for it. */
const HURRIED_MS = 1000;

/**
 * Does something again until it succeeds, is refused for good, or is not waited for any more: with waits that double up
 * to a bound, each shortened by chance so that many workers do not come back at once, and never shorter than the server asked.
 * @throws RelayError: the one that is not retryable, or the last one when the signal was aborted
 */
export async function retrying<T>(act: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { limits, signal, hurry, onRetry } = options;
  for (let most = limits.retryFirstMs; ; most = Math.min(most * 2, limits.retryMostMs)) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof RelayError) || !error.retryable || signal.aborted) throw error;
      onRetry?.(error);
      const asked = Math.min(error.retryAfterMs, limits.retryAfterMs);
      const longest = hurry?.aborted === true ? Math.min(most, HURRIED_MS) : most;
      await pause(Math.max(asked, longest * (0.5 + Math.random() / 2)), signal, hurry);
      if (signal.aborted) throw error;
    }
  }
}

/** Waits, or less when the signal aborts, or `hurry` does so now. */
export function pause(ms: number, signal: AbortSignal, hurry?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      hurry?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    hurry?.addEventListener('abort', finish, { once: true });
    if (signal.aborted) finish();
    else signal.addEventListener('abort', finish, { once: true });
  });
}
