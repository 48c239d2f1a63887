import { describe, expect, it } from 'vitest';
import { parseGitlabTarget } from '../../src/publish/gitlab/target.ts';

const sha = 'a'.repeat(40);
const job = {
  CI_API_V4_URL: 'https://gitlab.example/gitlab/api/v4',
  CI_PROJECT_ID: '7',
  CI_COMMIT_SHA: sha,
  CI_COMMIT_REF_NAME: 'tax',
  CI_PIPELINE_ID: '42',
  CI_JOB_URL: 'https://gitlab.example/gitlab/acme/shop/-/jobs/1',
};

describe('parseGitlabTarget', () => {
  it('is nothing outside of GitLab', () => {
    expect(parseGitlabTarget({})).toBeUndefined();
    expect(parseGitlabTarget({ ...job, CI_PROJECT_ID: '../7' })).toBeUndefined();
    expect(parseGitlabTarget({ ...job, CI_COMMIT_SHA: 'main' })).toBeUndefined();
  });

  it('names the project of the merge request, which for a fork is not the pipeline’s', () => {
    const target = parseGitlabTarget({ ...job, CI_MERGE_REQUEST_IID: '3', CI_MERGE_REQUEST_PROJECT_ID: '1' });
    expect(target).toMatchObject({ projectId: '7', sha, pipelineId: '42', mergeRequest: { project: '1', iid: 3 } });
  });

  it('finds the open merge request of a branch’s pipeline', () => {
    const target = parseGitlabTarget({ ...job, CI_OPEN_MERGE_REQUESTS: 'acme/shop!12,acme/shop!13' });
    expect(target?.mergeRequest).toEqual({ project: 'acme/shop', iid: 12 });
  });

  it.each([
    [{ CI_COMMIT_TAG: 'v1' }, 'tag'],
    [{ CI_PIPELINE_SOURCE: 'schedule' }, 'scheduled'],
    [{ CI_PIPELINE_SOURCE: 'pipeline' }, 'another project'],
    [{ CI_PIPELINE_SOURCE: 'push' }, 'no open merge request'],
  ])('says why there is no merge request: %j', (variables, words) => {
    const target = parseGitlabTarget({ ...job, ...variables });
    expect(target?.mergeRequest).toBeUndefined();
    expect(target?.without).toContain(words);
  });
});
