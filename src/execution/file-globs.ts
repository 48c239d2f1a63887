import { lstat, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { findPathFault } from '../lib/relative-path.ts';
import { isInside } from './workdir.ts';

/** A file that a glob has found. */
export type FoundFile = {
  /** Absolute, without symlinks. */
  path: string;
  /** Relative to the workspace, with "/". */
  name: string;
  size: number;
  /** Changes whenever the file is written or replaced. */
  version: string;
};

/**
 * The regular files that a glob matches, sorted by name. A folder's name stands for all that is in it. Links are not
 * followed out of the workspace, and dot files count.
 * @param cwd where the glob starts; absolute, without symlinks, as is `workspace`
 * @param pattern a glob, or the plain name of a file, whatever characters it has
 */
export async function findFiles(workspace: string, cwd: string, pattern: string): Promise<FoundFile[]> {
  if (findPathFault(pattern, { glob: true }) !== undefined) return [];
  const plain = await readFoundFile(workspace, join(cwd, pattern));
  if (plain) return [plain];
  // Loaded when there is a glob: it would be a tenth of the time to the first step.
  const { glob } = await import('tinyglobby');
  const matches = await glob(pattern, { cwd, dot: true, followSymbolicLinks: false, absolute: true });
  const files: FoundFile[] = [];
  for (const match of matches) {
    const file = await readFoundFile(workspace, match);
    if (file) files.push(file);
  }
  return files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** One file, with symlinks followed. undefined: it is none, or not in the workspace. */
export async function readFoundFile(workspace: string, path: string): Promise<FoundFile | undefined> {
  try {
    const real = await realpath(path);
    if (!isInside(workspace, real)) return undefined;
    const stat = await lstat(real, { bigint: true });
    if (!stat.isFile()) return undefined;
    return {
      path: real,
      name: relative(workspace, path).split(sep).join('/'),
      size: Number(stat.size),
      version: `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}`,
    };
  } catch {
    return undefined;
  }
}
