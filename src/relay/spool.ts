import { closeSync, createReadStream, ftruncateSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '../lib/limits.ts';
import { runEvent } from '../schema/event.ts';
import { RelayError } from './errors.ts';

export const spoolFileName = 'spool.ndjson';

/** Where a line lies. */
export type Place = { at: number; bytes: number };

/**
 * Output that the server has not taken yet, one event a line, in the evidence folder. All other events are in the run's
 * journal. Written synchronously, since the sender of an event does not wait; a few microseconds for a piece of output.
 */
export type Spool = {
  /** undefined when the file can't be written, or has reached `mostBytes`. */
  append(line: string, mostBytes: number): Place | undefined;
  /** undefined when the line can't be read back. */
  read(place: Place): string | undefined;
  /** Makes room: nothing in it is needed any more. */
  clear(): void;
  close(): void;
  /** Closes it and takes it away. */
  remove(): void;
};

/**
 * The file is made when it is first needed.
 * @param end the length of one that was left behind: it is only read, since the next try may need it again
 */
export function openSpool(dir: string, end = 0): Spool {
  const path = join(dir, spoolFileName);
  let fd: number | undefined;
  let size = end;
  let isBroken = false;
  const open = (): number => (fd ??= openSync(path, end === 0 ? 'w+' : 'r', 0o600));
  const close = (): void => {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
  };
  return {
    append(line, mostBytes) {
      const bytes = Buffer.from(`${line}\n`);
      if (isBroken || size + bytes.length > mostBytes) return undefined;
      try {
        const file = open();
        for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, size + done);
      } catch {
        // A full disk: what is in it already can still be read.
        isBroken = true;
        return undefined;
      }
      const place = { at: size, bytes: bytes.length - 1 };
      size += bytes.length;
      return place;
    },
    read({ at, bytes }) {
      try {
        const line = Buffer.alloc(bytes);
        return readSync(open(), line, 0, bytes, at) === bytes ? line.toString() : undefined;
      } catch {
        return undefined;
      }
    },
    clear() {
      if (size === 0 || fd === undefined) return;
      try {
        ftruncateSync(fd, 0);
        size = 0;
        isBroken = false;
      } catch {
        isBroken = true;
      }
    },
    close,
    remove() {
      close();
      rmSync(path, { force: true });
    },
  };
}

/**
 * What a spool that was left behind holds, by sequence number; a line that was cut off or is no output of this run is
 * passed over. Reads one piece at a time.
 * @throws RelayError bad_options when it is larger than any that was written
 */
export async function readSpoolIndex(dir: string, runId: string): Promise<{ places: Map<number, Place>; end: number }> {
  const path = join(dir, spoolFileName);
  const places = new Map<number, Place>();
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return { places, end: 0 };
  if (size > 2 * limits.relaySpoolBytes)
    throw new RelayError('bad_options', `${path} has ${size} bytes, more than a spool ever has`, { retryable: false });
  let at = 0;
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    // Not readline's lines: for it U+2028 ends one, which stands in JSON as it is.
    let from = 0;
    for (let lineEnd = chunk.indexOf(0x0a); lineEnd !== -1; lineEnd = chunk.indexOf(0x0a, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, lineEnd)]);
      rest = [];
      from = lineEnd + 1;
      const seq = line.length > LINE_BYTES ? undefined : parseSeq(line.toString(), runId);
      if (seq !== undefined) places.set(seq, { at, bytes: line.length });
      at += line.length + 1;
    }
    rest.push(chunk.subarray(from));
  }
  return { places, end: size };
}

/** More than JSON makes of one piece of output, were all of it control characters. */
const LINE_BYTES = 16 * limits.outputChunkBytes;

function parseSeq(line: string, runId: string): number | undefined {
  try {
    const event = runEvent.safeParse(JSON.parse(line));
    return event.success && event.data.run_id === runId && event.data.type === 'step_output'
      ? event.data.seq
      : undefined;
  } catch {
    return undefined;
  }
}
