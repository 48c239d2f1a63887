import { limits } from '../lib/limits.ts';
import { type ChildResult, runBounded } from './bounded-child.ts';
import type { GitProgram } from './git-program.ts';
import { parseCommit, parseRefs, parseRemotes } from './git-output.ts';

/** The checkout as git sees it. */
export type GitState = {
  commit: string;
  tree: string;
  /** From the commit object itself: a shallow clone, which forges make, hides them everywhere else. */
  parents: string[];
  /** null when HEAD is detached. */
  branch: string | null;
  /** Tags that point at HEAD, in git's order, at most 32. */
  tags: string[];
  /** URL of `origin`, or of the first remote, as configured: it may carry credentials (parseRemote drops them). */
  remoteUrl: string | null;
  /** Work tree or index differ from HEAD, untracked files included; null: git did not say in time. */
  dirty: boolean | null;
};

/** Why there is no state. dubious_ownership: the folder belongs to another user and is no `safe.directory`. */
type GitFault = 'git_not_found' | 'not_a_repository' | 'dubious_ownership' | 'no_commit' | 'timed_out' | 'unreadable';

export type GitReading = { state: GitState } | { state: null; fault: GitFault };

/** The evidence folder of an earlier run is no change to what is tested. */
const STATUS = ['status', '--porcelain', '-z', '--untracked-files=normal', '--ignore-submodules=none'];
const PATHS = ['--', ':(top)', ':(exclude).quoderat'];

/**
 * Reads the checkout that `cwd` lies in, with four git calls side by side, each bounded in time (limits.gitMs) and
 * bytes. Takes no lock, runs no hook or monitor, asks nothing of a terminal or a network. Never rejects.
 */
export async function readGitState(
  cwd: string,
  found: Promise<GitProgram | null>,
  signal?: AbortSignal,
): Promise<GitReading> {
  const program = await found;
  if (program === null) return { state: null, fault: 'git_not_found' };
  const git = makeGit(program, cwd, signal);
  const [commit, refs, remotes, status] = await Promise.all([
    git(['cat-file', '--batch'], 'HEAD\n'),
    git(['for-each-ref', '--points-at=HEAD', '--format=%(HEAD)%(refname)', 'refs/heads', 'refs/tags']),
    git(['config', '-z', '--get-regexp', String.raw`^remote\..*\.url$`]),
    // The first byte is the answer: a single change makes it dirty.
    git([...STATUS, ...PATHS], undefined, 1),
  ]);
  const head = parseCommit(commit.stdout);
  if (head === null) return { state: null, fault: toFault(commit) };
  return {
    state: {
      ...head,
      ...parseRefs(refs.stdout),
      remoteUrl: parseRemotes(remotes.stdout),
      dirty: toDirty(status),
    },
  };
}

type Git = (args: string[], input?: string, maxBytes?: number) => Promise<ChildResult>;

function makeGit({ file, options, env }: GitProgram, cwd: string, signal: AbortSignal | undefined): Git {
  return (args, input, maxBytes = limits.gitBytes) =>
    runBounded({
      file,
      args: [...options, ...args],
      cwd,
      env,
      timeoutMs: limits.gitMs,
      maxBytes,
      ...(signal && { signal }),
      ...(input === undefined ? {} : { input }),
    });
}

function toDirty(status: ChildResult): boolean | null {
  if (status.stdout !== '') return true;
  return status.kind === 'exited' && status.code === 0 ? false : null;
}

function toFault(commit: ChildResult): GitFault {
  if (commit.kind === 'timed_out') return 'timed_out';
  if (commit.stderr.includes('dubious ownership') || commit.stderr.includes('unsafe repository'))
    return 'dubious_ownership';
  if (commit.stderr.includes('not a git repository')) return 'not_a_repository';
  return commit.stdout.startsWith('HEAD missing') ? 'no_commit' : 'unreadable';
}
