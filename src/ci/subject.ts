import type { Subject } from '../schema/context.ts';
import type { GitReading, GitState } from './git.ts';
import { parseRemote } from './remote-url.ts';

type Meta = Subject['meta'];

/** What a platform says is being run. Every member is validated already. */
export type Claimed = {
  source: Subject['source'];
  repo: Subject['repo'];
  /** The commit that the platform names (GITHUB_SHA, CI_COMMIT_SHA). */
  sha: string | null;
  ref: string | null;
  branch: string | null;
  tag: string | null;
  headSha: string | null;
  baseSha: string | null;
  mergeSha: string | null;
  meta: Record<string, Meta[string] | null>;
};

/**
 * The subject: the commit that is really checked out, where git could be read, else the one that the platform names.
 * meta says which it is (commit_basis), why git could not be read (git_unreadable), and where the two disagree
 * (event_sha, head_differs_from_event, checkout_url).
 */
export function toSubject(claimed: Claimed, reading: GitReading): Subject {
  const { state } = reading;
  const commit = state?.commit ?? claimed.sha;
  return {
    kind: commit === null ? 'workspace' : 'git_commit',
    id: commit,
    source: claimed.source,
    repo: claimed.repo,
    git:
      commit === null
        ? null
        : {
            commit_sha: commit,
            ref: claimed.ref,
            branch: claimed.branch,
            tag: claimed.tag,
            head_sha: claimed.headSha,
            base_sha: toMergedBase(claimed, state) ?? claimed.baseSha,
            merge_sha: claimed.mergeSha,
            tree_sha: state?.tree ?? null,
            dirty: state?.dirty ?? null,
          },
    meta: toMeta({ ...claimed.meta, ...toDifferences(claimed, reading) }),
  };
}

/** The members that are known. */
function toMeta(members: Claimed['meta']): Meta {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, Meta[string]] => entry[1] !== null),
  );
}

/**
 * The event of a pull request names the base as it was when the event was made; the merge commit under test names the
 * base that was really merged: its first parent.
 */
function toMergedBase(claimed: Claimed, state: GitState | null): string | null {
  if (state === null || state.commit !== claimed.mergeSha || state.parents.length !== 2) return null;
  const [base = null, head] = state.parents;
  return head === claimed.headSha ? base : null;
}

function toDifferences(claimed: Claimed, reading: GitReading): Claimed['meta'] {
  if (reading.state === null) {
    return { git_unreadable: reading.fault, commit_basis: claimed.sha === null ? null : 'platform' };
  }
  const { commit, remoteUrl } = reading.state;
  const checkedOut = parseRemote(remoteUrl);
  const differs = claimed.sha !== null && commit !== claimed.sha && commit !== claimed.headSha;
  const elsewhere =
    claimed.repo.name !== null && checkedOut !== null && !isSameName(checkedOut.name, claimed.repo.name);
  return {
    commit_basis: 'checkout',
    event_sha: differs ? claimed.sha : null,
    head_differs_from_event: differs ? true : null,
    checkout_url: elsewhere ? checkedOut.url : null,
  };
}

/** Forges ignore case; a GitLab under a sub-path has that path before the name. */
function isSameName(remote: string, name: string): boolean {
  return `/${remote}`.toLowerCase().endsWith(`/${name}`.toLowerCase());
}
