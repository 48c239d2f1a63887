import { parseGithubEvent } from '../../src/ci/github-event.ts';
import { toGithubContext } from '../../src/ci/github.ts';
import type { GitReading } from '../../src/ci/git.ts';
import { type CiContext, ciContext } from '../../src/schema/context.ts';
import { noGit, sha, surroundings } from './surroundings.ts';

export const BASE = sha('b');
export const HEAD = sha('c');
export const MERGE = sha('d');

/** What the runner sets for every job. */
export const runner = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_REPOSITORY_ID: '123456789',
  GITHUB_REPOSITORY_OWNER_ID: '42',
  GITHUB_RUN_ID: '19876543210',
  GITHUB_RUN_NUMBER: '77',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_WORKFLOW: 'CI',
  GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/ci.yml@refs/heads/main',
  GITHUB_WORKFLOW_SHA: sha('e'),
  GITHUB_JOB: 'test',
  GITHUB_ACTOR: 'mira',
  GITHUB_ACTOR_ID: '1001',
  GITHUB_TRIGGERING_ACTOR: 'noor',
  GITHUB_HEAD_REF: '',
  GITHUB_BASE_REF: '',
  RUNNER_NAME: 'GitHub Actions 3',
  RUNNER_ENVIRONMENT: 'github-hosted',
  ImageOS: 'ubuntu24',
  ImageVersion: '20261115.1.0',
};

export const onMain = {
  ...runner,
  GITHUB_EVENT_NAME: 'push',
  GITHUB_SHA: sha('a'),
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REF_NAME: 'main',
  GITHUB_REF_TYPE: 'branch',
};

export const onPullRequest = {
  ...runner,
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_SHA: MERGE,
  GITHUB_REF: 'refs/pull/42/merge',
  GITHUB_REF_NAME: '42/merge',
  GITHUB_REF_TYPE: 'branch',
  GITHUB_HEAD_REF: 'topic',
  GITHUB_BASE_REF: 'main',
};

/** As GitHub documents the payload, cut to what is read. */
export const pullRequest = {
  action: 'synchronize',
  number: 42,
  pull_request: {
    number: 42,
    merge_commit_sha: sha('9'),
    user: { login: 'mira' },
    head: { ref: 'topic', sha: HEAD, repo: { id: 7, full_name: 'acme/shop', fork: false } },
    base: { ref: 'main', sha: BASE, repo: { id: 7, full_name: 'acme/shop', fork: false } },
  },
};

export function contextOf(env: Record<string, string>, payload: unknown, git: GitReading = noGit): CiContext {
  return ciContext.parse(toGithubContext(surroundings(env, git), parseGithubEvent(payload)));
}
