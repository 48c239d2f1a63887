import type { JobLog } from './job-log.ts';

/** Legal in a JSON string, and yet commands: to GitHub's runner, to a terminal, to the order of letters. */
const live = /##(?=\[)|[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

/** The events as NDJSON, one line each: the same values, spelt so that no runner and no terminal obeys them. */
export function makeJsonLog(options: { write: (text: string) => void | Promise<void> }): JobLog {
  return {
    write: (event) => options.write(`${JSON.stringify(event).replaceAll(live, toEscape)}\n`),
    end() {},
  };
}

function toEscape(match: string): string {
  if (match === '##') return String.raw`#\u0023`;
  return `\\u${match.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
