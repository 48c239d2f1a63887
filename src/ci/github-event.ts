import { limits } from '../lib/limits.ts';
import { parseCount, parseFlag, parseId, parseSha, parseText, pick } from './parse-values.ts';
import { readBoundedText } from './read-bounded.ts';

/** The members of GitHub's webhook payloads that say what is being run; null where an event has no such thing. */
export type GithubEvent = {
  action: string | null;
  /** Of the pull request, or of the merge group. */
  headSha: string | null;
  baseSha: string | null;
  /** GitHub's test merge of the pull request, which may be older than the one that is checked out. */
  mergeCommitSha: string | null;
  prNumber: number | null;
  prFromFork: boolean | null;
  prAuthor: string | null;
  beforeSha: string | null;
  afterSha: string | null;
  schedule: string | null;
  releaseTag: string | null;
  mergeGroupHeadRef: string | null;
  upstream: { runId: string | null; runAttempt: number | null; headSha: string | null; event: string | null };
};

/** Reads the file at GITHUB_EVENT_PATH. A file that is missing, too large or no JSON says nothing. */
export async function readGithubEvent(env: Record<string, string>): Promise<GithubEvent> {
  const file = env['GITHUB_EVENT_PATH'];
  const text = file ? await readBoundedText(file, limits.eventFileBytes) : null;
  return parseGithubEvent(toJson(text));
}

/**
 * Picks the known members, each by itself: parts of the payload (titles, branch names) are written by whoever opened
 * the pull request, so nothing is taken that does not have the right shape.
 * Source: docs.github.com, "Webhook events and payloads".
 */
export function parseGithubEvent(payload: unknown): GithubEvent {
  const pull = pick(payload, 'pull_request');
  const group = pick(payload, 'merge_group');
  const upstream = pick(payload, 'workflow_run');
  return {
    action: parseText(pick(payload, 'action')),
    headSha: parseSha(pick(pull, 'head', 'sha')) ?? parseSha(pick(group, 'head_sha')),
    baseSha: parseSha(pick(pull, 'base', 'sha')) ?? parseSha(pick(group, 'base_sha')),
    mergeCommitSha: parseSha(pick(pull, 'merge_commit_sha')),
    prNumber: parseCount(pick(pull, 'number')),
    prFromFork: toFromFork(pull),
    prAuthor: parseText(pick(pull, 'user', 'login')),
    beforeSha: parseSha(pick(payload, 'before')),
    afterSha: parseSha(pick(payload, 'after')),
    schedule: parseText(pick(payload, 'schedule')),
    releaseTag: parseText(pick(payload, 'release', 'tag_name')),
    mergeGroupHeadRef: parseText(pick(group, 'head_ref')),
    upstream: {
      runId: parseId(pick(upstream, 'id')),
      runAttempt: parseCount(pick(upstream, 'run_attempt')),
      headSha: parseSha(pick(upstream, 'head_sha')),
      event: parseText(pick(upstream, 'event')),
    },
  };
}

/**
 * `head.repo.fork` alone is also true for a pull request inside a repository that is itself a fork; and `head.repo` is
 * null when the fork was deleted.
 */
function toFromFork(pull: unknown): boolean | null {
  if (pick(pull, 'head', 'repo') === null) return true;
  const head = parseId(pick(pull, 'head', 'repo', 'id'));
  const base = parseId(pick(pull, 'base', 'repo', 'id'));
  return head !== null && base !== null ? head !== base : parseFlag(pick(pull, 'head', 'repo', 'fork'));
}

function toJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
