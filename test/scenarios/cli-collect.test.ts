import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseEnvelope } from '../support/evidence.ts';
import { type LegOptions, type Legs, makeLegs, theRun } from '../support/legs.ts';
import { runCli } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

let legs: Legs;
beforeAll(async () => {
  legs = await makeLegs();
});

/** An envelope as a job of GitLab's seals it. */
function ofJob(job: string, id: string, more: LegOptions = {}): Promise<Buffer> {
  return legs.make({
    ...more,
    change: ({ subject }) => {
      subject.source = 'gitlab';
      subject.meta = { job, job_id: id, pipeline_id: '77', node_total: 2 };
    },
  });
}

async function put(dir: string, files: Record<string, Uint8Array | string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
}

const gitlab = {
  GITLAB_CI: 'true',
  CI: 'true',
  CI_PROJECT_PATH: theRun.repo,
  CI_PROJECT_URL: 'https://gitlab.com/acme/widgets',
  CI_COMMIT_SHA: theRun.commit,
  CI_PIPELINE_ID: '77',
  CI_JOB_ID: '900',
  CI_JOB_NAME: 'evidence',
};

describe('quoderat collect', () => {
  it('gathers the envelopes that the jobs of a GitLab pipeline left as artifacts', async () => {
    await using dir = await makeTempDir();
    await put(dir.path, {
      'evidence-1/envelope.json': await ofJob('unit 1/2', '1', { fails: true }),
      'evidence-1/artifacts/envelope.json': 'not looked at: it is an artifact of a run',
      'evidence-2/envelope.json': await ofJob('unit 2/2', '2'),
      'evidence-9/deep/er/x.quoderat.json': await ofJob('unit 1/2', '9'),
      'README.md': 'no envelope',
    });
    await symlink('/etc/passwd', join(dir.path, 'evidence-2/link.quoderat.json'));
    const run = await runCli(['collect', '.', '--expected', '2', '--name', 'pipeline', '--out', 'all'], {
      cwd: dir.path,
      env: gitlab,
    });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('✓ unit 1/2: success, 1 of 1 steps passed');
    const envelope = parseEnvelope(await readFile(join(dir.path, 'all/envelope.json')));
    expect(envelope).toMatchObject({
      plan: { name: 'pipeline' },
      subject: { source: 'gitlab', id: theRun.commit },
      execution: { status: 'success', steps: [{ name: 'unit 1/2' }, { name: 'unit 2/2' }] },
    });
    expect(envelope.observations[0]?.value).toMatchObject({
      compared: { run: '77' },
      superseded: [{ leg: 'unit 1/2' }],
    });
    const verified = await runCli(['verify', 'all', '--json'], { cwd: dir.path });
    expect({ code: verified.code, ...JSON.parse(verified.stdout) }).toMatchObject({
      code: 0,
      complete: { answer: 'yes', artifacts: { matched: 3 } },
    });
  });

  it('ends with 1 when a job left nothing, and says which', async () => {
    await using dir = await makeTempDir();
    await put(dir.path, { 'a.json': await legs.make({ job: 'build' }), 'b.json': '{}' });
    const run = await runCli(['collect', 'a.json', 'b.json', '--expected', 'build, deploy', '--json', '--out', 'all'], {
      cwd: dir.path,
    });
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({
      status: 'failed',
      legs: [
        { leg: 'build', state: 'in', status: 'success', attempt: 1 },
        { leg: 'b.json', state: 'rejected', reason: expect.stringContaining('no envelope') },
        { leg: 'deploy', state: 'missing', reason: 'no envelope arrived' },
      ],
    });
  });

  it('holds the envelopes against the repository and commit that are named', async () => {
    await using dir = await makeTempDir();
    await put(dir.path, { 'a.json': await legs.make() });
    const collect = (...args: string[]) =>
      runCli(['collect', 'a.json', '--expected', '1', '--json', ...args], { cwd: dir.path });
    expect(await collect('--commit', theRun.commit, '--repo', theRun.repo)).toMatchObject({ code: 0 });
    const other = await collect('--commit', 'b'.repeat(40));
    expect(other.code).toBe(1);
    expect(other.stdout).toContain('it is not about commit bbbbbbbbbbbb');
  });

  it.each([
    [['nowhere.json'], /can't be read/],
    [['a.json', '--expected', '0'], /--expected: between 1 and 300/],
    [['a.json', '--commit', 'abc'], /hex digits/],
    [['a.json', '--out', '.'], /not empty/],
  ])('refuses %j and leaves nothing behind', async (args, words) => {
    await using dir = await makeTempDir();
    await put(dir.path, { 'a.json': 'x' });
    const run = await runCli(['collect', ...args], { cwd: dir.path });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(words);
    expect(await readFile(join(dir.path, 'a.json'), 'utf8')).toBe('x');
    const { readdir } = await import('node:fs/promises');
    expect(await readdir(dir.path)).toEqual(['a.json']);
  });
});
