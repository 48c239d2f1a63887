import { execFileSync } from 'node:child_process';
import { cp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/lib/hash.ts';
import { envelope as schema } from '../../src/schema/envelope.ts';
import type { Verdict } from '../../src/schema/verdict.ts';
import { runCli, writeManifest } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

let dir: Awaited<ReturnType<typeof makeTempDir>>;
let text: string;

beforeAll(async () => {
  dir = await makeTempDir();
  await writeManifest(
    dir.path,
    'steps:\n  - { id: unit, kind: command, run: echo tested }\n  - { id: lint, kind: command, run: "true" }\n',
  );
  for (const name of ['ci', 'stranger']) await runCli(['keygen', '--out', name], { cwd: dir.path });
  await runCli(['run', '--out', 'plain'], { cwd: dir.path });
  await runCli(['run', '--out', 'signed', '--key', 'ci.key'], { cwd: dir.path });
  text = await readFile(join(dir.path, 'plain', 'envelope.json'), 'utf8');
});
afterAll(() => dir[Symbol.asyncDispose]());

const verify = (...args: string[]) => runCli(['verify', ...args], { cwd: dir.path });

async function verdictOf(...args: string[]): Promise<Verdict & { code: number | null }> {
  const { code, stdout } = await verify(...args, '--json');
  const verdict: Verdict = JSON.parse(stdout);
  return { ...verdict, code };
}

/** Writes a changed copy of the envelope, without artifacts beside it. */
async function writeChanged(name: string, from: string, to: string): Promise<string> {
  expect(text).toContain(from);
  await writeFile(join(dir.path, name), text.replace(from, to));
  return name;
}

describe('quoderat verify', () => {
  it('accepts the folder, the file, its bytes on stdin, and the bundle', async () => {
    await runCli(['bundle', 'plain'], { cwd: dir.path });
    for (const named of ['plain', 'plain/envelope.json', 'plain.tar.gz']) {
      const verdict = await verdictOf(named);
      expect(verdict).toMatchObject({ code: 0, intact: { answer: 'yes' }, complete: { answer: 'yes' } });
      expect(verdict.complete.artifacts).toMatchObject({ checked: true, missing: [] });
      expect(verdict.authentic.answer).toBe('not_checked');
    }
    const piped = await runCli(['verify', '-', '--json'], { cwd: dir.path, stdin: Buffer.from(text) });
    expect(piped.code).toBe(0);
    expect(JSON.parse(piped.stdout)).toMatchObject({ complete: { artifacts: { checked: false } } });
  });

  it('finds artifacts in the folder that is named', async () => {
    await writeFile(join(dir.path, 'alone.json'), text);
    expect((await verdictOf('alone.json')).complete.artifacts.checked).toBe(false);
    const verdict = await verdictOf('alone.json', '--artifacts', 'plain/artifacts');
    expect(verdict.complete.artifacts.matched).toBe(verdict.complete.artifacts.total);
    expect((await verify('alone.json', '--artifacts', 'nowhere')).code).toBe(2);
  });

  it('names the pointer of what was changed, and exits with 1', async () => {
    const changed = await writeChanged('changed.json', '"exit_code":0', '"exit_code":1');
    const run = await verify(changed);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('/execution/steps/0');
    const verdict = await verdictOf(changed);
    expect(verdict.intact.answer).toBe('no');
    expect(verdict.intact.problems.map(({ pointer }) => pointer)).toContain('/execution/steps/0');
  });

  it('exits with 4 when an artifact is missing, and names it', async () => {
    await cp(join(dir.path, 'plain'), join(dir.path, 'missing'), { recursive: true });
    const { artifacts } = schema.parse(JSON.parse(text));
    const gone = artifacts.find(({ id }) => id === 'unit/1/stdout');
    await rm(join(dir.path, 'missing', 'artifacts', gone?.sha256 ?? ''));
    const verdict = await verdictOf('missing');
    expect(verdict).toMatchObject({ code: 4, complete: { answer: 'artifacts_missing' } });
    expect(verdict.complete.artifacts.missing).toContain('unit/1/stdout');
    expect((await verify('missing')).stdout).toContain('1 missing');
  });

  it('exits with 1 when an artifact was changed', async () => {
    await cp(join(dir.path, 'plain'), join(dir.path, 'forged'), { recursive: true });
    const [artifact] = schema.parse(JSON.parse(text)).artifacts;
    await writeFile(join(dir.path, 'forged', 'artifacts', artifact?.sha256 ?? ''), 'forged');
    expect(await verdictOf('forged')).toMatchObject({ code: 1, complete: { answer: 'no' } });
  });

  it('tells a trusted signature from a stranger’s and from none', async () => {
    expect(await verdictOf('signed', '--key', 'ci.pub')).toMatchObject({ code: 0, authentic: { answer: 'yes' } });
    expect(await verdictOf('signed', '--key', 'stranger.pub', '--key', 'ci.pub')).toMatchObject({ code: 0 });
    expect(await verdictOf('signed', '--key', 'stranger.pub')).toMatchObject({
      code: 1,
      authentic: { answer: 'no', problems: [{ pointer: '/integrity/signatures' }] },
    });
    expect(await verdictOf('plain', '--key', 'ci.pub')).toMatchObject({
      code: 3,
      authentic: { answer: 'undecidable' },
    });
    expect(await verify('signed', '--key', 'ci.key')).toMatchObject({ code: 2, stdout: '' });
  });

  it('holds the evidence against what the caller expects', async () => {
    const { evidence_id, plan, integrity } = schema.parse(JSON.parse(text));
    const expected = ['--evidence-id', evidence_id, '--plan-hash', plan.plan_hash, '--head', integrity.head_entry_hash];
    expect(await verdictOf('plain', ...expected)).toMatchObject({ code: 0, expected: { answer: 'yes' } });
    for (const [option, pointer] of [
      ['--head', '/integrity/head_entry_hash'],
      ['--plan-hash', '/plan/plan_hash'],
    ] as const) {
      const verdict = await verdictOf('plain', option, '0'.repeat(64));
      expect(verdict).toMatchObject({ code: 1, intact: { answer: 'yes' }, expected: { answer: 'no' } });
      expect(verdict.expected.problems).toMatchObject([{ pointer }]);
    }
    expect(await verdictOf('plain', '--commit', 'abcdef1')).toMatchObject({ code: 1 });
    expect(await verdictOf('plain', '--repo', 'acme/shop')).toMatchObject({ code: 1 });
  });

  it.each([
    ['is not there', 'nowhere.json', undefined],
    ['is no JSON', 'text.json', 'hello'],
    ['is no envelope', 'other.json', '{"a":1}'],
    ['has a key twice', 'twice.json', '{"schema_version":"1.0","schema_version":"1.0"}'],
    ['is empty', 'empty.json', ''],
  ])('exits with 2 for a file that %s', async (_case, name, content) => {
    if (content !== undefined) await writeFile(join(dir.path, name), content);
    const run = await verify(name);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^quoderat: [^\n]+\n$/);
  });
});

describe('quoderat show', () => {
  it('prints the evidence of a folder, a file and a bundle for people', async () => {
    for (const named of ['plain', 'plain/envelope.json', 'plain.tar.gz']) {
      await runCli(['bundle', 'plain'], { cwd: dir.path });
      const run = await runCli(['show', named], { cwd: dir.path });
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(run.stdout).toContain('unit');
      expect(run.stdout).toContain('lint');
    }
  });

  it('does not show a changed envelope as if it were intact', async () => {
    const changed = await writeChanged('shown.json', '"name":"unit"', '"name":"unix"');
    const [honest, forged] = [
      await runCli(['show', 'plain'], { cwd: dir.path }),
      await runCli(['show', changed], { cwd: dir.path }),
    ];
    expect(forged.stdout.replaceAll('unix', 'unit')).not.toBe(honest.stdout);
    expect(forged.stdout).toContain('/execution/steps/0');
  });

  it('colours nothing in a pipe, something when forced to, and nothing when NO_COLOR says so', async () => {
    const escape = '\u001B[';
    const shown = async (env: Record<string, string>, ...flags: string[]) =>
      (await runCli(['show', 'plain', ...flags], { cwd: dir.path, env })).stdout;
    expect(await shown({})).not.toContain(escape);
    expect(await shown({ FORCE_COLOR: '1' })).toContain(escape);
    expect(await shown({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain(escape);
    expect(await shown({ FORCE_COLOR: '1' }, '--no-color')).not.toContain(escape);
  });

  it('refuses what is no whole envelope', async () => {
    await writeFile(join(dir.path, 'part.json'), '{"schema_version":"1.0"}');
    expect(await runCli(['show', 'part.json'], { cwd: dir.path })).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('quoderat bundle', () => {
  it('gives the same bytes every time, and says their SHA-256', async () => {
    await cp(join(dir.path, 'plain'), join(dir.path, 'copy'), { recursive: true });
    for (const name of ['plain', 'copy']) {
      const run = await runCli(['bundle', name, '--out', `${name}-again.tar.gz`], { cwd: dir.path });
      const bytes = await readFile(join(dir.path, `${name}-again.tar.gz`));
      expect(run).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(`sha256 ${sha256(bytes)}\n`) });
    }
    const [first, second] = ['plain', 'copy'].map((name) => readFile(join(dir.path, `${name}-again.tar.gz`)));
    expect(await first).toEqual(await second);
  });

  it('takes the place of an earlier bundle, and of nothing else', async () => {
    const args = ['bundle', 'plain', '--out'];
    const envelope = await readFile(join(dir.path, 'plain/envelope.json'));
    const over = await runCli([...args, 'plain/envelope.json'], { cwd: dir.path });
    expect(over).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('exists, is no bundle') });
    expect(await readFile(join(dir.path, 'plain/envelope.json'))).toEqual(envelope);
    for (const again of [1, 2])
      expect([again, (await runCli([...args, 'twice.tar.gz'], { cwd: dir.path })).code]).toEqual([again, 0]);
  });

  it('takes the place of an empty file, as mktemp makes it, and waits for no writer of a pipe', async () => {
    await writeFile(join(dir.path, 'empty'), '');
    expect(await runCli(['bundle', 'plain', '--out', 'empty'], { cwd: dir.path })).toMatchObject({ code: 0 });
    execFileSync('mkfifo', [join(dir.path, 'pipe')]);
    const piped = await runCli(['bundle', 'plain', '--out', 'pipe'], { cwd: dir.path });
    expect(piped).toMatchObject({ code: 2, stderr: expect.stringContaining('exists, is no bundle') });
  });

  it.each(['.', 'nowhere', 'quoderat.yml'])('refuses %s, which is no evidence folder', async (named) => {
    const run = await runCli(['bundle', named, '--out', 'no.tar.gz'], { cwd: dir.path });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(await readdir(dir.path)).not.toContain('no.tar.gz');
  });
});
