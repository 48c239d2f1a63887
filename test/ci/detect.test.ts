import { execFileSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectContext, toPlatform } from '../../src/ci/detect.ts';
import { parseGithubEvent } from '../../src/ci/github-event.ts';
import { findGit } from '../../src/ci/git-program.ts';
import { toGithubContext } from '../../src/ci/github.ts';
import { toGitlabContext } from '../../src/ci/gitlab.ts';
import { toLocalContext } from '../../src/ci/local.ts';
import { toCanonicalJson } from '../../src/lib/canonical.ts';
import { ciContext, type CiContext } from '../../src/schema/context.ts';
import { gitEnv, makeFolder, makeRepository } from './repository.ts';
import { checkedOut, noGit, sha, surroundings } from './surroundings.ts';

const now = (): number => Date.UTC(2026, 10, 21, 9, 0, 0);
const detect = (env: Record<string, string>, cwd: string): Promise<CiContext> =>
  detectContext({ env: { ...gitEnv, ...env }, cwd, now, git: findGit({ ...gitEnv, ...env }) });

describe('the platform', () => {
  it.each([
    ['github', { GITHUB_ACTIONS: 'true' }],
    ['github', { GITHUB_ACTIONS: 'true', GITLAB_CI: 'true' }],
    ['gitlab', { GITLAB_CI: 'true' }],
    ['gitlab', { GITLAB_CI: 'false', CI_PIPELINE_ID: '1000', CI_JOB_ID: '1001' }],
    ['local', { GITLAB_CI: 'false' }],
    ['local', { CI: 'true' }],
    ['local', {}],
  ])('is %s for %j', (platform, env) => {
    expect(toPlatform(env)).toBe(platform);
  });
});

describe('detectContext on a laptop', () => {
  it('is about the checkout, at the remote that it came from', async () => {
    using repo = makeRepository();
    repo.git('remote', 'add', 'origin', 'https://mira:SECRET@gitlab.example.com/acme/shop.git');
    repo.git('tag', 'v1');
    repo.git('tag', 'v1.0.0');
    const context = ciContext.parse(await detect({}, repo.dir));
    expect(context.subject).toEqual({
      kind: 'git_commit',
      id: repo.git('rev-parse', 'HEAD'),
      source: 'local',
      repo: { url: 'https://gitlab.example.com/acme/shop.git', name: 'acme/shop', provider: 'gitlab' },
      git: {
        commit_sha: repo.git('rev-parse', 'HEAD'),
        ref: 'refs/heads/main',
        branch: 'main',
        tag: 'v1',
        head_sha: null,
        base_sha: null,
        merge_sha: null,
        tree_sha: repo.git('rev-parse', 'HEAD^{tree}'),
        dirty: false,
      },
      meta: { commit_basis: 'checkout', tags_at_head: 'v1 v1.0.0' },
    });
    expect(context.intent).toMatchObject({
      trigger: 'manual',
      event: 'local',
      requested_at: '2026-11-21T09:00:00.000Z',
    });
    expect(context.identities.subject.id).toBe(`${context.identities.subject.name}@${context.identities.producer.id}`);
    expect(context.runner_context).toMatchObject({ runner_type: 'local', toolchain: {} });
  });

  it('is about a workspace where there is no checkout', async () => {
    using folder = makeFolder();
    const { subject } = ciContext.parse(await detect({}, folder.dir));
    expect(subject).toEqual({
      kind: 'workspace',
      id: null,
      source: 'local',
      repo: { url: null, name: null, provider: null },
      git: null,
      meta: { git_unreadable: 'not_a_repository' },
    });
  });
});

describe('detectContext on GitHub', () => {
  const job = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push', GITHUB_SHA: sha('a') };

  it('joins the event file and the checkout', async () => {
    using repo = makeRepository();
    repo.write('.git/event.json', JSON.stringify({ before: sha('8'), after: sha('a') }));
    const { subject } = await detect({ ...job, GITHUB_EVENT_PATH: path.join(repo.dir, '.git/event.json') }, repo.dir);
    expect(subject.id).toBe(repo.git('rev-parse', 'HEAD'));
    expect(subject.meta).toMatchObject({ before_sha: sha('8'), event_sha: sha('a'), head_differs_from_event: true });
  });

  it.each([
    ['is missing', () => {}],
    ['is no JSON', (repo: ReturnType<typeof makeRepository>) => repo.write('event.json', '{"before":')],
    ['is a list', (repo: ReturnType<typeof makeRepository>) => repo.write('event.json', '[1]')],
    [
      'is larger than 5 MiB',
      (repo: ReturnType<typeof makeRepository>) => {
        repo.write('event.json', '{}');
        truncateSync(path.join(repo.dir, 'event.json'), 5 * 1024 * 1024 + 1);
      },
    ],
    [
      'is a FIFO that nobody writes',
      (repo: ReturnType<typeof makeRepository>) => {
        execFileSync('mkfifo', [path.join(repo.dir, 'event.json')]);
      },
    ],
  ])('goes on without an event file that %s', async (_what, prepare) => {
    using repo = makeRepository();
    prepare(repo);
    const { subject } = ciContext.parse(
      await detect({ ...job, GITHUB_EVENT_PATH: path.join(repo.dir, 'event.json') }, repo.dir),
    );
    expect(subject.id).toBe(repo.git('rev-parse', 'HEAD'));
    expect(subject.meta).not.toHaveProperty('before_sha');
  });
});

describe('a context', () => {
  const NAMES = `
    GITHUB_ACTIONS GITHUB_SERVER_URL GITHUB_REPOSITORY GITHUB_REPOSITORY_ID GITHUB_SHA GITHUB_REF GITHUB_REF_NAME
    GITHUB_REF_TYPE GITHUB_HEAD_REF GITHUB_BASE_REF GITHUB_EVENT_NAME GITHUB_RUN_ID GITHUB_RUN_NUMBER GITHUB_RUN_ATTEMPT
    GITHUB_WORKFLOW GITHUB_WORKFLOW_REF GITHUB_WORKFLOW_SHA GITHUB_JOB GITHUB_ACTOR GITHUB_ACTOR_ID RUNNER_NAME
    RUNNER_ENVIRONMENT ImageOS ImageVersion QUODERAT_MATRIX QUODERAT_CHECK_RUN_ID GITLAB_CI CI_SERVER_URL CI_SERVER_FQDN
    CI_PROJECT_ID CI_PROJECT_PATH CI_PROJECT_URL CI_COMMIT_SHA CI_COMMIT_REF_NAME CI_COMMIT_BRANCH CI_COMMIT_TAG
    CI_CONFIG_PATH CI_CONFIG_REF_URI CI_PIPELINE_ID CI_PIPELINE_IID CI_PIPELINE_SOURCE CI_PIPELINE_CREATED_AT CI_JOB_ID
    CI_JOB_NAME CI_JOB_URL CI_JOB_IMAGE CI_NODE_INDEX CI_MERGE_REQUEST_IID CI_MERGE_REQUEST_SOURCE_BRANCH_SHA
    CI_MERGE_REQUEST_TARGET_BRANCH_SHA CI_MERGE_REQUEST_EVENT_TYPE CI_DISPOSABLE_ENVIRONMENT GITLAB_USER_LOGIN`
    .trim()
    .split(/\s+/);
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      sha('a'),
      sha('0'),
      'true',
      'false',
      '7',
      '-1',
      '{"a":{"b":[null]}}',
      'https://h/p',
      'refs/pull/7/merge',
    ),
    fc.json({ maxDepth: 3 }),
    fc.webUrl({ withQueryParameters: true }),
  );
  const anyEnv = fc.dictionary(fc.constantFrom(...NAMES), value, { noNullPrototype: true });
  const anyGit = fc.constantFrom(noGit, checkedOut(), checkedOut({ remoteUrl: '\uD800', branch: 'x', dirty: null }));
  const anyPayload = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        action: fc.jsonValue(),
        before: fc.jsonValue(),
        pull_request: fc.record({ number: fc.jsonValue(), head: fc.jsonValue(), base: fc.jsonValue() }),
        workflow_run: fc.record({ id: fc.jsonValue(), event: fc.string({ unit: 'binary' }) }),
      },
      { requiredKeys: [] },
    ),
  );

  it('fits the schema, has an RFC 8785 form and names one commit, whatever the variables and the event say', () => {
    fc.assert(
      fc.property(anyEnv, anyGit, anyPayload, (env, git, payload) => {
        const given = surroundings(env, git);
        const contexts = [
          toGithubContext(given, parseGithubEvent(payload)),
          toGitlabContext(given),
          toLocalContext(given),
        ];
        for (const context of contexts) {
          const parsed = ciContext.parse(context);
          toCanonicalJson(parsed);
          expect(parsed.subject.id).toBe(parsed.subject.git?.commit_sha ?? null);
          expect(parsed.subject.kind).toBe(parsed.subject.id === null ? 'workspace' : 'git_commit');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('holds no value of a variable that is a token, and no credential of a URL', async () => {
    using repo = makeRepository();
    repo.git('remote', 'add', 'origin', 'https://x-access-token:S3CRET@github.com/acme/shop.git');
    const secret = Object.fromEntries(
      [
        'GITHUB_TOKEN',
        'ACTIONS_RUNTIME_TOKEN',
        'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
        'INPUT_TOKEN',
        'CI_JOB_TOKEN',
        'NPM_TOKEN',
      ].map((name) => [name, 'S3CRET']),
    );
    const urls = {
      GITHUB_SERVER_URL: 'https://u:S3CRET@github.com',
      CI_PROJECT_URL: 'https://u:S3CRET@h/p',
      CI_SERVER_URL: 'https://h/?private_token=S3CRET',
      CI_REPOSITORY_URL: 'https://gitlab-ci-token:S3CRET@h/p.git',
    };
    for (const platform of [{ GITHUB_ACTIONS: 'true' }, { GITLAB_CI: 'true' }, { CI: 'true' }]) {
      const context = await detect({ ...secret, ...urls, ...platform, GITHUB_REPOSITORY: 'acme/other' }, repo.dir);
      expect(context.subject.id).not.toBeNull();
      expect(JSON.stringify(context)).not.toContain('S3CRET');
    }
  });
});
