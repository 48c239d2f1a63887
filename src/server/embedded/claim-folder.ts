import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toErrorCode } from '../../lib/errors.ts';
import { DatabaseError } from '../database-error.ts';

/**
 * Keeps a data folder to one server process: two would each start a database on it. What a killed process left counts for
 * nothing. Processes in other containers can't be seen from here; for several servers there is DATABASE_URL.
 * @returns what gives the folder free again
 * @throws DatabaseError in_use
 */
export async function claimDataFolder(dataDir: string): Promise<() => Promise<void>> {
  const lock = join(dataDir, 'server.lock');
  const draft = join(dataDir, `${randomUUID()}.tmp`);
  const own = `${process.pid} ${readStartTime(process.pid)}\n`;
  await writeFile(draft, own, { mode: 0o600 });
  try {
    for (;;) {
      try {
        // Unlike a file that is opened and then written, it is there with all that is in it.
        await link(draft, lock);
        return async () => {
          if ((await readOwner(lock)) === own) await rm(lock, { force: true });
        };
      } catch (error) {
        if (toErrorCode(error) !== 'EEXIST') throw error;
      }
      const owner = await readOwner(lock);
      if (owner !== undefined && isLiving(owner))
        throw new DatabaseError(
          'in_use',
          `another quoderat serve (process ${owner.split(' ')[0]}) uses the folder ${dataDir}: stop it, choose another ` +
            '--data folder, or let both use one PostgreSQL by DATABASE_URL',
        );
      await rename(lock, `${draft}.old`).catch(() => {});
      await rm(`${draft}.old`, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function readOwner(lock: string): Promise<string | undefined> {
  return readFile(lock, 'utf8').catch(() => undefined);
}

function isLiving(owner: string): boolean {
  const [pid = '', startTime] = owner.trim().split(' ');
  if (!isAlive(Number(pid))) return false;
  // The start time tells a process apart from a later one that was given the same number.
  return readStartTime(Number(pid)) === startTime;
}

/** Whether there is a process of this number, whoever's it is. One that has ended and was not waited for is none. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (toErrorCode(error) !== 'EPERM') return false;
  }
  return readStat(pid)[0] !== 'Z';
}

/** Field 22 of /proc/PID/stat; "-" where there is no /proc: then the number alone decides. */
function readStartTime(pid: number): string {
  return readStat(pid)[19] ?? '-';
}

/** /proc/PID/stat from its third field on (proc(5)); empty where there is none. */
function readStat(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
