import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { SpawnError } from './spawn-error.ts';

/**
 * The folder a step runs in, with every symlink followed. Asked without waiting: four trips to the thread pool would be a
 * tenth of what a small step costs.
 * @param workspace absolute, already followed
 * @param cwd relative to it, with "/"
 * @throws SpawnError when there is no such folder, or a symlink leads it out of the workspace
 */
export function readWorkdir(workspace: string, cwd: string): string {
  let found: string;
  try {
    found = realpathSync.native(join(workspace, cwd));
    if (!statSync(found).isDirectory()) throw new SpawnError('cwd_not_found', `its cwd ${cwd} is not a folder`);
  } catch (error) {
    if (error instanceof SpawnError) throw error;
    throw new SpawnError('cwd_not_found', `its cwd ${cwd} does not exist in the workspace`, { cause: error });
  }
  if (!isInside(workspace, found)) {
    throw new SpawnError('cwd_outside', `its cwd ${cwd} is a link that leads out of the workspace`);
  }
  return found;
}

/** Whether `path` is `folder` or below it. Both absolute and without symlinks. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
