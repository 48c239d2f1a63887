import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { limits } from '../../lib/limits.ts';
import { DatabaseError } from '../database-error.ts';

/** Whom the database runs as; empty: as this process does. */
export type SystemUser = { uid?: number; gid?: number };

const execute = promisify(execFile);
const name = 'postgres';

/**
 * PostgreSQL refuses to run as root. Where this process is root (most containers), it runs as the user postgres, which
 * is made when there is none.
 * @throws DatabaseError no_user
 */
export async function readSystemUser(): Promise<SystemUser> {
  if (userInfo().uid !== 0) return {};
  const known = await readIds();
  if (known !== null) return known;
  try {
    await execute('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name], {
      timeout: limits.databaseToolMs,
    });
  } catch (error) {
    throw new DatabaseError('no_user', noUser, { cause: error });
  }
  const made = await readIds();
  if (made === null) throw new DatabaseError('no_user', noUser);
  return made;
}

const noUser =
  'PostgreSQL does not run as root, and the system user "postgres" could not be made: start the server as another ' +
  'user, or set DATABASE_URL to a PostgreSQL of your own';

async function readIds(): Promise<Required<SystemUser> | null> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) =>
        Number((await execute('id', [flag, name], { timeout: limits.databaseToolMs })).stdout),
      ),
    );
    return uid !== undefined && gid !== undefined && uid > 0 ? { uid, gid } : null;
  } catch {
    return null;
  }
}

/**
 * Another user must be able to pass through every folder above its own.
 * @throws DatabaseError unreadable_folder
 */
export async function assertPassable(dir: string, user: SystemUser): Promise<void> {
  const closed = await findClosedFolder(dir, user);
  if (closed === undefined) return;
  throw new DatabaseError(
    'unreadable_folder',
    `PostgreSQL runs as the user "${name}", who may not pass through ${closed}: choose another --data folder ` +
      '(or chmod o+x that one), or set DATABASE_URL to a PostgreSQL of your own',
  );
}

/** The first folder on the way down to `path` that the user may not pass through; undefined: there is none. */
export async function findClosedFolder(path: string, user: SystemUser): Promise<string | undefined> {
  if (user.uid === undefined) return undefined;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid } = await stat(folder);
    if ((mode & 0o001) === 0 && uid !== user.uid) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
