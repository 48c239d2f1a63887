import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeBundle } from '../../publish/files/bundle.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';

/**
 * `quoderat bundle`: packs an evidence folder and prints where, and the SHA-256.
 * @throws CliError usage when there is no such folder; BundleError
 */
export async function bundle(named: string, flags: { out?: string }, io: Io): Promise<number> {
  const dir = resolve(io.cwd, named);
  const isFolder = await stat(dir).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new CliError('usage', `${named} is no folder; name the evidence folder of a run`);
  const written = await writeBundle(dir, flags.out === undefined ? `${dir}.tar.gz` : resolve(io.cwd, flags.out));
  io.stdout.write(`${written.path}\nsha256 ${written.sha256}\n`);
  return exitCodes.success;
}
