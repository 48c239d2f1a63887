import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toDigest, verify } from '../support/evidence.ts';
import { troubles } from '../support/forge/faults.ts';
import { type Forge, startForge } from '../support/forge/forge.ts';
import { makeMiniRunner, type MiniRunner, type StepResult } from '../support/mini-runner.ts';

const files = {
  'quoderat.yml':
    'version: 1\nname: release\nsteps:\n  - { id: unit, kind: command, run: "exit ${CODE:-0}", pass_env: [CODE] }\n',
};
const headSha = 'a1b2c3d4'.repeat(5);

let forge: Forge;
let pull = 0;

beforeAll(async () => {
  forge = await startForge({ pulls: 20 });
});
afterAll(async () => {
  await forge[Symbol.asyncDispose]();
});
beforeEach(() => {
  pull += 1;
  forge.faults.clear();
  forge.requests.length = 0;
  forge.violations.length = 0;
});

type Job = {
  env?: Record<string, string>;
  with?: Record<string, string>;
  matrix?: Record<string, unknown>;
  isFork?: boolean;
  run?: number;
};

/** A job of a pull request whose runner asks the forge. */
function makeJob(job: Job = {}): Promise<MiniRunner> {
  const run = job.run ?? 100 + pull;
  return makeMiniRunner({
    files,
    with: { 'github-token': forge.token, upload: 'never', ...job.with },
    env: {
      GITHUB_API_URL: forge.url,
      GITHUB_GRAPHQL_URL: forge.graphqlUrl,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REF: `refs/pull/${pull}/merge`,
      GITHUB_WORKFLOW_REF: `acme/widgets/.github/workflows/ci.yml@refs/pull/${pull}/merge`,
      GITHUB_RUN_ID: String(run),
      GITHUB_RUN_NUMBER: String(run),
      ...job.env,
    },
    ...(job.matrix && { matrix: job.matrix }),
    event: () => ({
      action: 'synchronize',
      pull_request: {
        number: pull,
        user: { login: 'mona' },
        head: { sha: headSha, repo: { id: job.isFork ? 7 : 2001, fork: job.isFork === true } },
        base: { sha: 'b'.repeat(40), repo: { id: 2001, fork: false } },
      },
    }),
  });
}

async function perform(job: Job = {}): Promise<StepResult> {
  await using runner = await makeJob(job);
  const step = await runner.run('main');
  // Whatever reporting met: the evidence is there and true.
  const bytes = await readFile(step.outputs['envelope-path'] ?? '');
  expect(toDigest(bytes)).toBe(step.outputs['envelope-sha256']);
  await verify(bytes);
  expect(step.log.shown()).not.toContain(forge.token);
  return step;
}

function toAnnotations(step: StepResult, level: string): string[] {
  return step.log.effects.annotations.filter((each) => each.level === level).map(({ message }) => message);
}

const checksOf = (run: number) => forge.checks().filter(({ detailsUrl }) => detailsUrl?.includes(`/runs/${run}/`));

describe('a run on a pull request', () => {
  it.each([
    [0, 'success', 'Passed: 1 of 1 step'],
    [1, 'failure', 'Failed: 1 of 1 step'],
  ])('is told by a check run and a comment (exit code %i)', async (code, conclusion, words) => {
    const step = await perform({ env: { CODE: String(code) } });
    expect(step.exitCode).toBe(code);
    expect(checksOf(100 + pull)).toMatchObject([
      { name: 'Quoderat: release', headSha, conclusion, summary: expect.stringContaining(words) },
    ]);
    const comments = await forge.comments(pull);
    expect(comments).toMatchObject([{ author: 'github-actions[bot]', body: expect.stringContaining(words) }]);
    expect(forge.violations).toEqual([]);
    expect([...toAnnotations(step, 'warning'), ...toAnnotations(step, 'notice')]).toEqual([]);
  });

  it('keeps one comment over runs and attempts, and leaves alone what others write', async () => {
    await forge.comment(
      pull,
      '<!-- quoderat:comment:v1 {"manifest":"release","workflow":".github/workflows/ci.yml"} -->',
    );
    await perform({ run: 200, env: { CODE: '1' } });
    await perform({ run: 200, env: { GITHUB_RUN_ATTEMPT: '2' } });
    const [theirs, ours, ...others] = await forge.comments(pull);
    expect(theirs?.author).toBe('mallory');
    expect(others).toEqual([]);
    expect(ours?.body).toContain('Passed: 1 of 1 step');
    expect(ours?.body).toContain('1 earlier result');
    expect(checksOf(200).map(({ conclusion }) => conclusion)).toEqual(['failure', 'success']);
  });

  it('shares the comment with the other leg of its matrix, which ends at the same time', async () => {
    const legs = await Promise.all([22, 24].map((node) => perform({ matrix: { node }, with: { 'job-total': '2' } })));
    expect(legs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const comments = await forge.comments(pull);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain('### ✅ Passed: 2 of 2 legs passed · `release`');
    expect(
      checksOf(100 + pull)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['Quoderat: release (22)', 'Quoderat: release (24)']);
  });
});

describe('trouble with GitHub', () => {
  it.each([
    ['a fork', { isFork: true }, 'from a fork may only read'],
    ['Dependabot', { env: { GITHUB_ACTOR: 'dependabot[bot]' } }, 'that Dependabot started'],
  ])('is one notice on a pull request of %s, whose token may only read', async (_whose, job: Job, words) => {
    const step = await perform({
      ...job,
      with: { 'github-token': forge.readOnlyToken },
      env: { ...job.env, CODE: '1' },
    });
    expect(step.exitCode).toBe(1);
    expect(toAnnotations(step, 'notice')).toEqual([expect.stringContaining(words)]);
    expect(toAnnotations(step, 'warning')).toEqual([]);
    expect(step.summary).toContain('Failed: 1 of 1 step');
    expect(await forge.comments(pull)).toEqual([]);
  });

  it('is a warning where the workflow insists', async () => {
    const step = await perform({ with: { 'github-token': forge.readOnlyToken, check: 'always', comment: 'always' } });
    expect(step.exitCode).toBe(0);
    expect(toAnnotations(step, 'warning')).toHaveLength(2);
  });

  it('is ridden out: a gateway in trouble and lost answers make nothing twice', async () => {
    forge.faults.add(
      { kind: 'reset', after: true, method: 'POST', path: /check-runs/ },
      { ...troubles.badGateway, method: 'GET', path: /comments/ },
      { kind: 'lost', status: 502, method: 'POST', path: /comments/ },
    );
    const step = await perform();
    expect(step.exitCode).toBe(0);
    expect(checksOf(100 + pull)).toHaveLength(1);
    expect(await forge.comments(pull)).toHaveLength(1);
    expect(toAnnotations(step, 'notice')).toEqual([]);
  });

  it('does not keep a cancelled job: it ends in time, with its own outcome', async () => {
    forge.faults.add({ kind: 'hang', times: 99 });
    await using runner = await makeJob();
    const running = await runner.start('main');
    while (forge.requests.length === 0) await new Promise(setImmediate);
    expect(await running.cancel()).toEqual(['SIGINT']);
    const step = await running.result;
    await verify(await readFile(step.outputs['envelope-path'] ?? ''));
    expect(toAnnotations(step, 'notice')).toHaveLength(1);
  });
});
