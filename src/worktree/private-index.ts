import { copyFile, realpath, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { PrivateIndex, Repository } from './repository.ts';
import { joinNul, type RawPath } from './status.ts';

/**
 * Git trusts an index for files that are older than the index itself, so the copy must not look younger. A checkout
 * without an index is one in which nothing is tracked.
 */
export async function copyIndex(from: string, to: string): Promise<void> {
  const found = await stat(from).catch(() => null);
  if (found === null) return;
  await copyFile(from, to);
  await utimes(to, found.atime, new Date(Math.floor(found.mtimeMs)));
}

/**
 * Takes files into a private index as they are now, with git's own line ends, and others out of it. The objects go to the
 * index's own folder.
 * @throws WorktreeError git_failed for a single file that can't be read
 */
export async function updateIndex(
  repository: Repository,
  index: PrivateIndex,
  { taken, gone }: { taken: RawPath[]; gone: RawPath[] },
): Promise<void> {
  const update = async (how: string[], files: RawPath[]): Promise<void> => {
    if (files.length === 0) return;
    await repository.git(index, ['update-index', ...how, '-z', '--stdin'], { input: joinNul(files) });
  };
  // Apart from the rest: what lies behind a link now is gone for git, and it refuses to look there.
  await update(['--force-remove'], gone);
  // --remove: for what went since it was listed.
  await update(['--add', '--remove', '--replace'], taken);
}

/** The id of the tree that an index holds. @throws WorktreeError git_failed */
export async function writeTree(repository: Repository, index: PrivateIndex): Promise<string> {
  const { bytes } = await repository.git(index, ['write-tree']);
  return bytes.toString('latin1').trim();
}

/** No submodule is entered: that would run a git of its own, under the submodule's configuration. */
export function toStatusArgs(untracked: 'normal' | 'all'): string[] {
  return [
    'status',
    '--porcelain=v2',
    '-z',
    `--untracked-files=${untracked}`,
    '--no-renames',
    '--ignore-submodules=dirty',
  ];
}

/** The whole work tree but the folders that lie in it, as arguments for a call in its root. */
export async function toPathspecs(topLevel: string, without: string[]): Promise<string[]> {
  const excluded = await Promise.all(
    without.map(async (folder) => path.relative(topLevel, await realpath(folder).catch(() => folder))),
  );
  const inside = excluded.filter((name) => name !== '' && !path.isAbsolute(name) && name.split(path.sep)[0] !== '..');
  return ['--', ':(top)', ...inside.map((name) => `:(top,exclude,literal)${name.replaceAll(path.sep, '/')}`)];
}
