import path from 'node:path';
import { findGit } from '../../src/ci/git-program.ts';
import { toDiffValue } from '../../src/worktree/diff-value.ts';
import type { Comparison } from '../../src/worktree/compare.ts';
import { openWorktree } from '../../src/worktree/watch.ts';
import type { DiffValue } from '../../src/schema/worktree.ts';
import { gitEnv } from '../ci/repository.ts';

export type WatchedOptions = {
  workspace?: string;
  /** What the context said: asked of git when left out. */
  dirty?: boolean | null;
  evidence?: string[];
  signal?: AbortSignal;
  env?: Record<string, string>;
};

type Repo = { dir: string; git(...args: string[]): string };

/** What a run whose steps do `change` says of the work tree. */
export async function watchChange(
  repo: Repo,
  change: () => void | Promise<void>,
  options: WatchedOptions = {},
): Promise<{ comparison: Comparison; value: DiffValue; diff: string }> {
  await using watch = await startWatch(repo, options);
  await change();
  const answer = await watch.changes();
  if (!answer.ok) throw new Error(`unknown: ${answer.reason}`);
  return { comparison: answer.value, value: toDiffValue(answer.value), diff: answer.value.diff.bytes.toString('utf8') };
}

export function startWatch(repo: Repo, options: WatchedOptions = {}) {
  const { workspace = repo.dir, evidence = [], env = gitEnv } = options;
  const signal = options.signal ?? new AbortController().signal;
  const dirty = options.dirty === undefined ? repo.git('status', '--porcelain') !== '' : options.dirty;
  return openWorktree({
    program: findGit(env),
    workspace: path.resolve(workspace),
    evidence,
    runMark: 'test',
    signal,
  }).watch(dirty);
}
