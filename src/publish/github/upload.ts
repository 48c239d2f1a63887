import { copyFile, link, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sha256 } from '../../lib/hash.ts';
import { limits } from '../../lib/limits.ts';
import { toPublishError, PublishError } from './failure.ts';

/** A file to upload as it is. Its artifact is named like the file, and its digest is the file's SHA-256. */
export type RawUpload = {
  path: string;
  /** The artifact's name: `<stem><extension>`. */
  stem: string;
  extension: string;
  sha256: string;
  retentionDays?: number;
  /** Where a copy of the file may lie under the artifact's name. */
  tempDir: string;
  /** When to give up. */
  giveUp: AbortSignal;
};

export type UploadedArtifact = { id: number; name: string; sha256: string; sizeBytes: number };

/** The port to the artifact service: uploads one file under its own name. */
export type UploadFile = (
  path: string,
  options: { retentionDays?: number },
) => Promise<{ id?: number; digest?: string }>;

/**
 * Uploads one raw file. A name that is taken (a step that ran before under the same name) is tried once more with a
 * suffix; the name that it got is in the result.
 * @throws PublishError conflict, timeout, changed (other bytes arrived than were sealed) or failed
 */
export async function uploadRaw(upload: RawUpload, uploadFile: UploadFile = uploadToGithub): Promise<UploadedArtifact> {
  if (upload.giveUp.aborted) throw makeTimeout();
  const folder = await mkdtemp(join(upload.tempDir, 'quoderat-upload-')).catch((error: unknown) => {
    throw toPublishError(error);
  });
  try {
    const first = join(folder, `${upload.stem}${upload.extension}`);
    await link(upload.path, first).catch(() => copyFile(upload.path, first));
    try {
      return await send(first, upload, uploadFile);
    } catch (error) {
      if (!(error instanceof PublishError) || error.code !== 'conflict') throw error;
    }
    const second = join(folder, `${upload.stem}-${sha256(folder).slice(0, 6)}${upload.extension}`);
    await rename(first, second);
    return await send(second, upload, uploadFile);
  } catch (error) {
    throw toPublishError(error);
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

/** How long the upload of a file may take: a fixed part, and more for a large one. */
export async function toTimeLimit(path: string): Promise<number> {
  const { size } = await stat(path);
  return Math.min(limits.uploadMs + size / limits.uploadBytesPerMs, limits.uploadMaxMs);
}

async function send(path: string, upload: RawUpload, uploadFile: UploadFile): Promise<UploadedArtifact> {
  const { size } = await stat(path);
  const options = upload.retentionDays === undefined ? {} : { retentionDays: upload.retentionDays };
  const answer = await orGiveUp(upload.giveUp, uploadFile(path, options)).catch((error: unknown) => {
    throw toPublishError(error);
  });
  if (answer.id === undefined) throw new PublishError('failed', 'the artifact service gave no artifact id');
  if (answer.digest !== upload.sha256) {
    throw new PublishError(
      'changed',
      `the artifact service holds sha256:${answer.digest ?? '(none)'} but the file was sha256:${upload.sha256}`,
    );
  }
  return { id: answer.id, name: basename(path), sha256: upload.sha256, sizeBytes: size };
}

/** The SDK can't be cancelled: what it still does afterwards ends with the process. */
async function orGiveUp<T>(giveUp: AbortSignal, work: Promise<T>): Promise<T> {
  let onAbort = (): void => {};
  const abort = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(makeTimeout());
    if (giveUp.aborted) onAbort();
    giveUp.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, abort]);
  } finally {
    giveUp.removeEventListener('abort', onAbort);
  }
}

function makeTimeout(): PublishError {
  return new PublishError('timeout', 'the artifact service did not finish in time');
}

async function uploadToGithub(
  path: string,
  options: { retentionDays?: number },
): Promise<{ id?: number; digest?: string }> {
  // Loaded only here: it brings the Azure SDK, which takes longer to load than many a run lasts.
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const name = basename(path);
  return new DefaultArtifactClient().uploadArtifact(name, [path], join(path, '..'), { ...options, skipArchive: true });
}
