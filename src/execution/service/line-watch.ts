import { makeDeferred } from '../../lib/deferred.ts';
import type { StreamName } from '../step-output.ts';

/** More of a line is not looked at: a pattern matches 4096 characters at most (lib/safe-pattern.ts). */
const LINE_CHARS = 16 * 1024;

export type LineWatch = {
  push(stream: StreamName, text: string): void;
  /** The stream whose line matched first. */
  matched: Promise<StreamName>;
};

/**
 * Looks at each line of a step's redacted output, the last and unfinished one too, until one matches.
 * @param pattern a safe pattern
 */
export function makeLineWatch(pattern: string): LineWatch {
  const expression = new RegExp(pattern);
  const matched = makeDeferred<StreamName>();
  const unfinished: Record<StreamName, string> = { stdout: '', stderr: '' };
  let done = false;
  return {
    push(stream, text) {
      if (done) return;
      const lines = `${unfinished[stream]}${text}`.split(/\r?\n/);
      unfinished[stream] = (lines.at(-1) ?? '').slice(-LINE_CHARS);
      if (!lines.some((line) => expression.test(line))) return;
      done = true;
      matched.resolve(stream);
    },
    matched: matched.promise,
  };
}
