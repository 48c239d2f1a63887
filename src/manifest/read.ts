import { open, stat } from 'node:fs/promises';
import { CodedError, toMessage } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import { explainBadUtf8, findBadUtf8 } from './text.ts';

export type ManifestErrorCode = 'not_found' | 'not_a_file' | 'too_large' | 'not_utf8' | 'unreadable';

/** A manifest that cannot be read at all. */
export class ManifestError extends CodedError<ManifestErrorCode> {}

/** A manifest's bytes, and how people know it. */
export type ManifestSource = {
  path: string;
  bytes: Uint8Array;
  /** steps: the text is the list of steps alone, given inline in a workflow. */
  form: 'manifest' | 'steps';
};

/**
 * Reads a manifest file of at most limits.manifestBytes.
 * @param path where it is
 * @param displayPath what it is called in diagnostics and in the plan: relative to the workspace, with "/"
 * @throws ManifestError
 */
export async function readManifest(path: string, displayPath: string): Promise<ManifestSource> {
  const bytes = await readBounded(path, displayPath);
  if (bytes.length > limits.manifestBytes)
    throw new ManifestError('too_large', `${displayPath} is larger than ${limits.manifestBytes} bytes; split it`);
  const bad = findBadUtf8(bytes);
  if (bad !== undefined)
    throw new ManifestError('not_utf8', `${displayPath}:${bad.line} is not UTF-8: ${explainBadUtf8(bytes)}`);
  return { path: displayPath, bytes, form: 'manifest' };
}

/** At most one byte more than a manifest may have. */
async function readBounded(path: string, displayPath: string): Promise<Uint8Array> {
  try {
    // Asked before it is opened: opening a FIFO waits for its writer, without end.
    const kind = await stat(path);
    if (!kind.isFile())
      throw new ManifestError('not_a_file', `${displayPath} is ${kind.isDirectory() ? 'a folder' : 'no regular file'}`);
    await using file = await open(path, 'r');
    const buffer = Buffer.alloc(limits.manifestBytes + 1);
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } catch (error) {
    if (error instanceof ManifestError) throw error;
    throw toManifestError(error, displayPath);
  }
}

function toManifestError(cause: unknown, displayPath: string): ManifestError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new ManifestError('not_found', `there is no ${displayPath}; name the manifest, or write one`, { cause });
  if (code === 'EISDIR') return new ManifestError('not_a_file', `${displayPath} is a folder`, { cause });
  return new ManifestError('unreadable', `${displayPath} cannot be read: ${toMessage(cause)}`, { cause });
}
