import type { JobLog } from './job-log.ts';

/** Legal in a JSON string, and yet alive: commands of GitHub's runner, and what a terminal obeys or doesn't show. */
const live = /##|[\u007F-\u009F\p{Cf}\p{DI}\p{Zl}\p{Zp}]/gu;

/** The events as NDJSON, one line each: the same values, spelt so that no runner and no terminal obeys them. */
export function makeJsonLog(options: { write: (text: string) => void | Promise<void> }): JobLog {
  return {
    write: (event) => options.write(`${JSON.stringify(event).replaceAll(live, toEscape)}\n`),
    end() {},
  };
}

function toEscape(match: string): string {
  if (match === '##') return String.raw`#\u0023`;
  const units = match.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((hex) => `\\u${hex}`).join('');
}
