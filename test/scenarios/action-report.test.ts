import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { startArtifactService } from '../support/artifact-service.ts';
import { parseEnvelope } from '../support/evidence.ts';
import { type LegOptions, type Legs, makeLegs } from '../support/legs.ts';
import { makeMiniRunner, type StepResult } from '../support/mini-runner.ts';
import { apiToken, type RunsApi, startRunsApi } from '../support/runs-api.ts';
import { makeToken, startSigstore } from '../support/sigstore.ts';
import { type Loose, tamper } from '../seal/forge.ts';

const head = 'c'.repeat(40);
const merge = 'e'.repeat(40);
const repo = '/repos/acme/widgets';

let legs: Legs;
beforeAll(async () => {
  legs = await makeLegs();
});

/** An envelope as the job of a pull request from a fork seals it. */
function ofFork({ change, ...options }: LegOptions = {}): Promise<Buffer> {
  return legs.make({
    attempt: 2,
    jobTotal: 1,
    commit: merge,
    ...options,
    change: (envelope) => {
      Object.assign(envelope.subject.git, { head_sha: head, merge_sha: merge });
      Object.assign(envelope.subject.meta, { pr_number: 42, pr_from_fork: true, event_name: 'pull_request' });
      change?.(envelope);
    },
  });
}

const upstream = {
  id: 9001,
  run_attempt: 2,
  run_number: 77,
  // The pull request's own `run-name`.
  name: 'release',
  path: '.github/workflows/evidence.yml@refs/heads/main',
  head_sha: head,
  head_branch: 'fix/a&b',
  head_repository: { id: 5001, full_name: 'mallory/widgets', owner: { login: 'mallory' } },
  repository: { full_name: 'acme/widgets' },
  event: 'pull_request',
  conclusion: 'success',
  html_url: 'https://github.com/acme/widgets/actions/runs/9001',
  pull_requests: [],
};

const pull = (number: number, more: object = {}) => ({
  number,
  state: 'open',
  head: { sha: head, repo: { id: 5001 } },
  ...more,
});

type Report = { step: StepResult; api: RunsApi; check: Loose; comments: string[]; sealed: Buffer | null };

/** One run of the companion workflow on what `fill` puts into the other run. */
async function report(
  fill: (api: RunsApi) => void | Promise<void>,
  more: { with?: Record<string, string>; run?: object; env?: Record<string, string> } = {},
): Promise<Report> {
  await using service = await startArtifactService();
  await using api = await startRunsApi('acme/widgets', '9001');
  api.answers.set(`${repo}/actions/runs/9001`, { body: { id: 9001, run_attempt: 2 } });
  api.answers.set(`${repo}/pulls`, { body: [pull(42)] });
  await fill(api);
  await using runner = await makeMiniRunner({
    with: { mode: 'report', attest: 'never', comment: 'never', 'github-token': apiToken, ...more.with },
    env: {
      ...service.env,
      GITHUB_API_URL: api.url,
      GITHUB_GRAPHQL_URL: `${api.url}/graphql`,
      GITHUB_EVENT_NAME: 'workflow_run',
      GITHUB_RUN_ID: '9500',
      GITHUB_JOB: 'publish',
      ...more.env,
    },
    event: () => ({
      action: 'completed',
      workflow_run: { ...upstream, ...more.run },
      workflow: { name: 'Evidence of forks' },
    }),
  });
  const step = await runner.run('main');
  const shown = step.log.shown();
  for (const secret of [apiToken, ...api.signatures]) expect(shown).not.toContain(secret);
  return {
    step,
    api,
    sealed: await readFile(step.outputs['envelope-path'] ?? '').catch(() => null),
    check: api.written.find(({ path }) => path === `${repo}/check-runs`)?.body,
    comments: api.written
      .filter(({ path }) => path.endsWith('/comments'))
      .map(({ path, body }) => `${path} ${body.body}`),
  };
}

const stop = '⛔ Do not rely on this: envelope does not match run 9001 attempt 2';

describe('mode: report', () => {
  it('publishes what the run of a fork could not: the check on its head, the comment on its pull request', async () => {
    const { generateKeys } = await import('../../src/seal/keys.ts');
    const keys = generateKeys();
    const bytes = await ofFork();
    const {
      step,
      api,
      check,
      comments,
      sealed: file,
    } = await report((run) => run.put('release-1.quoderat.json', bytes), {
      with: { comment: 'auto', 'signing-key': keys.privatePem },
    });
    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 0 });
    // Called after the workflow and never after the manifest, whose name the pull request chose.
    expect(check).toMatchObject({ name: 'Quoderat: Evidence of forks', head_sha: head, conclusion: 'success' });
    expect(check.details_url).toBe('https://github.com/acme/widgets/actions/runs/9001/attempts/2');
    expect(check.output.summary).toContain('1 of 1 step ran and passed');
    expect(comments).toHaveLength(1);
    expect(comments[0]).toMatch(/^\/repos\/acme\/widgets\/issues\/42\/comments /);
    // Of two workflows each has a comment of its own: their run numbers can't be compared.
    expect(comments[0]).toContain('"workflow":".github/workflows/evidence.yml"');
    expect(comments[0]).toContain(`sha256:${parseEnvelope(bytes).integrity.head_entry_hash}`.slice(7));
    expect(api.requests).toContain(
      'GET /repos/acme/widgets/pulls?state=open&head=mallory%3Afix%2Fa%26b&per_page=100&page=1',
    );
    for (const page of [step.summary, check.output.summary, comments[0]])
      expect(page).toContain('Whether the steps were honest it cannot know');
    // What it signs is about the commit of the pull request, not about the one that it runs for itself.
    const sealed = parseEnvelope(file ?? Buffer.alloc(0));
    expect(sealed.subject).toMatchObject({
      id: head,
      git: { head_sha: head, merge_sha: null },
      meta: { run_id: '9500' },
    });
    expect(sealed.integrity.signatures).toMatchObject([{ keyid: keys.keyid }]);
    expect(sealed.observations[0]?.value).toMatchObject({
      compared: { repo: 'acme/widgets', commit: head, run: '9001' },
    });
  });

  it('says that it has signed when it signed keyless', async () => {
    await using sigstore = await startSigstore();
    sigstore.answers.set('/oidc', () => ({ status: 200, body: JSON.stringify({ value: makeToken() }) }));
    const { step, check } = await report(async (run) => run.put('a.quoderat.json', await ofFork()), {
      with: { attest: 'always', 'sigstore-fulcio-url': sigstore.url, 'sigstore-rekor-url': sigstore.url },
      env: {
        ACTIONS_ID_TOKEN_REQUEST_URL: `${sigstore.url}/oidc`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer-of-the-job',
      },
    });
    for (const page of [step.summary, check.output.summary])
      expect(page).toContain('This workflow has signed that these files came out of run 9001, attempt 2');
  });

  it.each<[string, () => Promise<Buffer>, string]>([
    ['of an earlier attempt only', () => ofFork({ attempt: 1 }), 'attempt 2 has left none'],
    [
      'that names another head',
      () => ofFork({ commit: head, change: (e) => void (e.subject.git.head_sha = 'f'.repeat(40)) }),
      'the head of the pull request is f',
    ],
    ['that was altered', async () => tamper(await ofFork(), (e) => void (e.execution.duration_ms = 1)), 'not intact'],
  ])('says not to rely on an envelope %s, and shows nothing of it', async (_what, make, reason) => {
    const bytes = await make();
    const { step, check } = await report((run) => run.put('a.quoderat.json', bytes));
    expect(step.exitCode).toBe(1);
    // The same check run as when it holds: it takes back what an earlier one said.
    const name = 'Quoderat: Evidence of forks';
    expect(check).toMatchObject({ name, head_sha: head, conclusion: 'failure', output: { title: stop } });
    for (const page of [step.summary, check.output.summary]) {
      expect(page.startsWith(`### ${stop}`)).toBe(true);
      expect(page).toMatch(new RegExp(reason));
      expect(page).not.toContain('ran and passed');
    }
    expect(step.log.effects.annotations.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('shows several legs on one page, and those that did not run again', async () => {
    const { step, check } = await report(async (run) => {
      run.put('a.quoderat.json', await ofFork({ matrix: { os: 'linux' }, jobTotal: 2 }));
      run.put('b.quoderat.json', await ofFork({ matrix: { os: 'mac' }, jobTotal: 2, attempt: 1, fails: true }));
    });
    // All that is there holds: that a leg failed is the other run's business.
    expect(step.exitCode).toBe(0);
    expect(check).toMatchObject({
      name: 'Quoderat: Evidence of forks',
      conclusion: 'failure',
      output: { title: '❌ Failed: 1 of 2 legs failed' },
    });
    expect(check.output.summary).toContain('1 leg of an earlier attempt');
  });

  it('is incomplete when a leg of the matrix is missing', async () => {
    const one = await report(async (run) => {
      run.put('a.quoderat.json', await ofFork({ matrix: { os: 'linux' }, jobTotal: 2 }));
      run.put('b.quoderat.json', await ofFork({ matrix: { os: 'mac' }, jobTotal: 2 }), { expired: true });
    });
    expect(one.step.exitCode).toBe(1);
    expect(one.check).toMatchObject({
      conclusion: 'cancelled',
      output: { title: '⚠️ Incomplete: 1 of 2 envelopes in' },
    });
  });

  it('writes no comment on a pull request that has moved on, and tells where GitHub itself says something else', async () => {
    const { check, comments } = await report(
      async (run) => {
        run.put('a.quoderat.json', await ofFork());
        run.answers.set(`${repo}/pulls`, { body: [pull(42, { head: { sha: 'f'.repeat(40), repo: { id: 5001 } } })] });
      },
      { with: { comment: 'auto' }, run: { conclusion: 'failure' } },
    );
    expect(check).toMatchObject({ conclusion: 'success' });
    expect(check.output.summary).toContain('GitHub says that the workflow run ended as failure');
    expect(comments).toEqual([]);
  });

  it.each([
    ['which of two is meant', { body: [pull(42), pull(43)] }, '2 open pull requests have this head'],
    ['the pull request', { status: 403, body: { message: 'Resource not accessible by integration' } }, 'list the pull'],
  ])('says once why there is no comment when it cannot find out %s', async (_, answer, words) => {
    const fill = async (run: RunsApi): Promise<void> => {
      run.put('a.quoderat.json', await ofFork());
      run.answers.set(`${repo}/pulls`, answer);
    };
    const { step, comments } = await report(fill, { with: { comment: 'always' } });
    expect({ exitCode: step.exitCode, comments }).toEqual({ exitCode: 0, comments: [] });
    const told = step.log.effects.annotations.filter(({ message }) => /pull request/.test(message));
    expect(told).toMatchObject([{ level: 'warning', message: expect.stringContaining(words) }]);
    expect(step.log.shown()).not.toContain('belongs to no pull request');
  });

  it('leaves an attempt alone that a later one has superseded meanwhile', async () => {
    const { step, api } = await report(async (run) => {
      run.put('a.quoderat.json', await ofFork());
      run.answers.set(`${repo}/actions/runs/9001`, { body: { run_attempt: 3 } });
    });
    expect(step).toMatchObject({ exitCode: 0, summary: '' });
    expect(api.written).toEqual([]);
    expect(step.log.shown()).toContain('superseded by attempt 3');
  });

  it('says what permission is missing when it may not read the artifacts', async () => {
    const { step, check } = await report((run) => {
      const message = 'Resource not accessible by integration';
      run.answers.set(`${repo}/actions/runs/9001/artifacts`, { status: 403, body: { message } });
    });
    expect(step.exitCode).toBe(1);
    expect(step.summary).toContain('list the artifacts of run 9001');
    expect(check).toMatchObject({ conclusion: 'failure' });
  });

  it('refuses to run for another event', async () => {
    const { step, api } = await report(() => {}, { env: { GITHUB_EVENT_NAME: 'push' } });
    expect(step).toMatchObject({ exitCode: 2, outputs: { status: 'refused' } });
    expect(step.log.shown()).toContain('triggered by `workflow_run`');
    expect(api.written).toEqual([]);
  });
});
