import type { Covered } from './coverage-tally.ts';
import { refuse } from './report-error.ts';

export type LineHits = {
  /** A line that can be covered; in reports of several runs it is told several times, and once is enough. */
  hit(file: string, line: number, covered: boolean): void;
  /** Calls back once for each file. */
  each(callback: (file: string, lines: Covered) => void): void;
};

const MAX_FILES = 500_000;
/** One byte a line; files of a million lines exist. */
const MAX_LINE = 4 * 1024 * 1024;
const MAX_BYTES = 64 * 1024 * 1024;

/** Which lines of which files are covered, each line once, in bounded memory. */
export function makeLineHits(): LineHits {
  const files = new Map<string, Uint8Array>();
  let bytes = 0;

  const toRoom = (file: string, line: number): Uint8Array => {
    const held = files.get(file) ?? new Uint8Array(0);
    if (line < held.length) return held;
    if (files.size >= MAX_FILES) refuse(`it tells of more than ${MAX_FILES} files`);
    const room = new Uint8Array(Math.max(64, held.length * 2, line + 1));
    bytes += room.length - held.length;
    if (bytes > MAX_BYTES) refuse(`its files have more lines than are read (${MAX_BYTES} in all)`);
    room.set(held);
    files.set(file, room);
    return room;
  };
  return {
    hit(file, line, covered) {
      if (line > MAX_LINE) refuse(`it tells of line ${line} of a file; no more than ${MAX_LINE} are read`);
      const lines = toRoom(file, line);
      lines[line] = covered || lines[line] === 2 ? 2 : 1;
    },
    each(callback) {
      for (const [file, lines] of files) {
        let total = 0;
        let covered = 0;
        for (const state of lines) {
          if (state > 0) total += 1;
          if (state === 2) covered += 1;
        }
        callback(file, { covered, total });
      }
    },
  };
}
