import { stat } from 'node:fs/promises';
import path from 'node:path';
import { lookUp } from './bare-env.ts';

/**
 * The file that a name stands for on PATH, absolute; null when there is none. Relative and empty entries are passed
 * over: they would find programs in the work tree, as the system's own search on Windows does.
 */
export async function findOnPath(name: string, env: Record<string, string>): Promise<string | null> {
  const folders = (lookUp(env, 'PATH') ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of folders) {
    if (isStoreAlias(folder)) continue;
    for (const extension of extensions) {
      const file = path.join(folder, name + extension);
      if (await isProgram(file)) return file;
    }
  }
  return null;
}

/** Windows puts aliases there that open its shop instead of answering. */
function isStoreAlias(folder: string): boolean {
  return process.platform === 'win32' && folder.toLowerCase().includes('\\microsoft\\windowsapps');
}

async function isProgram(file: string): Promise<boolean> {
  try {
    const found = await stat(file);
    return found.isFile() && (process.platform === 'win32' || (found.mode & 0o111) !== 0);
  } catch {
    return false;
  }
}
