import { sha256 } from '../../lib/hash.ts';
import { isOfBase } from '../../render/tested-commit.ts';
import type { Subject } from '../../schema/context.ts';

/** What is known of the run and of what it was for; everything is checked already. */
export type TargetFacts = {
  apiUrl: string;
  graphqlUrl: string;
  serverUrl: string;
  /** `owner/name`. */
  repository: string | undefined;
  /** GITHUB_EVENT_NAME. */
  event: string;
  actor: string;
  /** The head of the pull request or merge group, else the commit that was run. */
  sha: string | undefined;
  pullRequest: number | undefined;
  /** Why there is none, where more is known than that. */
  noPullRequest?: Missing;
  isFork: boolean;
  /** The pull request's own commit was not what was run (pull_request_target). */
  isOfBase: boolean;
  runId: string;
  runNumber: number;
  attempt: number;
  /** Path of the workflow's file. */
  workflow: string;
  job: string;
  /** The step's id in its job. */
  action: string;
  matrix: Record<string, string>;
};

/** Where something can be written, or why not; `isUsual`: nobody expects it there, so nothing needs to be said. */
export type Place<T> = { at: T } | Missing;
type Missing = { missing: string; isUsual: boolean };

/** What GitHub lets a run's token write, as far as that can be told before asking. */
export type Target = { repository: string; check: Place<string>; comment: Place<number> };

/**
 * The facts of the job that this is, from the variables that the runner sets and the subject of the envelope.
 * Source: docs.github.com, "Variables reference".
 */
export function toTargetFacts(env: Record<string, string>, subject: Subject): TargetFacts {
  const { git, meta } = subject;
  const server = env['GITHUB_SERVER_URL'] || 'https://github.com';
  const apiUrl = env['GITHUB_API_URL'] || 'https://api.github.com';
  const matrix = meta['matrix'];
  const workflow = env['GITHUB_WORKFLOW_REF'] ?? '';
  return {
    apiUrl,
    graphqlUrl: env['GITHUB_GRAPHQL_URL'] ?? '',
    serverUrl: server.replace(/\/+$/, ''),
    repository: /^[\w.-]{1,100}\/[\w.-]{1,100}$/.exec(env['GITHUB_REPOSITORY'] ?? '')?.[0],
    event: env['GITHUB_EVENT_NAME'] ?? '',
    actor: env['GITHUB_ACTOR'] ?? '',
    sha: git?.head_sha ?? parseSha(env['GITHUB_SHA']) ?? git?.commit_sha,
    pullRequest: toCount(meta['pr_number']) || undefined,
    isFork: meta['pr_from_fork'] === true,
    isOfBase: isOfBase(subject),
    runId: /^\d{1,20}$/.exec(env['GITHUB_RUN_ID'] ?? '')?.[0] ?? '',
    runNumber: toCount(env['GITHUB_RUN_NUMBER']),
    attempt: toCount(env['GITHUB_RUN_ATTEMPT']) || 1,
    // acme/shop/.github/workflows/ci.yml@refs/pull/42/merge
    workflow: /^[^/]*\/[^/]*\/([^@]{1,500})@/.exec(workflow)?.[1] ?? env['GITHUB_WORKFLOW'] ?? '',
    job: env['GITHUB_JOB'] ?? '',
    action: env['GITHUB_ACTION'] ?? '',
    matrix: typeof matrix === 'object' ? matrix : {},
  };
}

/**
 * Each event degrades to the job summary and the artifact, which need no token.
 * Source: docs.github.com, "Events that trigger workflows", "Automatic token authentication".
 */
export function toTarget(facts: TargetFacts, isForced: { check: boolean; comment: boolean }): Target {
  const { repository } = facts;
  if (repository === undefined) {
    const nowhere = { missing: 'GITHUB_REPOSITORY is not set', isUsual: false };
    return { repository: '', check: nowhere, comment: nowhere };
  }
  return {
    repository,
    check: toCheckPlace(facts, isForced.check),
    comment: toCommentPlace(facts, isForced.comment),
  };
}

/** The leg in words: `ubuntu · 24`; empty outside of a matrix. */
export function toLegLabel({ matrix }: TargetFacts): string {
  return Object.values(matrix)
    .join(' · ')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

/** The same for a job and leg in each run and attempt of a workflow. */
export function toLegKey({ workflow, job, matrix, action }: TargetFacts): string {
  const values = Object.entries(matrix).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sha256(JSON.stringify([workflow, job, values, action])).slice(0, 12);
}

/** The page of the run, in the attempt that this is. */
export function toRunUrl({ serverUrl, repository, runId, attempt }: TargetFacts): string | undefined {
  if (repository === undefined || runId === '') return undefined;
  return `${serverUrl}/${repository}/actions/runs/${runId}/attempts/${attempt}`;
}

/** A repository can be set to give pull requests of forks a token that writes, so who insists is not stopped by this. */
const forkPlace: Missing = { missing: 'the token of a pull request from a fork may only read', isUsual: false };

/** pull_request_target and workflow_run are run with the token of the repository itself. */
function isOfFork({ event, isFork }: TargetFacts): boolean {
  return isFork && event.startsWith('pull_request') && event !== 'pull_request_target';
}

function toCheckPlace(facts: TargetFacts, isForced: boolean): Place<string> {
  if (facts.sha === undefined) return { missing: 'no commit is known', isUsual: false };
  if (isForced) return { at: facts.sha };
  // A green check there, a required one say, would pass what nobody has run.
  if (facts.isOfBase) return { missing: "the pull request's own commit was not checked out", isUsual: false };
  return isOfFork(facts) ? forkPlace : { at: facts.sha };
}

function toCommentPlace(facts: TargetFacts, isForced: boolean): Place<number> {
  const { pullRequest, noPullRequest } = facts;
  if (pullRequest === undefined)
    return noPullRequest ?? { missing: 'this run belongs to no pull request', isUsual: true };
  return isOfFork(facts) && !isForced ? forkPlace : { at: pullRequest };
}

function parseSha(text: string | undefined): string | undefined {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.exec(text ?? '')?.[0];
}

function toCount(value: unknown): number {
  return /^\d{1,15}$/.test(String(value)) ? Number(value) : 0;
}
