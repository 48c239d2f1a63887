import { describe, expect, it } from 'vitest';
import { BASE, HEAD, MERGE, contextOf, onMain, onPullRequest, pullRequest, runner } from './github-fixtures.ts';
import { checkedOut, sha } from './surroundings.ts';

describe('a push to a branch', () => {
  const payload = { before: sha('8'), after: sha('a'), ref: 'refs/heads/main' };
  const context = contextOf(onMain, payload, checkedOut());

  it('is about the commit that is checked out', () => {
    expect(context.subject).toMatchObject({
      kind: 'git_commit',
      id: sha('a'),
      source: 'github',
      repo: { url: 'https://github.com/acme/shop', name: 'acme/shop', provider: 'github' },
      git: {
        commit_sha: sha('a'),
        ref: 'refs/heads/main',
        branch: 'main',
        tag: null,
        head_sha: null,
        base_sha: null,
        merge_sha: null,
        tree_sha: sha('7'),
        dirty: false,
      },
    });
  });

  it('says all that the forge says of the run', () => {
    expect(context.subject.meta).toEqual({
      project_path: 'acme/shop',
      repository_id: '123456789',
      repository_owner_id: '42',
      server_url: 'https://github.com',
      run_url: 'https://github.com/acme/shop/actions/runs/19876543210/attempts/2',
      run_id: '19876543210',
      run_number: 77,
      run_attempt: 2,
      workflow: 'CI',
      workflow_ref: 'acme/shop/.github/workflows/ci.yml@refs/heads/main',
      workflow_sha: sha('e'),
      job: 'test',
      event_name: 'push',
      actor_id: '1001',
      triggering_actor: 'noor',
      ref: 'refs/heads/main',
      before_sha: sha('8'),
      after_sha: sha('a'),
      commit_basis: 'checkout',
    });
  });

  it('was made by the workflow and is about its actor', () => {
    expect(context.identities).toEqual({
      producer: { type: 'workflow', id: `${runner.GITHUB_WORKFLOW_REF}#test`, name: 'CI' },
      subject: { type: 'user', id: '1001', name: 'mira' },
    });
    expect(context.intent).toEqual({ trigger: 'push', event: 'push', actor: 'mira', requested_at: null });
  });

  it('ran on a hosted runner with a named image', () => {
    expect(context.runner_context).toMatchObject({
      runner_type: 'ci',
      image: 'ubuntu24 20261115.1.0',
      runner_name: 'GitHub Actions 3',
      self_hosted: false,
      basis: 'runner_asserted',
      toolchain: {},
      cpu_count: 4,
    });
  });

  it('keeps silent about the commit before a branch that is new', () => {
    expect(contextOf(onMain, { ...payload, before: sha('0') }).subject.meta).not.toHaveProperty('before_sha');
  });
});

describe('a pull request', () => {
  const merge = checkedOut({ commit: MERGE, parents: [sha('5'), HEAD] });

  it('is about the merge commit, with head, and the base that was really merged', () => {
    const { subject, intent } = contextOf(onPullRequest, pullRequest, merge);
    expect(subject.git).toMatchObject({
      commit_sha: MERGE,
      merge_sha: MERGE,
      head_sha: HEAD,
      base_sha: sha('5'),
      branch: 'topic',
      ref: 'refs/pull/42/merge',
    });
    expect(subject.meta).toMatchObject({ pr_number: 42, pr_from_fork: false, head_ref: 'topic', base_ref: 'main' });
    expect(subject.meta).not.toHaveProperty('head_differs_from_event');
    expect(intent.trigger).toBe('pull_request');
  });

  it('takes the base from the event when the merge commit can not be read', () => {
    const { subject } = contextOf(onPullRequest, pullRequest);
    expect(subject).toMatchObject({ id: MERGE, git: { base_sha: BASE, tree_sha: null, dirty: null } });
    expect(subject.meta).toMatchObject({ commit_basis: 'platform', git_unreadable: 'git_not_found' });
  });

  it('is about the head when the workflow checks that out', () => {
    const { subject } = contextOf(onPullRequest, pullRequest, checkedOut({ commit: HEAD, parents: [BASE] }));
    expect(subject).toMatchObject({
      id: HEAD,
      git: { commit_sha: HEAD, head_sha: HEAD, merge_sha: MERGE, base_sha: BASE },
    });
    expect(subject.meta).not.toHaveProperty('head_differs_from_event');
  });

  it('says so when something else altogether is checked out', () => {
    const elsewhere = checkedOut({ commit: sha('f'), remoteUrl: 'https://x:TOKEN@github.com/acme/other.git' });
    const { subject } = contextOf(onPullRequest, pullRequest, elsewhere);
    expect(subject.id).toBe(sha('f'));
    expect(subject.meta).toMatchObject({
      head_differs_from_event: true,
      event_sha: MERGE,
      checkout_url: 'https://github.com/acme/other.git',
    });
  });

  it('knows its number from the ref when there is no event file', () => {
    expect(contextOf(onPullRequest, null).subject).toMatchObject({
      meta: { pr_number: 42 },
      git: { merge_sha: MERGE },
    });
  });

  it.each([
    ['another repository', { id: 8, fork: true }, true],
    ['a fork that was deleted', null, true],
    ['the same repository, which is itself a fork', { id: 7, fork: true }, false],
    ['a repository without an id, said to be a fork', { fork: true }, true],
  ])('from %s', (_from, repo, fromFork) => {
    const { head } = pullRequest.pull_request;
    const payload = { pull_request: { ...pullRequest.pull_request, head: { ...head, repo } } };
    expect(contextOf(onPullRequest, payload).subject.meta).toMatchObject({ pr_from_fork: fromFork });
  });

  it('on pull_request_target is about a commit of the base, and names the merge that GitHub made', () => {
    const env = { ...onMain, GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_SHA: BASE, GITHUB_HEAD_REF: 'topic' };
    const { subject, intent } = contextOf(env, pullRequest, checkedOut({ commit: BASE }));
    expect(subject.git).toMatchObject({ commit_sha: BASE, head_sha: HEAD, base_sha: BASE, merge_sha: sha('9') });
    expect(intent.trigger).toBe('pull_request');
  });
});

describe('other events', () => {
  it('a merge group has head and base and no pull request', () => {
    const ref = `refs/heads/gh-readonly-queue/main/pr-42-${BASE}`;
    const env = { ...onMain, GITHUB_EVENT_NAME: 'merge_group', GITHUB_SHA: HEAD, GITHUB_REF: ref };
    const payload = { action: 'checks_requested', merge_group: { head_sha: HEAD, head_ref: ref, base_sha: BASE } };
    const { subject, intent } = contextOf(env, payload, checkedOut({ commit: HEAD }));
    expect(subject.git).toMatchObject({ commit_sha: HEAD, head_sha: HEAD, base_sha: BASE, merge_sha: null });
    expect(subject.meta).toMatchObject({ merge_group_head_ref: ref, event_action: 'checks_requested' });
    expect(subject.meta).not.toHaveProperty('pr_number');
    expect(intent.trigger).toBe('merge_queue');
  });

  it('a pushed tag is a tag and no branch', () => {
    const env = { ...onMain, GITHUB_REF: 'refs/tags/v1', GITHUB_REF_NAME: 'v1', GITHUB_REF_TYPE: 'tag' };
    expect(contextOf(env, {}).subject.git).toMatchObject({ tag: 'v1', branch: null, ref: 'refs/tags/v1' });
  });

  it('a workflow_run names the run that it follows', () => {
    const env = { ...onMain, GITHUB_EVENT_NAME: 'workflow_run' };
    const payload = { workflow_run: { id: 19_000_000_001, run_attempt: 3, head_sha: HEAD, event: 'pull_request' } };
    const { subject, intent } = contextOf(env, payload);
    expect(subject.meta).toMatchObject({
      upstream_run_id: '19000000001',
      upstream_run_attempt: 3,
      upstream_head_sha: HEAD,
      upstream_event: 'pull_request',
    });
    expect(intent.trigger).toBe('upstream');
  });

  it.each([
    ['schedule', 'schedule'],
    ['workflow_dispatch', 'manual'],
    ['repository_dispatch', 'api'],
    ['release', 'release'],
    ['pull_request_review', 'pull_request'],
    ['issue_comment', 'other'],
    ['constructor', 'other'],
  ])('%s is triggered by: %s', (name, trigger) => {
    expect(contextOf({ ...onMain, GITHUB_EVENT_NAME: name }, {}).intent).toMatchObject({ trigger, event: name });
  });

  it('a schedule keeps its cron line', () => {
    expect(contextOf(onMain, { schedule: '0 4 * * 1' }).subject.meta).toMatchObject({ schedule: '0 4 * * 1' });
  });
});
