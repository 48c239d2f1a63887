import { describe, expect, it } from 'vitest';
import type { Subject } from '../../../src/schema/context.ts';
import { toLegKey, toLegLabel, toRunUrl, toTarget, toTargetFacts } from '../../../src/publish/github/target.ts';
import { headSha, makeFacts } from './reports.ts';

const merge = 'e'.repeat(40);
const subject: Subject = {
  kind: 'git_commit',
  id: merge,
  source: 'github',
  repo: { url: null, name: 'acme/widgets', provider: 'github' },
  git: {
    commit_sha: merge,
    ref: null,
    branch: null,
    tag: null,
    head_sha: headSha,
    base_sha: null,
    merge_sha: merge,
    tree_sha: null,
    dirty: false,
  },
  meta: { pr_number: 42, pr_from_fork: false, matrix: { node: '24', os: 'ubuntu' } },
};
const env = {
  GITHUB_API_URL: 'https://github.acme.example/api/v3',
  GITHUB_GRAPHQL_URL: 'https://github.acme.example/api/graphql',
  GITHUB_SERVER_URL: 'https://github.acme.example/',
  GITHUB_REPOSITORY: 'acme/widgets',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_ACTOR: 'mona',
  GITHUB_SHA: merge,
  GITHUB_RUN_ID: '9001',
  GITHUB_RUN_NUMBER: '7',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_WORKFLOW_REF: 'acme/widgets/.github/workflows/ci.yml@refs/pull/42/merge',
  GITHUB_JOB: 'test',
  GITHUB_ACTION: '__quoderat_action',
};
const unforced = { check: false, comment: false };

describe('toTargetFacts', () => {
  it('takes the head of a pull request, not its merge commit', () => {
    expect(toTargetFacts(env, subject)).toMatchObject({
      sha: headSha,
      pullRequest: 42,
      workflow: '.github/workflows/ci.yml',
      runNumber: 7,
      attempt: 2,
      serverUrl: 'https://github.acme.example',
    });
  });

  it('takes the commit of a push', () => {
    const { git, ...rest } = subject;
    const push = { ...rest, git: git && { ...git, head_sha: null }, meta: {} };
    expect(toTargetFacts({ ...env, GITHUB_EVENT_NAME: 'push' }, push)).toMatchObject({
      sha: merge,
      pullRequest: undefined,
    });
  });

  it('is not led elsewhere by variables that are not what they should be', () => {
    const odd = { GITHUB_REPOSITORY: 'acme/widgets/../../user', GITHUB_RUN_ID: '1?x=', GITHUB_SHA: 'main' };
    const facts = toTargetFacts(odd, { ...subject, git: null });
    expect(facts).toMatchObject({ repository: undefined, runId: '', sha: undefined, attempt: 1 });
    expect(toRunUrl(facts)).toBeUndefined();
    expect(toTarget(facts, unforced).check).toHaveProperty('missing');
  });
});

describe('toTarget', () => {
  it('finds both places on a pull request of the repository', () => {
    expect(toTarget(makeFacts(), unforced)).toMatchObject({ check: { at: headSha }, comment: { at: 1 } });
  });

  it.each(['push', 'schedule', 'merge_group', 'workflow_dispatch'])('expects no comment on %s', (event) => {
    const target = toTarget({ ...makeFacts(), event, pullRequest: undefined }, unforced);
    expect(target).toMatchObject({ check: { at: headSha }, comment: { isUsual: true } });
  });

  it('tries nothing on a pull request from a fork unless it is told to', () => {
    const facts = { ...makeFacts(), isFork: true };
    expect(toTarget(facts, unforced)).toMatchObject({ check: { isUsual: false }, comment: { isUsual: false } });
    expect(toTarget(facts, { check: true, comment: false })).toMatchObject({ check: { at: headSha }, comment: {} });
  });

  it.each(['pull_request_target', 'workflow_run'])('has the full token on %s', (event) => {
    expect(toTarget({ ...makeFacts(), isFork: true, event }, unforced)).toMatchObject({ comment: { at: 1 } });
  });
});

describe('a run of the base on pull_request_target', () => {
  const ofBase = { ...subject, meta: { ...subject.meta, event_name: 'pull_request_target' } };
  const facts = toTargetFacts({ ...env, GITHUB_EVENT_NAME: 'pull_request_target' }, ofBase);

  it('makes no check on a head that nobody has run, unless it is told to', () => {
    expect(toTarget(facts, unforced)).toMatchObject({
      check: { missing: "the pull request's own commit was not checked out", isUsual: false },
      comment: { at: 42 },
    });
    expect(toTarget(facts, { check: true, comment: false })).toMatchObject({ check: { at: headSha } });
  });
});

describe('a matrix leg', () => {
  it('has its values for a name and the same key in each attempt', () => {
    const facts = toTargetFacts(env, subject);
    expect(toLegLabel(facts)).toBe('24 · ubuntu');
    expect(toLegKey({ ...facts, attempt: 3, runId: '9002', matrix: { os: 'ubuntu', node: '24' } })).toBe(
      toLegKey(facts),
    );
    for (const other of [{ job: 'lint' }, { matrix: {} }, { action: 'second' }, { workflow: 'x.yml' }]) {
      expect(toLegKey({ ...facts, ...other })).not.toBe(toLegKey(facts));
    }
  });
});
