import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanEnv, cliPath, runCli, writeManifest } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

/** script(1) of util-linux runs a command on a pseudo-terminal of its own. */
const hasScript = spawnSync('script', ['--version']).status === 0;
const showCursor = '\u001B[?25h';

function onTerminal(command: string, cwd: string, env: Record<string, string> = {}) {
  const words = `'${process.execPath}' '${cliPath}' ${command}`;
  return spawnSync('script', ['-qec', words, '/dev/null'], {
    cwd,
    env: cleanEnv(env),
    encoding: 'utf8',
    timeout: 25_000,
  });
}

describe(`on a terminal (needs script(1), which is ${hasScript ? '' : 'not '}here)`, () => {
  it.skipIf(!hasScript)('there is a live list, then a summary, and the cursor comes back', async () => {
    await using dir = await makeTempDir();
    await writeManifest(
      dir.path,
      'steps:\n  - { id: slow, kind: command, run: "echo at work; sleep 0.5" }\n  - { id: bad, kind: command, run: "echo oh no; exit 3" }\n',
    );
    const run = onTerminal('run --out evidence', dir.path);
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('at work');
    expect(run.stdout).toContain('oh no');
    expect(run.stdout).toMatch(/\u001B\[\d+A\u001B\[J/);
    expect(run.stdout.lastIndexOf(showCursor)).toBeGreaterThan(run.stdout.lastIndexOf('\u001B[?25l'));
    const [, , end = ''] = run.stdout.split(showCursor).at(-1)?.split('\r\n') ?? [];
    expect(run.stdout).toContain('Failed: 1 of 2 steps failed');
    expect(end).toMatch(/^ {2}verify/);
  });

  it.skipIf(!hasScript)('nothing is coloured with NO_COLOR, and no cursor moves with TERM=dumb', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: quick, kind: command, run: echo done }\n');
    const colour = /\u001B\[\d*m/;
    expect(onTerminal('run --out coloured', dir.path).stdout).toMatch(colour);
    expect(onTerminal('run --out plain', dir.path, { NO_COLOR: '1' }).stdout).not.toMatch(colour);
    expect(onTerminal('run --out dumb', dir.path, { TERM: 'dumb' }).stdout).not.toContain('\u001B');
  });
});

describe('in the jobs of a forge', () => {
  it('folds the log as GitHub does, and keeps its commands from the steps', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: talk, kind: command, run: "echo ::error::not from you" }\n');
    const run = await runCli(['run', '--out', 'evidence'], {
      cwd: dir.path,
      env: { GITHUB_ACTIONS: 'true', CI: 'true' },
    });
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^::group::talk[^\n]*\n::stop-commands::[0-9a-f]{32,}\n/m);
  });

  it('folds the log as GitLab does', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: talk, kind: command, run: echo hello }\n');
    const run = await runCli(['run', '--out', 'evidence'], { cwd: dir.path, env: { GITLAB_CI: 'true', CI: 'true' } });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('section_start:');
    expect(await readFile(join(dir.path, 'evidence', 'summary.md'), 'utf8')).not.toContain('section_start');
  });
});
