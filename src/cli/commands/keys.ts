import { join, resolve } from 'node:path';
import { listKeyFiles, writeNewKey } from '../../server/keys/key-files.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';

export type KeysFlags = { data?: string };
export type KeyAction = 'list' | 'rotate';

/**
 * `quoderat keys`: the sealing keys in a server's data folder. A new one is found by the running server within half a
 * minute, is listed at once and signs ten minutes later; the older one signs until then. Private halves are never printed.
 * @throws KeyRingError; CliError usage where there is nothing to rotate
 */
export async function keys(action: KeyAction, flags: KeysFlags, io: Io): Promise<number> {
  const dir = join(resolve(io.cwd, flags.data ?? io.env['QUODERAT_DATA'] ?? 'quoderat-data'), 'keys');
  const files = await listKeyFiles(dir);
  if (action === 'rotate') {
    // A key in a folder of which no server knows would pass for a rotation.
    if (files.length === 0)
      throw new CliError('usage', `there are no sealing keys in ${dir}: name the server's data folder with --data`);
    const path = await writeNewKey(dir);
    io.stdout.write(`new key      ${path}\n`);
    io.stdout.write(
      'It is listed as soon as a server sees it, and signs ten minutes later. When it does, delete the older\n',
    );
    io.stdout.write('private keys here if they must not sign again; their public halves stay listed.\n');
    return exitCodes.success;
  }
  if (files.length === 0)
    io.stdout.write(`there are no sealing keys in ${dir} yet: the first start of a server makes one\n`);
  for (const { keyid, madeAt } of files) io.stdout.write(`${keyid}  ${madeAt.toISOString()}\n`);
  return exitCodes.success;
}
