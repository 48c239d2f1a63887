import path from 'node:path';
import { limits } from '../lib/limits.ts';
import { type GitProgram, makeKeeper, runGit } from './run-git.ts';
import { WorktreeError } from './worktree-error.ts';

/** Where a checkout has its parts, absolute, and what is checked out. */
export type Checkout = {
  /** The work tree's root; paths that git prints are relative to it. */
  topLevel: string;
  indexFile: string;
  objects: string;
  /** HEAD and its tree. */
  commit: string;
  tree: string;
};

const QUESTIONS = ['--show-toplevel', '--git-path', 'index', '--git-path', 'objects', 'HEAD^{commit}', 'HEAD^{tree}'];

/**
 * Finds the checkout that `cwd` lies in, with one git call that reads no file of it.
 * @throws WorktreeError not_a_checkout, no_commit, git_failed; the signal's reason
 */
export async function readCheckout(program: GitProgram, cwd: string, signal: AbortSignal): Promise<Checkout> {
  const output = makeKeeper(limits.gitBytes);
  await runGit(program, { args: ['rev-parse', ...QUESTIONS], cwd, signal, onOutput: output.push, allowed: [128] });
  // rev-parse has no -z: a path with a line feed makes one line too many.
  const [topLevel = '', indexFile, objects, commit = '', tree = '', ...rest] = output
    .kept()
    .bytes.toString()
    .split('\n');
  if (topLevel === '' || objects === undefined || indexFile === undefined)
    throw new WorktreeError('not_a_checkout', 'the workspace is no git checkout');
  if (!isObjectId(commit) || !isObjectId(tree) || rest.length !== 1)
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
