import { mkdir, readdir, rmdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CliError } from './cli-error.ts';
import type { Io } from './io.ts';

const home = '.quoderat';

/**
 * The evidence folder of a run: exactly the one that was named, or a new one, named by the time, under `.quoderat/`
 * in the workspace, which git is told to ignore. A folder that cannot be made is given all the same: the run says so
 * and keeps its evidence elsewhere, since the steps must not depend on it.
 * @throws CliError exists when something lies in the named folder, usage when it is a file
 */
export async function chooseOutDir(named: string | undefined, workspace: string, io: Pick<Io, 'cwd' | 'now'>) {
  return named === undefined ? makeDefaultDir(workspace, io.now()) : checkNamedDir(named, resolve(io.cwd, named));
}

/** Takes away a folder in which nothing came to lie. */
export async function dropEmptyDir(dir: string): Promise<void> {
  // rmdir spares a folder with anything in it.
  await rmdir(dir).catch(() => {});
}

async function checkNamedDir(named: string, dir: string): Promise<string> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') throw new CliError('usage', `--out ${named}: a file stands where a folder should be`);
    return [];
  });
  if (names.length === 0) return dir;
  throw new CliError('exists', `--out ${named} is not empty; name a new folder, nothing there was touched`);
}

async function makeDefaultDir(workspace: string, now: number): Promise<string> {
  const root = join(workspace, home);
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  try {
    await mkdir(root, { recursive: true });
    await writeFile(join(root, '.gitignore'), '*\n', { flag: 'wx' }).catch(unlessThere);
    for (let run = 1; ; run += 1) {
      const dir = join(root, run === 1 ? stamp : `${stamp}-${run}`);
      // mkdir without `recursive` fails when the folder exists: two runs in one second never share one.
      const made = await mkdir(dir).then(() => true, unlessThere);
      if (made) return dir;
    }
  } catch {
    return join(root, stamp);
  }
}

function unlessThere(error: NodeJS.ErrnoException): false {
  if (error.code === 'EEXIST') return false;
  throw error;
}
