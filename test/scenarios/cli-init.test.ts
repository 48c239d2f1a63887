import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { parseEnvelope } from '../support/evidence.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const packageJson = JSON.stringify({ type: 'module', scripts: { test: 'node --test', 'say: "hi"\n': 'true' } });

/** A folder with a Node project that is tested by Node itself. */
async function makeProject(): Promise<Awaited<ReturnType<typeof makeTempDir>>> {
  const dir = await makeTempDir();
  await writeFile(join(dir.path, 'package.json'), packageJson);
  await writeFile(join(dir.path, 'a.test.js'), "import { test } from 'node:test';\ntest('adds', () => {});\n");
  return dir;
}

describe('quoderat init', () => {
  it('writes a manifest that plan accepts and run runs, with the report of the tests in the evidence', async () => {
    await using dir = await makeProject();
    const written = await runCli(['init'], { cwd: dir.path });
    expect(written).toMatchObject({ code: 0, stderr: '' });
    expect(written.stdout).toContain('1 step (test) from package.json');
    expect(written.stdout).toContain('junit.xml');
    expect((await runCli(['plan'], { cwd: dir.path })).code).toBe(0);
    expect((await runCli(['doctor'], { cwd: dir.path })).code).toBe(0);

    const run = await runCli(['run', '--out', 'evidence'], { cwd: dir.path });
    expect(run.code).toBe(0);
    const envelope = parseEnvelope(await readFile(join(dir.path, 'evidence', 'envelope.json')));
    const report = envelope.artifacts.find(({ kind }) => kind === 'report');
    expect(report?.name).toBe('junit.xml');
    expect(await readFile(join(dir.path, 'evidence', 'artifacts', report?.sha256 ?? ''), 'utf8')).toContain('adds');
  });

  it('leaves a file that is there alone, unless it is told to overwrite it', async () => {
    await using dir = await makeProject();
    const path = join(dir.path, 'quoderat.yml');
    await writeFile(path, 'mine');
    const refused = await runCli(['init'], { cwd: dir.path });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^quoderat: quoderat\.yml exists .*--force.*\n$/);
    expect(await readFile(path, 'utf8')).toBe('mine');
    expect((await runCli(['init', '--force'], { cwd: dir.path })).code).toBe(0);
    expect(await readFile(path, 'utf8')).toContain('node --test');
  });

  it('prints the same with --stdout, and writes nothing', async () => {
    await using dir = await makeProject();
    const before = await readdir(dir.path);
    const printed = await runCli(['init', '--stdout'], { cwd: dir.path });
    expect(await readdir(dir.path)).toEqual(before);
    await runCli(['init', '--out', 'ci.yml'], { cwd: dir.path });
    expect(await readFile(join(dir.path, 'ci.yml'), 'utf8')).toBe(printed.stdout);
  });

  it('says why a manifest cannot be written', async () => {
    await using dir = await makeProject();
    const run = await runCli(['init', '--out', 'nowhere/ci.yml'], { cwd: dir.path });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^quoderat: nowhere\/ci\.yml can't be written: [^\n]+\n$/);
  });

  it('writes an example that runs into an empty folder', async () => {
    await using dir = await makeTempDir();
    expect((await runCli(['init'], { cwd: dir.path })).stdout).toContain('an example to fill in');
    expect((await runCli(['run', '--out', 'evidence'], { cwd: dir.path })).code).toBe(0);
  });
});
