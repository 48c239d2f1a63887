import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { OpenArtifact } from '../seal/artifact-bytes.ts';
import { CliError } from './cli-error.ts';
import type { Io } from './io.ts';

/**
 * The folder whose files are the artifacts: the one that was named, else the one that came with the envelope.
 * @throws CliError usage when the named one is no folder
 */
export async function chooseArtifactFolder(
  named: string | undefined,
  found: string | undefined,
  io: Pick<Io, 'cwd'>,
): Promise<string | undefined> {
  if (named === undefined) return found;
  const dir = resolve(io.cwd, named);
  const isFolder = await stat(dir).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new CliError('usage', `--artifacts ${named} is no folder`);
  return dir;
}

/** Artifacts that lie in a folder under their SHA-256. Whatever is no plain file counts as not there: a FIFO would wait without end. */
export function makeArtifactOpener(dir: string): OpenArtifact {
  return async (sha256) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
    const path = join(dir, sha256);
    const entry = await stat(path).catch(() => undefined);
    return entry?.isFile() === true ? createReadStream(path) : null;
  };
}
