import { execFileSync } from 'node:child_process';
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { toJobTimeLeft } from '../../src/cli/job-time.ts';
import { parseReport } from '../../src/reports/parse-report.ts';
import { parseEnvelope, toDigest } from '../support/evidence.ts';
import { type GitlabServer, startGitlab } from '../support/gitlab/api-server.ts';
import { type CliResult, runCli, startCli } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

let gitlab: GitlabServer;
beforeAll(async () => {
  gitlab = await startGitlab();
});
afterAll(async () => gitlab[Symbol.asyncDispose]());
beforeEach(() => {
  for (const list of [gitlab.notes, gitlab.statuses, gitlab.asked, gitlab.refused]) list.length = 0;
  gitlab.fault = () => undefined;
});
afterEach(() => {
  expect(gitlab.refused, 'what GitLab does not describe').toEqual([]);
});

type Job = AsyncDisposable & {
  dir: string;
  sha: string;
  env: Record<string, string>;
  run: (args: string[], env?: Record<string, string>) => Promise<CliResult>;
  read: (name: string) => Promise<string>;
};

/** The work tree and the variables of a merge request's job, as the component sets them. */
async function makeJob(files: Record<string, string>): Promise<Job> {
  const temp = await makeTempDir();
  const dir = join(temp.path, 'builds/acme/shop');
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=w', '-c', 'user.email=w@example.com', ...args], {
      cwd: dir,
      encoding: 'utf8',
    });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=shop');
  const sha = git('rev-parse', 'HEAD').trim();
  const env = {
    CI: 'true',
    GITLAB_CI: 'true',
    CI_API_V4_URL: gitlab.apiUrl,
    CI_SERVER_URL: 'https://gitlab.example',
    CI_PROJECT_DIR: dir,
    CI_PROJECT_ID: '7',
    CI_PROJECT_PATH: 'acme/shop',
    CI_PROJECT_URL: 'https://gitlab.example/acme/shop',
    CI_COMMIT_SHA: sha,
    CI_COMMIT_REF_NAME: 'tax',
    CI_PIPELINE_ID: '900',
    CI_PIPELINE_IID: '42',
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_MERGE_REQUEST_IID: '3',
    CI_MERGE_REQUEST_PROJECT_ID: '7',
    CI_JOB_ID: '5001',
    CI_JOB_NAME: 'quoderat',
    CI_JOB_URL: 'https://gitlab.example/acme/shop/-/jobs/5001',
    CI_JOB_TOKEN: 'glcbt-64_do-not-show-this',
    QUODERAT_GITLAB_REPORTS: join(dir, '.quoderat'),
    QUODERAT_GITLAB_TOKEN: gitlab.token,
  };
  return {
    dir,
    sha,
    env,
    run: (args, more) => runCli(args, { cwd: dir, env: { ...env, ...more } }),
    read: (name) => readFile(join(dir, '.quoderat', name), 'utf8'),
    [Symbol.asyncDispose]: () => temp[Symbol.asyncDispose](),
  };
}

const evidence = '.quoderat/evidence/5001';
const run = ['run', '--out', evidence];
const codeQuality = z.array(
  z.strictObject({
    description: z.string().min(1),
    check_name: z.string().min(1),
    fingerprint: z.string().min(1),
    severity: z.enum(['info', 'minor', 'major', 'critical', 'blocker']),
    location: z.object({ path: z.string().regex(/^[^/.]/), lines: z.object({ begin: z.int().min(1) }) }),
  }),
);
const junit =
  '<testsuites><testsuite name="s"><testcase name="adds"/><testcase name="subs"><failure message="2 is not 1"/></testcase></testsuite></testsuites>';
const sarif = JSON.stringify({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'lint' } },
      results: [
        {
          ruleId: 'no-eval',
          level: 'error',
          message: { text: 'no eval' },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.js' }, region: { startLine: 7 } } }],
        },
      ],
    },
  ],
});
const all = {
  'quoderat.yml': `version: 1
name: shop
steps:
  - { id: unit, kind: test, run: 'cp in/unit.xml unit.xml; exit 1', reports: [{ path: unit.xml, format: junit }] }
  - { id: lint, kind: lint, run: 'cp in/lint.sarif lint.sarif', reports: [{ path: lint.sarif, format: sarif }] }
  - { id: cover, kind: test, run: 'cp in/lcov.info lcov.info', reports: [{ path: lcov.info, format: lcov }] }
  - { id: plant, kind: command, run: 'mkdir -p .quoderat/junit; printf "LD_PRELOAD=/evil.so\\n" > .quoderat/quoderat.env; echo x > .quoderat/junit/evil.xml; ln -s /etc/passwd .quoderat/metrics.txt; env' }
`,
  'in/unit.xml': junit,
  'in/lint.sarif': sarif,
  'in/lcov.info': 'SF:src/a.js\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nend_of_record\n',
  'src/a.js': '1;\n2;\n',
};

describe('a GitLab job', () => {
  it('leaves what its widgets read, a note and a status, and shows its token nowhere', async () => {
    await using job = await makeJob(all);
    const { code, stdout, stderr } = await job.run(run);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });

    const bytes = await readFile(join(job.dir, evidence, 'envelope.json'));
    const envelope = parseEnvelope(bytes);
    const page = `https://gitlab.example/acme/shop/-/jobs/5001`;
    const dotenv = await job.read('quoderat.env');
    expect(dotenv).not.toContain('LD_PRELOAD');
    expect(dotenv.split('\n')).toContain(`QUODERAT_ENVELOPE_SHA256=${toDigest(bytes)}`);
    for (const line of dotenv.trimEnd().split('\n')) expect(line).toMatch(/^QUODERAT_[A-Z0-9_]+=[A-Za-z0-9-]+$/);
    const steps = await job.read('junit.xml');
    const parser = new SaxesParser();
    parser.write(steps).close();
    expect(await parseReport('junit', chunk(steps), {})).toMatchObject({
      ok: true,
      value: { tests: 4, failed: 1, passed: 3, disagreements: [] },
    });
    const own = await readdir(join(job.dir, '.quoderat/junit'));
    expect(own).toHaveLength(1);
    expect(await job.read(`junit/${own[0]}`)).toBe(junit);
    const [finding, ...others] = codeQuality.parse(JSON.parse(await job.read('gl-code-quality-report.json')));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'major', location: { path: 'src/a.js', lines: { begin: 7 } } });
    const [cobertura = ''] = await readdir(join(job.dir, '.quoderat/coverage'));
    expect(await job.read(`coverage/${cobertura}`)).toContain('filename="src/a.js"');
    expect(await job.read('metrics.txt')).toContain('quoderat_coverage_percent 50\n');
    expect(JSON.parse(await job.read('gl-annotations.json'))).toEqual({
      Quoderat: [
        {
          external_link: {
            label: `Envelope sha256:${toDigest(bytes).slice(0, 12)}`,
            url: `${page}/artifacts/file/${evidence}/envelope.json`,
          },
        },
        { external_link: { label: 'Report', url: `${page}/artifacts/file/${evidence}/report.html` } },
        { external_link: { label: 'Summary', url: `${page}/artifacts/file/${evidence}/summary.md` } },
      ],
    });

    expect(gitlab.notes).toHaveLength(1);
    expect(gitlab.notes[0]?.body).toContain('1 of 4 steps failed');
    expect(gitlab.notes[0]?.body).toContain(`${page}/artifacts/file/${evidence}/envelope.json`);
    expect(gitlab.statuses).toMatchObject([
      {
        sha: job.sha,
        body: { name: 'quoderat: shop quoderat', state: 'failed', pipeline_id: 900, target_url: page, coverage: 50 },
      },
    ]);

    const texts = [stdout, stderr, JSON.stringify([gitlab.notes, gitlab.statuses, envelope])];
    for (const name of await readdir(join(job.dir, '.quoderat'), { recursive: true })) {
      texts.push(await readFile(join(job.dir, '.quoderat', name), 'latin1').catch(() => ''));
    }
    const shown = texts.join('\n');
    expect(shown, 'the step that prints its environment ran').toContain('PATH=');
    expect(shown).not.toContain(gitlab.token);
    expect(shown).not.toContain('do-not-show-this');
  });

  it('redacts its token from what a step has got hold of', async () => {
    await using job = await makeJob({
      'quoderat.yml': 'version: 1\nsteps:\n  - { id: leak, kind: command, run: cat token.txt }\n',
    });
    await writeFile(join(job.dir, 'token.txt'), `the token is ${gitlab.token}\n`);
    const { code, stdout } = await job.run(run);
    expect(code).toBe(0);
    expect(stdout).toContain('the token is ');
    expect(stdout).not.toContain(gitlab.token);
  });

  it.each([
    ['is away', { QUODERAT_COMMIT_STATUS: 'never', CI_API_V4_URL: 'http://127.0.0.1:1/api/v4' }, 'ECONNREFUSED'],
    ['does not know the token', { QUODERAT_GITLAB_TOKEN: 'glpat-expired-0123456789' }, 'GitLab answered 401'],
    ['has given it none', { QUODERAT_GITLAB_TOKEN: '' }, 'there is no QUODERAT_GITLAB_TOKEN'],
  ])('ends as its steps did when GitLab %s, with one line about it', async (_what, env, words) => {
    await using job = await makeJob({
      'quoderat.yml': 'version: 1\nsteps:\n  - { id: ok, kind: command, run: "true" }\n',
    });
    const { code, stderr } = await job.run(run, env);
    expect(code).toBe(0);
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(await job.read('quoderat.env')).toContain('QUODERAT_STATUS=success');
    expect((await runCli(['verify', evidence], { cwd: job.dir })).code).toBe(0);
  });

  it('asks GitLab nothing when it is told not to', async () => {
    await using job = await makeJob({
      'quoderat.yml': 'version: 1\nsteps:\n  - { id: ok, kind: command, run: "true" }\n',
    });
    const { code, stderr } = await job.run([...run, '--comment', 'never'], { QUODERAT_COMMIT_STATUS: 'never' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(gitlab.asked).toEqual([]);
  });

  it('leaves no report when nothing ran', async () => {
    await using job = await makeJob({ 'quoderat.yml': 'version: 1\nsteps: 7\n' });
    await mkdir(join(job.dir, '.quoderat'));
    await writeFile(join(job.dir, '.quoderat/quoderat.env'), 'LD_PRELOAD=/evil.so\n');
    await symlink('/etc/passwd', join(job.dir, '.quoderat/junit.xml'));
    expect((await job.run(['run', '--out', join(job.dir, 'evidence')])).code).toBe(2);
    expect(await readdir(join(job.dir, '.quoderat'))).toEqual([]);
    expect(await readFile('/etc/passwd', 'utf8')).toContain('root');
    expect(gitlab.asked).toEqual([]);
  });

  it('that was killed is sealed, told and reported as incomplete by after_script', async () => {
    await using job = await makeJob({
      'quoderat.yml': 'version: 1\nname: shop\nsteps:\n  - { id: slow, kind: command, run: echo begun; sleep 300 }\n',
    });
    const running = startCli(run, { cwd: job.dir, env: job.env });
    await running.waitFor(/begun/);
    running.child.kill('SIGKILL');
    await running.done;
    expect(await job.run(['seal', evidence])).toMatchObject({ code: 0 });
    expect(await job.read('quoderat.env')).toContain('QUODERAT_STATUS=aborted');
    expect(gitlab.statuses).toMatchObject([{ body: { name: 'quoderat: shop quoderat', state: 'canceled' } }]);
    expect(gitlab.notes[0]?.body).toContain('Incomplete');
  });

  it('that is cancelled reports what it has sealed', async () => {
    await using job = await makeJob({
      'quoderat.yml': 'version: 1\nsteps:\n  - { id: slow, kind: command, run: echo begun; sleep 300 }\n',
    });
    const running = startCli(run, { cwd: job.dir, env: job.env });
    await running.waitFor(/begun/);
    running.child.kill('SIGTERM');
    expect((await running.done).code).toBe(143);
    expect(await job.read('quoderat.env')).toContain('QUODERAT_STATUS=aborted');
    expect(gitlab.statuses).toMatchObject([{ body: { state: 'canceled' } }]);
    expect(gitlab.notes).toHaveLength(1);
  });
});

describe("a GitLab job's time", () => {
  it('ends the run before GitLab ends the job, which would leave no evidence', async () => {
    await using job = await makeJob({
      'quoderat.yml': 'version: 1\nsteps:\n  - { id: slow, kind: command, run: sleep 300 }\n',
    });
    const { code, stderr } = await job.run(run, { CI_JOB_TIMEOUT: '1' });
    expect(code).toBe(1);
    expect(stderr).toContain("this job's time limit is near");
    expect(await job.read('quoderat.env')).toContain('QUODERAT_STATUS=aborted');
    expect(gitlab.statuses).toMatchObject([{ body: { state: 'canceled' } }]);
    expect(gitlab.notes).toHaveLength(1);
  });

  it.each([
    ['3600', '2026-11-21T12:00:00Z', 3000],
    ['3600', '', 3300],
    ['3600', '2026-11-21T12:10:00Z', 3300],
    ['3600', '2026-11-20T12:00:00Z', 3300],
    ['60', '2026-11-21T12:04:10Z', 4],
    ['60', '2026-11-21T12:04:01Z', 0],
    // More than a timer can count.
    ['99999999', '', 7 * 86_400],
    ['0', '', undefined],
    ['1 hour', '', undefined],
    ['', '', undefined],
  ])('of %s s, begun at "%s", leaves the steps %s s at 12:05', (limit, begun, left) => {
    const env = { CI_JOB_TIMEOUT: limit, CI_JOB_STARTED_AT: begun };
    const ms = toJobTimeLeft(env, Date.parse('2026-11-21T12:05:00Z'));
    expect(ms === undefined ? undefined : ms / 1000).toBe(left);
  });
});

describe('quoderat collect in a GitLab job', () => {
  it('writes the page of all legs as a note, and sets a status', async () => {
    await using job = await makeJob({
      'quoderat.yml': 'version: 1\nname: shop\nsteps:\n  - { id: ok, kind: command, run: "true" }\n',
    });
    const never = { QUODERAT_COMMENT: 'never', QUODERAT_COMMIT_STATUS: 'never' };
    for (const [id, name] of [
      ['5001', 'unit: [22]'],
      ['5002', 'unit: [24]'],
    ] as const) {
      const env = { ...never, CI_JOB_ID: id, CI_JOB_NAME: name, CI_NODE_TOTAL: '2' };
      expect((await job.run(['run', '--out', `.quoderat/evidence/${id}`], env)).code).toBe(0);
    }
    expect(gitlab.asked).toEqual([]);
    const { code, stderr } = await job.run(
      ['collect', '--expected', '2', '--name', 'all', '--out', '.quoderat/collection/5003', '.quoderat/evidence'],
      { CI_JOB_ID: '5003', CI_JOB_NAME: 'quoderat-collect' },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(gitlab.notes).toHaveLength(1);
    expect(gitlab.notes[0]?.body).toContain('Passed: 2 of 2 legs passed');
    expect(gitlab.statuses).toMatchObject([{ body: { name: 'quoderat: all quoderat-collect', state: 'success' } }]);
    expect(await job.read('gl-annotations.json')).toContain('.quoderat/collection/5003/envelope.json');
  });
});

describe('quoderat run --base', () => {
  it('shows in summary.md and in the note what has changed since, and changes nothing that is sealed', async () => {
    await using job = await makeJob({
      'quoderat.yml': `version: 1\nsteps:\n  - { id: unit, kind: test, run: cp given.xml in.xml, reports: [{ path: in.xml, format: junit }] }\n`,
      'given.xml': passing(['adds']),
    });
    const never = { QUODERAT_COMMENT: 'never', QUODERAT_COMMIT_STATUS: 'never' };
    expect((await job.run(['run', '--out', '.quoderat/evidence/1'], never)).code).toBe(0);
    await writeFile(join(job.dir, 'given.xml'), passing(['adds', 'subs', 'multiplies']));
    expect(await job.run([...run, '--base', '.quoderat/evidence/1/envelope.json'])).toMatchObject({
      code: 0,
      stderr: '',
    });
    const summary = await readFile(join(job.dir, evidence, 'summary.md'), 'utf8');
    expect(summary).toContain('3 tests (+2), 0 failed · against base');
    expect(gitlab.notes[0]?.body).toContain('3 tests (+2), 0 failed · against base');

    expect((await runCli(['verify', evidence], { cwd: job.dir })).code).toBe(0);
  });

  it.each([
    ['missing.json', 'ENOENT'],
    ['quoderat.yml', 'the summary does not compare with the base'],
  ])('tells on a laptop that %s is no base, and ends as the steps did', async (name, words) => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'quoderat.yml'), 'version: 1\nsteps:\n  - { id: ok, kind: command, run: "true" }\n');
    const { code, stderr } = await runCli(['run', '--out', 'out', '--base', name, '--comment', 'always'], {
      cwd: dir.path,
    });
    expect(code).toBe(0);
    expect(stderr).toContain(words);
    expect(stderr).toContain('--comment always has no effect: this is no job of a GitLab.');
  });

  it('refuses a mode that there is none of, before anything runs', async () => {
    await using dir = await makeTempDir();
    await writeFile(
      join(dir.path, 'quoderat.yml'),
      'version: 1\nsteps:\n  - { id: ok, kind: command, run: touch ran }\n',
    );
    const { code, stderr } = await runCli(['run'], { cwd: dir.path, env: { QUODERAT_COMMENT: 'sometimes' } });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'quoderat: QUODERAT_COMMENT must be one of auto, always, never\n',
    });
    expect(await readdir(dir.path)).toEqual(['quoderat.yml']);
  });
});

function passing(names: string[]): string {
  return `<testsuite name="s">${names.map((name) => `<testcase name="${name}"/>`).join('')}</testsuite>`;
}

async function* chunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
