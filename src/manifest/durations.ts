import { parseDuration } from '../lib/duration.ts';
import { limits } from '../lib/limits.ts';

const EXAMPLES = 'such as 90s, 15m or 1h30m';

/** What is wrong with a written duration; undefined when nothing is. */
export function findDurationFault(text: string, options: { zero: boolean; none: boolean }): string | undefined {
  if (options.none && text === 'none') return undefined;
  const ms = parseDuration(text);
  if (ms === undefined) return `must be a duration ${EXAMPLES}${options.none ? ', or none' : ''}`;
  if (ms === 0 && !options.zero)
    return options.none ? 'must be longer than nothing; none switches it off' : 'must be longer than nothing';
  return ms > limits.durationMs ? `must be at most ${limits.durationMs / 86_400_000}d` : undefined;
}

/** Milliseconds of a duration that has no fault. */
export function toMilliseconds(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new Error(`not checked before: duration ${text}`);
  return ms;
}
