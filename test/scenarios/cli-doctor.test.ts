import { execFileSync } from 'node:child_process';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/schema/checkup.ts';
import { runCli, writeManifest } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

/** The checks that `quoderat doctor --json` prints. */
async function checksOf(cwd: string, args: string[] = [], env: Record<string, string> = {}) {
  const { code, stdout } = await runCli(['doctor', '--json', ...args], { cwd, env });
  const { checks }: { checks: Check[] } = JSON.parse(stdout);
  return { code, find: (name: string) => checks.find((check) => check.name === name) };
}

describe('quoderat doctor', () => {
  it('executes nothing of the manifest and leaves nothing behind', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: a, kind: command, run: touch ran }\n');
    const run = await runCli(['doctor'], { cwd: dir.path });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('✓ ok       Node');
    expect(run.stdout).toContain('Nothing that is needed is missing');
    expect(await readdir(dir.path)).toEqual(['quoderat.yml']);
  });

  it('ends with 1 and a remedy when a step cannot start', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: a, kind: command, argv: [frobnicate] }\n');
    const run = await runCli(['doctor'], { cwd: dir.path });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/✗ missing {2}frobnicate .*step a cannot start without it\n +→ \S/);
    expect(run.stdout).toContain('✗ 1 missing');
  });

  it('finds programs as a step would: on the PATH that it is given', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: a, kind: command, run: cargo test }\n');
    const bare = await checksOf(dir.path, [], { PATH: dir.path });
    expect(bare.code).toBe(1);
    expect(bare.find('bash')?.state).toBe('missing');
    expect(bare.find('cargo')).toMatchObject({ state: 'missing', detail: expect.stringContaining('probably') });
    await writeFile(join(dir.path, 'cargo'), '', { mode: 0o755 });
    await writeFile(join(dir.path, 'bash'), '', { mode: 0o755 });
    expect(await checksOf(dir.path, [], { PATH: dir.path })).toMatchObject({ code: 0 });
  });

  it('looks at the machine alone where there is no manifest, and refuses one that was named', async () => {
    await using dir = await makeTempDir();
    const { code, find } = await checksOf(dir.path);
    expect(code).toBe(0);
    expect(find('quoderat.yml')).toMatchObject({ state: 'warn', remedies: [expect.stringContaining('init')] });
    expect(await runCli(['doctor', 'nowhere.yml'], { cwd: dir.path })).toMatchObject({ code: 2, stdout: '' });
    expect(await runCli(['doctor', '--workspace', 'nowhere'], { cwd: dir.path })).toMatchObject({
      code: 2,
      stdout: '',
    });
  });

  it('takes a manifest with faults for something that is missing', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: a, kind: command, rum: x }\n');
    const { code, find } = await checksOf(dir.path);
    expect(code).toBe(1);
    expect(find('quoderat.yml')).toMatchObject({ state: 'missing', detail: expect.stringContaining('line 4') });
  });

  it('reads the checkout, and says when its history is cut', async () => {
    await using dir = await makeTempDir();
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', dir.path, '-c', 'user.name=x', '-c', 'user.email=x@x', ...args]);
    git('init', '--quiet', 'one');
    execFileSync('git', [
      '-C',
      join(dir.path, 'one'),
      '-c',
      'user.name=x',
      '-c',
      'user.email=x@x',
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      'a',
    ]);
    execFileSync('git', [
      '-C',
      join(dir.path, 'one'),
      '-c',
      'user.name=x',
      '-c',
      'user.email=x@x',
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      'b',
    ]);
    git('clone', '--quiet', '--depth=1', `file://${join(dir.path, 'one')}`, 'two');
    expect((await checksOf(join(dir.path, 'one'))).find('checkout')?.state).toBe('ok');
    expect((await checksOf(join(dir.path, 'one'))).find('history')).toBeUndefined();
    expect((await checksOf(join(dir.path, 'two'))).find('history')?.state).toBe('warn');
    await rm(join(dir.path, 'one', '.git', 'HEAD'));
    expect((await checksOf(join(dir.path, 'one'))).find('checkout')?.state).toBe('warn');
  });

  it('tells what a forge’s job lacks, without any value of its environment', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'pass_env: [MY_TOKEN]\nsteps:\n  - { id: a, kind: command, run: echo }\n');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://ghes.example', MY_TOKEN: 'correct-horse' };
    const { stdout } = await runCli(['doctor'], { cwd: dir.path, env });
    expect(stdout).toContain('ghes.example has no artifact service');
    expect(stdout).not.toContain('correct-horse');
    expect((await checksOf(dir.path, [], { GITLAB_CI: 'true' })).find('GitLab job')).toBeDefined();
    expect((await checksOf(dir.path, [], { TZ: 'Europe/Atlantis' })).find('time zone')?.state).toBe('warn');
  });
});
