import { execFileSync } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envelope as schema } from '../../src/schema/envelope.ts';
import { isRunning } from '../support/processes.ts';
import { runCli, startCli, writeManifest } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

/** A step that says its process id and then stays; its grandchild does, too, and neither heeds SIGTERM. */
const stubborn = `steps:
  - id: stays
    kind: command
    run: |
      trap '' TERM
      sleep 300 &
      echo "begun $$ $!"
      wait
  - { id: after, kind: command, run: echo never }
`;

async function readEnvelope(dir: string) {
  return schema.parse(JSON.parse(await readFile(join(dir, 'evidence', 'envelope.json'), 'utf8')));
}

/** What a run has in temporary folders. */
async function listScratch(runId: string): Promise<string[]> {
  const names = await Promise.all([...new Set(['/dev/shm', tmpdir()])].map((dir) => readdir(dir)));
  return names.flat().filter((name) => name.includes(runId.replaceAll('-', '')));
}

describe('a run that is stopped', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    'by %s ends its steps and their processes, seals them as aborted, and exits with %i',
    async (signal, code) => {
      await using dir = await makeTempDir();
      await writeManifest(dir.path, stubborn);
      const cli = startCli(['run', '--out', 'evidence'], { cwd: dir.path });
      const [, leader, child] = await cli.waitFor(/begun (\d+) (\d+)/);
      cli.child.kill(signal);
      const run = await cli.done;
      expect(run.code).toBe(code);
      expect(run.stderr).toContain(signal);
      expect([leader, child].map((pid) => isRunning(Number(pid)))).toEqual([false, false]);

      const { execution } = await readEnvelope(dir.path);
      expect(execution).toMatchObject({ status: 'aborted', termination: 'cancelled' });
      expect(execution.steps.map(({ status }) => status)).toEqual(['aborted', 'skipped']);
      expect((await runCli(['verify', 'evidence'], { cwd: dir.path })).code).toBe(0);
    },
  );

  it('is still sealed when Ctrl-C is pressed a second time, which is answered once', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, stubborn);
    const cli = startCli(['run', '--out', 'evidence'], { cwd: dir.path });
    await cli.waitFor(/begun/);
    cli.child.kill('SIGINT');
    await cli.waitFor(/SIGINT: ending/);
    // A repetition right away counts as the same key press: npm makes such.
    const again = setInterval(() => cli.child.kill('SIGINT'), 150);
    await cli.waitFor(/still sealing/);
    clearInterval(again);
    const run = await cli.done;
    expect(run.code).toBe(130);
    expect(run.stderr.match(/still sealing/g)).toHaveLength(1);
    expect((await readEnvelope(dir.path)).execution.status).toBe('aborted');
  });

  it('that is refused leaves no git behind, however slow', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, stubborn);
    await mkdir(join(dir.path, 'bin'));
    await writeFile(join(dir.path, 'bin/git'), `#!/bin/sh\necho $$ >>'${dir.path}/pids'\nexec sleep 300\n`, {
      mode: 0o755,
    });
    const env = { PATH: `${join(dir.path, 'bin')}:${process.env.PATH ?? ''}` };
    const run = await runCli(['run', '--expected-plan-hash', 'a'.repeat(64)], { cwd: dir.path, env });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    // What was ended before it wrote its id is not there; all that is there has ended.
    const pids = await readFile(join(dir.path, 'pids'), 'utf8').catch(() => '');
    await expect.poll(() => pids.split('\n').filter((pid) => pid !== '' && isRunning(Number(pid)))).toEqual([]);
  });

  it('that is killed outright leaves what `quoderat seal` seals as aborted', async () => {
    await using dir = await makeTempDir();
    await writeManifest(
      dir.path,
      `steps:\n  - { id: done, kind: command, run: echo first }\n${stubborn.slice('steps:\n'.length)}`,
    );
    const git = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
    for (const args of [
      ['init', '-q'],
      ['add', '.'],
      [...git, 'commit', '-qm', 'one'],
    ])
      execFileSync('git', args, { cwd: dir.path });
    const cli = startCli(['run', '--out', 'evidence'], { cwd: dir.path });
    const [, leader, child] = await cli.waitFor(/begun (\d+) (\d+)/);
    cli.child.kill('SIGKILL');
    await cli.done;

    const journal = await readFile(join(dir.path, 'evidence/journal.ndjson'), 'utf8');
    const runId = /"run_id":"([^"]+)"/.exec(journal)?.[1] ?? '';
    expect(await listScratch(runId), 'one for the steps, one for the work tree').toHaveLength(2);

    // Nobody was there to end the step when its runner was killed: the sealing does.
    const sealed = await runCli(['seal', 'evidence'], { cwd: dir.path });
    expect(sealed).toMatchObject({ code: 0, stderr: expect.stringMatching(/\d processes .* were killed/) });
    expect([leader, child].map((pid) => isRunning(Number(pid)))).toEqual([false, false]);
    const { execution } = await readEnvelope(dir.path);
    expect(await listScratch(runId)).toEqual([]);
    expect(execution).toMatchObject({ status: 'aborted', termination: 'process_lost' });
    expect(execution.steps.map(({ status }) => status)).toEqual(['success', 'aborted', 'skipped']);
    expect((await runCli(['verify', 'evidence'], { cwd: dir.path })).code).toBe(0);

    const before = await readFile(join(dir.path, 'evidence', 'envelope.json'));
    const again = await runCli(['seal', 'evidence'], { cwd: dir.path });
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('sealed already');
    expect(await readFile(join(dir.path, 'evidence', 'envelope.json'))).toEqual(before);
  });

  it('is not sealed as lost while it lives', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, stubborn);
    const cli = startCli(['run', '--out', 'evidence'], { cwd: dir.path });
    await cli.waitFor(/begun/);
    const sealed = await runCli(['seal', 'evidence'], { cwd: dir.path });
    expect(sealed).toMatchObject({ code: 2, stdout: '' });
    expect(sealed.stderr).toContain(String(cli.child.pid));
    cli.child.kill('SIGTERM');
    expect((await cli.done).code).toBe(143);
  });
});

describe('quoderat seal', () => {
  it('refuses a folder whose envelope is none, and changes nothing there', async () => {
    await using dir = await makeTempDir();
    const path = join(dir.path, 'envelope.json');
    for (const text of ['{"schema_version":"1.0"}', 'text', '']) {
      await writeFile(path, text);
      const sealed = await runCli(['seal', '.'], { cwd: dir.path });
      expect(sealed).toMatchObject({ code: 2, stdout: '' });
      expect(sealed.stderr).toMatch(/^quoderat: [^\n]+\n$/);
      expect(await readFile(path, 'utf8')).toBe(text);
    }
  });

  it('says of a folder without a run that there is nothing to seal', async () => {
    await using dir = await makeTempDir();
    for (const folder of ['.', 'nowhere']) {
      const sealed = await runCli(['seal', folder], { cwd: dir.path });
      expect(sealed).toMatchObject({ code: 2, stdout: '' });
      expect(sealed.stderr).toMatch(/^quoderat: [^\n]+\n$/);
    }
  });
});
