import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDeadline } from '../lib/deadline.ts';
import { toErrorCode } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import type { Artifact } from '../schema/record.ts';
import type { ServerApi } from './api.ts';
import { RelayError } from './errors.ts';

/** Brings the bytes of artifacts to the server while the run goes on. */
export type Uploads = {
  /** Queues an artifact of the evidence folder; the same content once. */
  add(artifact: Pick<Artifact, 'sha256' | 'size_bytes'>): void;
  /** As add(), though it was brought already: the server says that it does not have it. */
  again(sha256: string): void;
  /** Bytes that are still to be sent; an artifact that is asked for and sent takes as long as some, however small it is. */
  openBytes(): number;
  /** Resolves when nothing is left to bring. @throws the error of the first that the server refused for good */
  idle(): Promise<void>;
};

export function makeUploads(options: {
  /** artifacts/ of the evidence folder. */
  dir: string;
  api: Pick<ServerApi, 'hasArtifact' | 'putArtifact'>;
  /** Begun before the first upload; nothing is sent when it fails. */
  attached: Promise<unknown>;
  retry: <T>(act: () => Promise<T>) => Promise<T>;
  signal: AbortSignal;
}): Uploads {
  const { dir, api, retry } = options;
  const sizes = new Map<string, number>();
  const queue: string[] = [];
  /** Queued, or on its way. */
  const open = new Set<string>();
  const failures: unknown[] = [];
  let running = 0;
  const waiting: (() => void)[] = [];

  const bring = async (sha256: string): Promise<void> => {
    const path = join(dir, sha256);
    // What was not kept can't be brought; finalize says so.
    if ((await stat(path).catch(() => null)) === null) return;
    if (await retry(() => api.hasArtifact(sha256))) return;
    await retry(() => put(sha256, path));
  };
  /** Looked at anew for each try: a file that has changed is refused by its digest, one that can't be read is given up. */
  const put = async (sha256: string, path: string): Promise<void> => {
    try {
      const { size } = await stat(path);
      using deadline = makeDeadline(toUploadMs(size), options.signal);
      await api.putArtifact(sha256, size, () => createReadStream(path), deadline.signal);
    } catch (error) {
      const code = toErrorCode(error instanceof RelayError ? error.cause : error) ?? 'unknown';
      if (error instanceof RelayError && !UNREADABLE.has(code)) throw error;
      const message = `the artifact sha256:${sha256} can't be read any more (${code})`;
      throw new RelayError('artifacts_missing', message, { retryable: false, cause: error });
    }
  };
  const work = async (): Promise<void> => {
    running += 1;
    try {
      await options.attached;
      for (let sha256 = queue.shift(); sha256 !== undefined; sha256 = queue.shift()) {
        await bring(sha256).catch((error: unknown) => failures.push(error));
        open.delete(sha256);
      }
    } catch {
      // Why nothing was attached is told by whoever attached.
      queue.length = 0;
      open.clear();
    }
    running -= 1;
    if (running === 0) for (const resolve of waiting.splice(0)) resolve();
  };
  const again = (sha256: string): void => {
    open.add(sha256);
    queue.push(sha256);
    if (running < limits.relayUploads) void work();
  };
  return {
    add({ sha256, size_bytes }) {
      if (sizes.has(sha256)) return;
      sizes.set(sha256, size_bytes);
      again(sha256);
    },
    again,
    openBytes: () =>
      [...open].reduce((sum, sha256) => sum + Math.max(sizes.get(sha256) ?? 0, limits.uploadLeastBytes), 0),
    async idle() {
      if (running > 0) await new Promise<void>((resolve) => waiting.push(resolve));
      const [failure] = failures.splice(0);
      if (failure !== undefined) throw failure;
    },
  };
}

/** What a file answers and no connection does. */
const UNREADABLE: ReadonlySet<string> = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'EIO', 'ESTALE']);

function toUploadMs(size: number): number {
  return Math.min(limits.uploadMs + size / limits.uploadBytesPerMs, limits.uploadMaxMs);
}
