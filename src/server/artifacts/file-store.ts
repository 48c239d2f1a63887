import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toErrorCode } from '../../lib/errors.ts';
import { limits } from '../../lib/limits.ts';
import { makeFolder } from '../../publish/files/make-folder.ts';
import { digesting } from './digesting.ts';
import { ArtifactError, type ArtifactStore, type Bytes } from './store.ts';

/**
 * A content-addressed folder: `aa/bb/<sha256>`. Bytes are written under `incoming/`, hashed on the way, synced, and only
 * then linked to their name, which never replaces what is there: of two writers of one digest, one link is made.
 */
export function makeFileStore(root: string, now: () => number): ArtifactStore {
  const incoming = join(root, 'incoming');
  const toPath = (sha256: string): string => join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  return {
    name: `file://${root}`,
    async head(sha256) {
      const size = await readSize(toPath(sha256));
      return size === null ? null : { size };
    },
    async put(sha256, bytes, { maxBytes }) {
      const path = toPath(sha256);
      const checked = digesting(sha256, bytes, maxBytes);
      const there = await readSize(path);
      if (there !== null) {
        const size = await drain(checked);
        if (size === there) return { size, isNew: false };
        // Damaged where they lie: of no use to anyone, and in the way of the good ones.
        await rm(path, { force: true });
        throw new ArtifactError('unavailable', `the stored bytes were damaged (${there} of ${size}); send them again`);
      }
      const draft = join(incoming, `${sha256}.${randomUUID()}`);
      try {
        const size = await writeDraft(draft, checked);
        return { size, isNew: await publish(draft, path) };
      } catch (error) {
        throw toStoreError(error, root);
      } finally {
        await rm(draft, { force: true }).catch(() => {});
      }
    },
    async open(sha256, range) {
      const path = toPath(sha256);
      if ((await readSize(path)) === null) return null;
      return createReadStream(path, range);
    },
    async remove(sha256) {
      await rm(toPath(sha256), { force: true }).catch((error: unknown) => {
        throw toStoreError(error, root);
      });
    },
    tidy: () => tidy(incoming, root, now),
  };

  async function readSize(path: string): Promise<number | null> {
    try {
      const found = await stat(path);
      return found.isFile() ? found.size : null;
    } catch (error) {
      if (toErrorCode(error) === 'ENOENT' || toErrorCode(error) === 'ENOTDIR') return null;
      throw toStoreError(error, root);
    }
  }
}

async function drain(bytes: Bytes): Promise<number> {
  let size = 0;
  for await (const chunk of bytes) size += chunk.length;
  return size;
}

async function writeDraft(draft: string, bytes: Bytes): Promise<number> {
  await makeFolder(dirname(draft));
  const file = await open(draft, 'wx', 0o600);
  try {
    let size = 0;
    for await (const chunk of bytes) {
      await writeAll(file, chunk);
      size += chunk.length;
    }
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

/** One write may take fewer bytes than it was given, on a disk that is nearly full. */
async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.length) written += (await file.write(chunk, written, chunk.length - written)).bytesWritten;
}

async function publish(draft: string, path: string): Promise<boolean> {
  await makeFolder(dirname(path));
  try {
    await link(draft, path);
  } catch (error) {
    const code = toErrorCode(error);
    if (code === 'EEXIST') return false;
    // File systems without hard links. The bytes that this could replace have the same digest.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error;
    await rename(draft, path);
  }
  await syncFolder(dirname(path));
  return true;
}

/** Linux: the name is on disk only once its folder is. Not every system can sync a folder. */
async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r').catch(() => null);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

/** Drafts older than any upload may take belong to writers that died, here or in another process. */
async function tidy(incoming: string, root: string, now: () => number): Promise<void> {
  try {
    await makeFolder(incoming, 0o700);
    for (const name of await readdir(incoming)) {
      const path = join(incoming, name);
      const found = await stat(path).catch(() => null);
      if (found !== null && now() - found.mtimeMs > limits.draftMs) await rm(path, { force: true });
    }
  } catch (error) {
    throw toStoreError(error, root);
  }
}

function toStoreError(error: unknown, root: string): unknown {
  if (error instanceof ArtifactError) return error;
  const code = toErrorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new ArtifactError('insufficient_storage', `there is no room for it in the artifact folder (${code})`, {
      cause: error,
    });
  if (code !== undefined && /^E[A-Z0-9]+$/.test(code))
    return new ArtifactError('unavailable', `the artifact folder ${root} can't be used (${code})`, { cause: error });
  return error;
}
