import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Deferred, makeDeferred } from '../lib/deferred.ts';
import { toErrorCode } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';

/** What was kept of some content. sha256 and size are of the bytes on the disk. */
export type KeptContent = {
  sha256: string;
  size: number;
  /** true: bytes are missing. */
  truncated: boolean;
  /** Why bytes are missing: an errno code, or `too_large`; null when none are. */
  problem: string | null;
};

/** Takes content piece by piece and keeps it under the name of its hash. Trouble with the disk never throws. */
export type ContentWriter = {
  /** Takes over the bytes: they must not be changed afterwards. A promise comes back when the disk lags behind. */
  write(bytes: Buffer): Promise<void> | undefined;
  /** Writes the rest and gives the file its name. */
  finish(): Promise<KeptContent>;
};

const QUEUE_BYTES = 2 * limits.outputChunkBytes;

/**
 * @param dir the store's folder
 * @param partialPath where the bytes are until their hash is known; not made for empty content
 * @param known hashes that the folder holds already
 */
export function makeContentWriter(dir: string, partialPath: string, known: Set<string>): ContentWriter {
  const hash = createHash('sha256');
  let queue: Buffer[] = [];
  let queuedBytes = 0;
  let accepted = 0;
  let size = 0;
  let file: FileHandle | undefined;
  let problem: string | null = null;
  let pump: Promise<void> | undefined;
  let room: Deferred<void> | undefined;

  const release = (): void => {
    room?.resolve();
    room = undefined;
  };
  const fail = (error: unknown): void => {
    problem ??= toProblem(error);
    queue = [];
    queuedBytes = 0;
  };
  const writeQueued = async (): Promise<void> => {
    try {
      file ??= await open(partialPath, 'w');
      for (let bytes = queue.shift(); bytes !== undefined; bytes = queue.shift()) {
        await writeAll(file, bytes);
        // Only now: the hash must be of what is on the disk, also when the disk is full.
        hash.update(bytes);
        size += bytes.length;
        queuedBytes -= bytes.length;
        if (queuedBytes < QUEUE_BYTES) release();
      }
    } catch (error) {
      fail(error);
    } finally {
      pump = undefined;
      release();
    }
  };
  const place = async (sha256: string): Promise<void> => {
    if (file === undefined) {
      // Nothing was ever written. The empty content is a content too.
      if (!known.has(sha256)) await writeFile(join(dir, sha256), '');
    } else {
      if (problem !== null) await file.truncate(size).catch(() => {});
      await file.close();
      if (known.has(sha256)) await rm(partialPath, { force: true });
      else await rename(partialPath, join(dir, sha256));
    }
    known.add(sha256);
  };

  return {
    write(bytes) {
      if (problem !== null || bytes.length === 0) return undefined;
      const kept =
        accepted + bytes.length <= limits.artifactBytes ? bytes : bytes.subarray(0, limits.artifactBytes - accepted);
      if (kept.length > 0) {
        queue.push(kept);
        queuedBytes += kept.length;
        accepted += kept.length;
        pump ??= writeQueued();
      }
      if (kept.length < bytes.length) problem = 'too_large';
      if (queuedBytes < QUEUE_BYTES) return undefined;
      room ??= makeDeferred();
      return room.promise;
    },
    async finish() {
      await pump;
      const sha256 = hash.digest('hex');
      await place(sha256).catch(fail);
      return { sha256, size, truncated: problem !== null, problem };
    },
  };
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await file.write(bytes, written, bytes.length - written)).bytesWritten;
  }
}

function toProblem(error: unknown): string {
  return toErrorCode(error) ?? 'unknown';
}
