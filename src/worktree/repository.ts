import path from 'node:path';
import { limits } from '../lib/limits.ts';
import { type GitProgram, type Kept, makeKeeper, runGit } from './run-git.ts';
import { WorktreeError } from './worktree-error.ts';

export type GitOptions = {
  input?: Uint8Array;
  /** Of stdout; the rest is counted. Default: limits.worktreeListBytes. */
  keepBytes?: number;
  /** The index to read and write in place of the user's; new objects then go beside it. */
  index?: PrivateIndex;
  allowed?: number[];
};

/** An index file and a folder for new objects, both outside of the repository. */
export type PrivateIndex = { file: string; objects: string };

/** A checkout that can be asked, and is never written to. */
export type Repository = {
  /** The work tree's root, absolute; paths that git prints are relative to it. */
  topLevel: string;
  indexFile: string;
  /** HEAD. */
  commit: string;
  tree: string;
  /** true: some filter (git-lfs ...) is configured that the repository's attributes may ask for. */
  hasFilters: boolean;
  git: (args: string[], options?: GitOptions) => Promise<Kept>;
  /** As git, for output that is read while it comes. */
  stream: (args: string[], onOutput: (chunk: Buffer) => void, options?: GitOptions) => Promise<void>;
  /** The same repository, asked under another signal. */
  until: (signal: AbortSignal) => Repository;
};

/**
 * Opens the checkout that `cwd` lies in. Git runs none of the programs that its configuration or attributes name: no
 * monitor, hook, filter, external diff or textconv, and it fetches nothing.
 * @throws WorktreeError not_a_checkout, no_commit, odd_filter, git_failed; the signal's reason
 */
export async function openRepository(program: GitProgram, cwd: string, signal: AbortSignal): Promise<Repository> {
  const ask = async (args: string[], allowed: number[]): Promise<string> => {
    const output = makeKeeper(limits.worktreeListBytes);
    await runGit(program, { args, cwd, signal, onOutput: output.push, allowed });
    return output.kept().bytes.toString('utf8');
  };
  const questions = ['--show-toplevel', '--git-path', 'index', '--git-path', 'objects', 'HEAD^{commit}', 'HEAD^{tree}'];
  const [places, names] = await Promise.all([
    ask(['rev-parse', ...questions], [128]),
    ask(['config', '-z', '--name-only', '--get-regexp', String.raw`^filter\.`], [1, 128]),
  ]);
  const { topLevel, indexFile, objects, commit, tree } = parsePlaces(places, cwd);
  const filters = parseFilters(names);
  const quiet: GitProgram = { ...program, options: [...program.options, ...toQuietOptions(filters)] };
  const at = { topLevel, indexFile, commit, tree, hasFilters: filters.length > 0 };
  return makeRepository(at, signal, { program: quiet, objects });
}

type Facts = Omit<Repository, 'git' | 'stream' | 'until'>;

function makeRepository(
  facts: Facts,
  signal: AbortSignal,
  { program, objects }: { program: GitProgram; objects: string },
): Repository {
  const stream: Repository['stream'] = (args, onOutput, { input, index, allowed } = {}) =>
    runGit(index ? { ...program, env: { ...program.env, ...toIndexEnv(index, objects) } } : program, {
      args,
      cwd: facts.topLevel,
      signal,
      onOutput,
      ...(input && { input }),
      ...(allowed && { allowed }),
    });
  return {
    ...facts,
    stream,
    async git(args, options = {}) {
      const output = makeKeeper(options.keepBytes ?? limits.worktreeListBytes);
      await stream(args, output.push, options);
      return output.kept();
    },
    until: (other) => makeRepository(facts, other, { program, objects }),
  };
}

/** rev-parse has no -z: a path with a line feed makes one line too many. */
function parsePlaces(output: string, cwd: string) {
  const [topLevel, indexFile, objects, commit, tree, ...rest] = output.split('\n');
  if (topLevel === undefined || topLevel === '' || objects === undefined || indexFile === undefined)
    throw new WorktreeError('not_a_checkout', 'the workspace is no git checkout');
  if (commit === undefined || tree === undefined || !isObjectId(commit) || !isObjectId(tree) || rest.length !== 1)
    throw new WorktreeError('no_commit', 'the checkout has no commit yet');
  return {
    topLevel: path.resolve(topLevel),
    indexFile: path.resolve(cwd, indexFile),
    objects: path.resolve(cwd, objects),
    commit,
    tree,
  };
}

function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** The names in keys such as `filter.lfs.clean`. They may hold dots. */
function parseFilters(output: string): string[] {
  const keys = output.split('\0').filter((key) => key.startsWith('filter.'));
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
