import { describe, expect, it } from 'vitest';
import { contextOf, onMain } from './github-fixtures.ts';
import { sha } from './surroundings.ts';

describe('a job', () => {
  it('is known by its check run and its leg of the matrix', () => {
    const matrix = JSON.stringify({ node: 24, os: 'ubuntu-24.04', experimental: false, target: { cpu: 'x64' } });
    const env = { ...onMain, QUODERAT_CHECK_RUN_ID: '55667788990', QUODERAT_MATRIX: matrix };
    expect(contextOf(env, {}).subject.meta).toMatchObject({
      check_run_id: '55667788990',
      job_id: '55667788990',
      matrix: { node: '24', os: 'ubuntu-24.04', experimental: 'false', target: '{"cpu":"x64"}' },
    });
  });

  it.each(['null', '{}', '[1]', '"x"', '{', '', '{"__proto__":"x"}'])('without a matrix (%j) has no leg', (matrix) => {
    expect(contextOf({ ...onMain, QUODERAT_MATRIX: matrix }, {}).subject.meta).not.toHaveProperty('matrix');
  });

  it.each([
    ['https://github.acme.example', 'https://github.acme.example/acme/shop'],
    ['https://acme.ghe.com', 'https://acme.ghe.com/acme/shop'],
    ['https://user:SECRET@github.acme.example/', 'https://github.acme.example/acme/shop'],
  ])('on %s has its URLs there', (server, repo) => {
    const { subject } = contextOf({ ...onMain, GITHUB_SERVER_URL: server }, {});
    expect(subject.repo.url).toBe(repo);
    expect(subject.meta).toMatchObject({ run_url: `${repo}/actions/runs/19876543210/attempts/2` });
  });

  it('on a self-hosted runner says so, and keeps silent when the runner does', () => {
    const selfHosted = (environment: string): boolean | null =>
      contextOf({ ...onMain, RUNNER_ENVIRONMENT: environment }, {}).runner_context.self_hosted;
    expect([selfHosted('self-hosted'), selfHosted('')]).toEqual([true, null]);
  });

  it('with nothing but GITHUB_ACTIONS set has a context still, about no commit', () => {
    const { subject, identities } = contextOf({ GITHUB_ACTIONS: 'true' }, null);
    expect(subject).toMatchObject({
      kind: 'workspace',
      id: null,
      git: null,
      meta: { git_unreadable: 'git_not_found' },
    });
    expect(identities.producer.id).toBe('unknown#unknown');
  });

  it('drops commits, ids and numbers that are none', () => {
    const env = {
      ...onMain,
      GITHUB_SHA: 'HEAD',
      GITHUB_RUN_ID: '../1',
      GITHUB_RUN_ATTEMPT: '-1',
      GITHUB_ACTOR_ID: 'x',
    };
    const { subject, identities } = contextOf(env, {
      before: sha('A'),
      pull_request: { number: '4e1', head: { sha: 'x' } },
    });
    expect(subject.id).toBeNull();
    for (const name of ['run_id', 'run_url', 'run_attempt', 'before_sha', 'actor_id', 'pr_number']) {
      expect(subject.meta).not.toHaveProperty(name);
    }
    expect(identities.subject.id).toBe('mira');
  });
});
