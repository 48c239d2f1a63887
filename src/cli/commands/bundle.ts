import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeBundle } from '../../publish/files/bundle.ts';
import { isGzip } from '../bundle-input.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';

/**
 * `quoderat bundle`: packs an evidence folder and prints where, and the SHA-256.
 * @throws CliError usage when there is no such folder, exists when something else than a bundle is there; BundleError
 */
export async function bundle(named: string, flags: { out?: string }, io: Io): Promise<number> {
  const dir = resolve(io.cwd, named);
  const isFolder = await stat(dir).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new CliError('usage', `${named} is no folder; name the evidence folder of a run`);
  const target = flags.out === undefined ? `${dir}.tar.gz` : resolve(io.cwd, flags.out);
  if (!(await isFree(target)))
    throw new CliError('exists', `${target} exists, is no bundle, and is left alone; name another with --out`);
  const written = await writeBundle(dir, target);
  io.stdout.write(`${written.path}\nsha256 ${written.sha256}\n`);
  return exitCodes.success;
}

/** Nothing is there, or an earlier bundle: a slip such as `--out envelope.json` would cost the evidence. */
async function isFree(path: string): Promise<boolean> {
  // What is wrong with the place is told by the attempt to write there.
  const found = await stat(path).catch(() => null);
  // Made by mktemp, perhaps.
  if (found === null || (found.isFile() && found.size === 0)) return true;
  // Nobody may ever write to a pipe.
  if (!found.isFile()) return false;
  try {
    await using file = await open(path, 'r');
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && isGzip(buffer);
  } catch {
    return false;
  }
}
