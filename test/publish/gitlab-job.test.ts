import { describe, expect, it } from 'vitest';
import { toGitlabJob, toLegKey } from '../../src/publish/gitlab/job.ts';

const job = {
  CI_PROJECT_PATH: 'acme/shop',
  CI_PROJECT_URL: 'https://gitlab.example/gitlab/acme/shop/',
  CI_PIPELINE_ID: '900',
  CI_PIPELINE_IID: '42',
  CI_PIPELINE_SOURCE: 'push',
  CI_JOB_ID: '5001',
  CI_JOB_NAME: 'test',
};

describe('toGitlabJob', () => {
  it('orders pipelines by their number in the project, and tries by the id of the job', () => {
    expect(toGitlabJob(job)).toEqual({
      lineage: 'acme/shop//.gitlab-ci.yml',
      name: 'test',
      group: 'test',
      label: '',
      total: 1,
      pipelineNumber: 42,
      pipelineId: '900',
      jobId: 5001,
      projectUrl: 'https://gitlab.example/gitlab/acme/shop',
    });
  });

  it.each([
    ['test: [mysql, 5.7]', 'test', '3', { group: 'test', label: 'mysql, 5.7', total: 3 }],
    ['test: [mysql, 5.7]', undefined, '3', { group: 'test', label: 'mysql, 5.7', total: 3 }],
    ['test 2/3', undefined, '3', { group: 'test', label: '2/3', total: 3 }],
    ['test 2/3', 'test', '3', { group: 'test', label: '2/3', total: 3 }],
    ['test: [mysql]', undefined, undefined, { group: 'test: [mysql]', label: '', total: 1 }],
    ['build: [x] y', 'build: [x] y', '1', { group: 'build: [x] y', label: '', total: 1 }],
    ['test', undefined, '999999', { group: 'test', label: '', total: 1 }],
  ])('takes %j of the group %j with %j legs apart', (name, group, total, leg) => {
    const env = { ...job, CI_JOB_NAME: name };
    const given = { ...(group && { CI_JOB_GROUP_NAME: group }), ...(total && { CI_NODE_TOTAL: total }) };
    expect(toGitlabJob({ ...env, ...given })).toMatchObject({ name, ...leg });
  });

  it('counts child pipelines of one parent as one, where GitLab names the parent', () => {
    const child = { ...job, CI_PIPELINE_SOURCE: 'parent_pipeline', CI_UPSTREAM_PIPELINE_ID: '890' };
    expect(toGitlabJob(child)).toMatchObject({
      lineage: 'acme/shop//.gitlab-ci.yml#children',
      pipelineNumber: 890,
      pipelineId: '890',
    });
    const { CI_UPSTREAM_PIPELINE_ID: _, ...before } = child;
    expect(toGitlabJob(before)).toMatchObject({ lineage: 'acme/shop//.gitlab-ci.yml#child:test', pipelineNumber: 42 });
  });

  it('does not take the pipeline of another project for its own', () => {
    const downstream = { ...job, CI_PIPELINE_SOURCE: 'pipeline', CI_UPSTREAM_PIPELINE_ID: '17' };
    expect(toGitlabJob(downstream)).toMatchObject({ pipelineNumber: 42, pipelineId: '900' });
  });

  it('believes no number and no address that is none', () => {
    const odd = {
      CI_PIPELINE_IID: '4e2',
      CI_PIPELINE_ID: '../7',
      CI_JOB_ID: '-1',
      CI_PROJECT_URL: 'javascript:alert(1)',
    };
    expect(toGitlabJob({ ...job, ...odd })).toMatchObject({
      pipelineNumber: 0,
      pipelineId: '',
      jobId: 0,
      projectUrl: undefined,
    });
  });

  it('has a key for a leg that is the same in each pipeline, and another for each manifest', () => {
    const key = toLegKey(toGitlabJob(job), 'quoderat.yml');
    expect(key).toMatch(/^[0-9a-f]{12}$/);
    expect(toLegKey(toGitlabJob({ ...job, CI_JOB_ID: '7', CI_PIPELINE_IID: '43' }), 'quoderat.yml')).toBe(key);
    expect(toLegKey(toGitlabJob(job), 'b/quoderat.yml')).not.toBe(key);
  });
});
