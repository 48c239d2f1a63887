import { closeSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '../schema/event.ts';

export const journalFileName = 'journal.ndjson';

export type Journal = {
  /** Writes one event as a line before it returns. @throws the file system's error; the journal is then closed. */
  append(event: RunEvent): void;
  close(): void;
};

/**
 * Opens the journal of a run: its events, one JSON object a line, so that a run whose process is killed can still be
 * sealed. Output is not in it (it lies in the artifact files), so it stays small. Writes are synchronous: a line that
 * append has returned for is in the kernel and outlives the process; it need not outlive the machine.
 * @throws the file system's error when there is such a file already or none can be made
 */
export function openJournal(dir: string): Journal {
  return makeJournal(openSync(join(dir, journalFileName), 'wx', 0o600));
}

/**
 * Opens the journal of a lost run to add its end, after its first `lines` lines: what a cut-off write left is dropped.
 * @throws the file system's error
 */
export function resumeJournal(dir: string, lines: number): Journal {
  const path = join(dir, journalFileName);
  truncateSync(path, toLengthOfLines(readFileSync(path), lines));
  return makeJournal(openSync(path, 'a'));
}

function toLengthOfLines(bytes: Buffer, lines: number): number {
  let end = 0;
  for (let line = 0; line < lines; line += 1) end = bytes.indexOf('\n', end) + 1;
  return end;
}

function makeJournal(opened: number): Journal {
  let fd: number | undefined = opened;
  const close = (): void => {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
  };
  return {
    append(event) {
      if (fd === undefined) return;
      if (event.type === 'step_output' || event.type === 'heartbeat') return;
      try {
        writeWhole(fd, Buffer.from(`${JSON.stringify(event)}\n`));
      } catch (error) {
        close();
        throw error;
      }
    },
    close,
  };
}

/** A write may be short when the disk fills up. */
function writeWhole(fd: number, line: Buffer): void {
  for (let written = 0; written < line.length;) written += writeSync(fd, line, written);
}
