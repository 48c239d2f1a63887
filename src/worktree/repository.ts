import path from 'node:path';
import { limits } from '../lib/limits.ts';
import type { Checkout } from './checkout.ts';
import { type GitProgram, type Kept, makeKeeper, runGit } from './run-git.ts';
import { WorktreeError } from './worktree-error.ts';

export type GitOptions = {
  input?: Uint8Array;
  /** Of stdout; the rest is counted. Default: limits.worktreeListBytes. */
  keepBytes?: number;
};

/** An index file and a folder for new objects, both outside of the repository. */
export type PrivateIndex = { file: string; objects: string };

/** A checkout that is asked through a private index, and never written to. All calls are made in its root. */
export type Repository = Checkout & {
  /** true: some filter (git-lfs ...) is configured that the repository's attributes may ask for. */
  hasFilters: boolean;
  /** @throws WorktreeError git_failed; the signal's reason */
  git: (index: PrivateIndex, args: string[], options?: GitOptions) => Promise<Kept>;
  /** As git, for output that is read while it comes. */
  stream: (
    index: PrivateIndex,
    args: string[],
    options: { input?: Uint8Array; onOutput: (chunk: Buffer) => void },
  ) => Promise<void>;
};

/**
 * Makes git ready to be asked about a checkout. It then runs none of the programs that its configuration or attributes
 * name: no monitor, hook, filter, external diff or textconv, and it fetches nothing.
 * @throws WorktreeError odd_filter, git_failed; the signal's reason
 */
export async function openRepository(
  program: GitProgram,
  place: { cwd: string; checkout: Checkout | Promise<Checkout> },
  signal: AbortSignal,
): Promise<Repository> {
  const [filters, checkout] = await Promise.all([readFilters(program, place.cwd, signal), place.checkout]);
  const options = [...program.options, ...toQuietOptions(filters)];
  const stream: Repository['stream'] = (index, args, { input, onOutput }) =>
    runGit(
      { ...program, options, env: { ...program.env, ...toIndexEnv(index, checkout.objects) } },
      { args, cwd: checkout.topLevel, signal, onOutput, ...(input && { input }) },
    );
  return {
    ...checkout,
    hasFilters: filters.length > 0,
    stream,
    async git(index, args, { input, keepBytes = limits.worktreeListBytes } = {}) {
      const output = makeKeeper(keepBytes);
      await stream(index, args, { onOutput: output.push, ...(input && { input }) });
      return output.kept();
    },
  };
}

/** The names in keys such as `filter.lfs.clean`. They may hold dots. */
async function readFilters(program: GitProgram, cwd: string, signal: AbortSignal): Promise<string[]> {
  const output = makeKeeper(limits.worktreeListBytes);
  const args = ['config', '-z', '--name-only', '--get-regexp', String.raw`^filter\.`];
  await runGit(program, { args, cwd, signal, onOutput: output.push, allowed: [1] });
  const keys = output.kept().bytes.toString().split('\0').slice(0, -1);
  const names = new Set(keys.map((key) => key.slice('filter.'.length, key.lastIndexOf('.'))));
  for (const name of names)
    // `-c` takes what stands before the first "=" for the key, and so would leave this filter as it is.
    if (name.includes('='))
      throw new WorktreeError('odd_filter', "a git filter has a name by which it can't be kept from running");
  return [...names];
}

function toQuietOptions(filters: string[]): string[] {
  const settings = [
    ...filters.flatMap((name) => [`filter.${name}.clean=`, `filter.${name}.process=`, `filter.${name}.required=false`]),
    'core.safecrlf=false',
    'core.splitIndex=false',
    'core.quotePath=false',
    // A lazy fetch of a partial clone, which git before 2.45 can't be told to leave.
    'protocol.allow=never',
  ];
  return settings.flatMap((setting) => ['-c', setting]);
}

/** Objects that are there already are found in the repository's own folder. A path in quotes may hold any character. */
function toIndexEnv(index: PrivateIndex, objects: string): Record<string, string> {
  return {
    GIT_INDEX_FILE: index.file,
    GIT_OBJECT_DIRECTORY: index.objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(objects.replaceAll(path.sep, '/')),
  };
}
