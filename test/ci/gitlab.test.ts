import { describe, expect, it } from 'vitest';
import type { GitReading } from '../../src/ci/git.ts';
import { toGitlabContext } from '../../src/ci/gitlab.ts';
import { type CiContext, ciContext } from '../../src/schema/context.ts';
import { checkedOut, noGit, sha, surroundings } from './surroundings.ts';

const HEAD = sha('c');
const TARGET = sha('b');
const MERGE = sha('d');
const DIFF_BASE = sha('6');

const job = {
  GITLAB_CI: 'true',
  CI_SERVER_URL: 'https://gitlab.example.com/scm',
  CI_SERVER_FQDN: 'gitlab.example.com',
  CI_SERVER_VERSION: '18.9.0',
  CI_PROJECT_ID: '17',
  CI_PROJECT_PATH: 'group/sub/shop',
  CI_PROJECT_URL: 'https://gitlab.example.com/scm/group/sub/shop',
  CI_COMMIT_SHA: sha('a'),
  CI_COMMIT_BEFORE_SHA: sha('0'),
  CI_COMMIT_REF_NAME: 'main',
  CI_COMMIT_REF_PROTECTED: 'true',
  CI_CONFIG_PATH: '.gitlab-ci.yml',
  CI_PIPELINE_ID: '9001',
  CI_PIPELINE_IID: '12',
  CI_PIPELINE_SOURCE: 'push',
  CI_PIPELINE_URL: 'https://gitlab.example.com/scm/group/sub/shop/-/pipelines/9001',
  CI_PIPELINE_CREATED_AT: '2026-11-21T10:26:40+01:00',
  CI_JOB_ID: '70001',
  CI_JOB_NAME: 'test: [node, 22]',
  CI_JOB_GROUP_NAME: 'test',
  CI_JOB_STAGE: 'test',
  CI_JOB_URL: 'https://gitlab.example.com/scm/group/sub/shop/-/jobs/70001',
  CI_JOB_IMAGE: 'node:22-bookworm',
  CI_JOB_STARTED_AT: '2026-11-21T09:27:19Z',
  CI_NODE_INDEX: '2',
  CI_NODE_TOTAL: '3',
  CI_RUNNER_ID: '5',
  CI_RUNNER_DESCRIPTION: 'docker-5',
  CI_RUNNER_VERSION: '18.9.0',
  CI_DISPOSABLE_ENVIRONMENT: 'true',
  GITLAB_USER_ID: '33',
  GITLAB_USER_LOGIN: 'mira',
};

const onBranch = { ...job, CI_COMMIT_BRANCH: 'main' };

const onMergeRequest = {
  ...job,
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_COMMIT_SHA: HEAD,
  CI_COMMIT_REF_NAME: 'topic',
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_ID: '4007',
  CI_MERGE_REQUEST_EVENT_TYPE: 'detached',
  CI_MERGE_REQUEST_REF_PATH: 'refs/merge-requests/7/head',
  CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'topic',
  CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  CI_MERGE_REQUEST_TARGET_BRANCH_SHA: '',
  CI_MERGE_REQUEST_DIFF_BASE_SHA: DIFF_BASE,
  CI_MERGE_REQUEST_PROJECT_ID: '17',
  CI_MERGE_REQUEST_PROJECT_PATH: 'group/sub/shop',
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '17',
};

const onMergedResult = {
  ...onMergeRequest,
  CI_COMMIT_SHA: MERGE,
  CI_MERGE_REQUEST_EVENT_TYPE: 'merged_result',
  CI_MERGE_REQUEST_REF_PATH: 'refs/merge-requests/7/merge',
  CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: HEAD,
  CI_MERGE_REQUEST_TARGET_BRANCH_SHA: TARGET,
};

function contextOf(env: Record<string, string>, git: GitReading = noGit): CiContext {
  return ciContext.parse(toGitlabContext(surroundings(env, git)));
}

describe('a branch pipeline', () => {
  const token = 'https://gitlab-ci-token:glcbt-SECRET@gitlab.example.com/scm/group/sub/shop.git';
  const context = contextOf({ ...onBranch, CI_REPOSITORY_URL: token }, checkedOut({ remoteUrl: token }));

  it('is about the commit that is checked out, at the URL of an instance under a sub-path', () => {
    expect(context.subject).toMatchObject({
      kind: 'git_commit',
      id: sha('a'),
      source: 'gitlab',
      repo: { url: 'https://gitlab.example.com/scm/group/sub/shop', name: 'group/sub/shop', provider: 'gitlab' },
      git: {
        commit_sha: sha('a'),
        ref: 'refs/heads/main',
        branch: 'main',
        head_sha: null,
        base_sha: null,
        merge_sha: null,
      },
    });
  });

  it('says all that the forge says of the job, and nothing that does not apply', () => {
    expect(context.subject.meta).toEqual({
      project_path: 'group/sub/shop',
      project_id: '17',
      server_url: 'https://gitlab.example.com/scm',
      server_version: '18.9.0',
      run_url: job.CI_JOB_URL,
      ref: 'main',
      ref_protected: true,
      config_path: '.gitlab-ci.yml',
      event_name: 'push',
      pipeline_id: '9001',
      pipeline_iid: 12,
      pipeline_url: job.CI_PIPELINE_URL,
      job: 'test: [node, 22]',
      job_id: '70001',
      job_group: 'test',
      job_stage: 'test',
      job_started_at: '2026-11-21T09:27:19.000Z',
      node_index: 2,
      node_total: 3,
      actor_id: '33',
      runner_id: '5',
      runner_version: '18.9.0',
      disposable_environment: true,
      commit_basis: 'checkout',
    });
  });

  it('was made by the job as its configuration names it, on the image of the job', () => {
    expect(context.identities).toEqual({
      producer: {
        type: 'job',
        id: 'gitlab.example.com/group/sub/shop//.gitlab-ci.yml@refs/heads/main#test: [node, 22]',
        name: 'test: [node, 22]',
      },
      subject: { type: 'user', id: '33', name: 'mira' },
    });
    expect(context.intent).toEqual({
      trigger: 'push',
      event: 'push',
      actor: 'mira',
      requested_at: '2026-11-21T09:26:40.000Z',
    });
    expect(context.runner_context).toMatchObject({
      runner_type: 'ci',
      image: 'node:22-bookworm',
      runner_name: 'docker-5',
      self_hosted: null,
    });
  });

  it('prefers the configuration that GitLab itself names', () => {
    const env = { ...onBranch, CI_CONFIG_REF_URI: 'gitlab.example.com/ops/ci//x.yml@refs/heads/main' };
    expect(contextOf(env).identities.producer.id).toBe(`${env.CI_CONFIG_REF_URI}#test: [node, 22]`);
  });
});

describe('a merge request', () => {
  it('in a pipeline of its branch is about its head', () => {
    const { subject, intent } = contextOf(onMergeRequest, checkedOut({ commit: HEAD }));
    expect(subject.git).toMatchObject({
      commit_sha: HEAD,
      head_sha: HEAD,
      base_sha: DIFF_BASE,
      merge_sha: null,
      branch: 'topic',
      ref: 'refs/merge-requests/7/head',
    });
    expect(subject.meta).toMatchObject({ mr_iid: 7, mr_from_fork: false, mr_event_type: 'detached' });
    expect(intent.trigger).toBe('pull_request');
  });

  it('in a pipeline for merged results is about the merge of head and target', () => {
    const { subject } = contextOf(onMergedResult, checkedOut({ commit: MERGE, parents: [TARGET, HEAD] }));
    expect(subject).toMatchObject({
      id: MERGE,
      git: { commit_sha: MERGE, merge_sha: MERGE, head_sha: HEAD, base_sha: TARGET },
      meta: { mr_diff_base_sha: DIFF_BASE },
    });
  });

  it('in a merge train comes from the merge queue', () => {
    const env = { ...onMergedResult, CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train' };
    expect(contextOf(env).intent).toMatchObject({ trigger: 'merge_queue', event: 'merge_request_event' });
  });

  it.each([
    ['in the fork', { CI_PROJECT_ID: '99', CI_MERGE_REQUEST_PROJECT_ID: '17' }],
    ['in the target project', { CI_PROJECT_ID: '17', CI_MERGE_REQUEST_PROJECT_ID: '17' }],
    ['in the target project, when only that is known', { CI_PROJECT_ID: '17', CI_MERGE_REQUEST_PROJECT_ID: '' }],
  ])('from a fork is known as such when its pipeline runs %s', (_where, ids) => {
    const env = { ...onMergeRequest, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '99', ...ids };
    expect(contextOf(env).subject.meta).toMatchObject({ mr_from_fork: true });
  });
});

describe('other pipelines', () => {
  it('for a tag is about a tag and no branch', () => {
    const { subject } = contextOf({ ...job, CI_COMMIT_TAG: 'v1', CI_COMMIT_REF_NAME: 'v1' });
    expect(subject.git).toMatchObject({ tag: 'v1', branch: null, ref: 'refs/tags/v1' });
    expect(subject.meta).toMatchObject({ commit_basis: 'platform', git_unreadable: 'git_not_found' });
  });

  it('says so when another commit is checked out', () => {
    const { subject } = contextOf(onBranch, checkedOut({ commit: sha('f') }));
    expect(subject).toMatchObject({ id: sha('f'), meta: { head_differs_from_event: true, event_sha: sha('a') } });
  });

  it.each([
    ['schedule', 'schedule'],
    ['web', 'manual'],
    ['api', 'api'],
    ['trigger', 'api'],
    ['parent_pipeline', 'upstream'],
    ['external_pull_request_event', 'pull_request'],
    ['ondemand_dast_scan', 'other'],
  ])('%s is triggered by: %s', (source, trigger) => {
    expect(contextOf({ ...onBranch, CI_PIPELINE_SOURCE: source }).intent).toMatchObject({ trigger, event: source });
  });

  it('of gitlab-ci-local are marked as emulated', () => {
    expect(contextOf({ ...onBranch, GITLAB_CI: 'false' }).subject.meta).toMatchObject({ emulated: true });
  });

  it('never copy a credential from a URL', () => {
    const env = { ...onBranch, CI_PROJECT_URL: 'https://u:SECRET@h/p', CI_CONFIG_PATH: 'https://h/c.yml?token=SECRET' };
    const text = JSON.stringify(
      contextOf({ ...env, CI_JOB_URL: 'https://SECRET@h/j?x=SECRET', CI_JOB_TOKEN: 'SECRET' }),
    );
    expect(text).not.toContain('SECRET');
    expect(text).toContain('https://h/c.yml');
  });
});
