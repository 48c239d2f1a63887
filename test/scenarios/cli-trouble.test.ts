import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanEnv, cliPath, runCli, writeManifest } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const pass = 'steps:\n  - { id: hello, kind: command, run: echo good morning }\n';
const fail = 'steps:\n  - { id: hello, kind: command, run: echo good morning; exit 3 }\n';

/** A file system of its own and of that size, while `use` runs; false where the machine does not let us. */
async function withSmallDisk(size: string, use: (path: string) => Promise<void>): Promise<boolean> {
  await using dir = await makeTempDir();
  const path = join(dir.path, 'disk');
  await mkdir(path);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]).status !== 0) return false;
  try {
    await use(path);
  } finally {
    spawnSync('umount', ['-l', path]);
  }
  return true;
}

describe('quoderat run of a step that takes its own files away', () => {
  it('seals all the same, as for `npm ci` where it lies in node_modules', async () => {
    await using dir = await makeTempDir();
    const tool = join(dir.path, 'tool');
    await cp(join(cliPath, '..'), tool, { recursive: true });
    await writeFile(join(tool, 'package.json'), '{"type":"module"}');
    await writeManifest(dir.path, `steps:\n  - { id: clean, kind: command, run: rm -rf '${tool}'; sleep 0.2 }\n`);
    const env = cleanEnv();
    const run = spawnSync(process.execPath, [join(tool, 'cli.js'), 'run', '--out', 'evidence'], { cwd: dir.path, env });
    expect({ code: run.status, stderr: run.stderr.toString() }).toEqual({ code: 0, stderr: '' });
    expect((await runCli(['verify', 'evidence'], { cwd: dir.path })).code).toBe(0);
  });
});

describe('quoderat run where evidence cannot be kept', () => {
  // /sys takes no new folder from anybody, root included.
  it.skipIf(process.platform !== 'linux')('says so, keeps it elsewhere, and lets the steps decide', async () => {
    await using dir = await makeTempDir();
    for (const [manifest, code] of [
      [pass, 0],
      [fail, 1],
    ] as const) {
      await writeManifest(dir.path, manifest);
      const run = await runCli(['run', '--out', '/sys/quoderat'], { cwd: dir.path, env: { TMPDIR: dir.path } });
      expect(run.code).toBe(code);
      expect(run.stderr).toMatch(/^quoderat: .*\/sys\/quoderat/m);
      const [, folder = ''] = /^ {2}evidence {2}(.+)$/m.exec(run.stdout) ?? [];
      expect((await runCli(['verify', folder], { cwd: dir.path })).code).toBe(0);
    }
  });

  it.skipIf(process.platform !== 'linux')('lets the steps decide where there is no place at all', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, pass);
    const env = { TMPDIR: '/sys/nowhere' };
    const run = await runCli(['run', '--out', '/sys/quoderat', '--json'], { cwd: dir.path, env });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('good morning');
    expect(run.stderr).toMatch(/^quoderat: no evidence could be written/m);
    expect(JSON.parse(run.stdout)).toMatchObject({ status: 'success', envelope_path: null });
  });

  it('says that the disk is full, and lets the steps decide', async ({ skip }) => {
    const flood =
      'steps:\n  - { id: flood, kind: command, run: head -c 4000000 /dev/urandom | base64 }\n  - { id: after, kind: command, run: "true" }\n';
    const mounted = await withSmallDisk('512k', async (disk) => {
      await using dir = await makeTempDir();
      await writeManifest(dir.path, flood);
      const run = await runCli(['run', '--out', join(disk, 'evidence'), '--json'], { cwd: dir.path });
      expect(run.stderr).toMatch(/full|ENOSPC/);
      const result: { status: string; envelope_path: string; problems: string[] } = JSON.parse(run.stdout);
      expect(run.code).toBe(result.status === 'success' ? 0 : 1);
      // The steps themselves were well; that their output was not kept is told, and makes neither of them fail.
      expect(result.status).toBe('success');
      expect(result.envelope_path).not.toBeNull();
    });
    if (!mounted) skip('this machine lets nobody mount a small file system');
  });

  it('writes whole files or none where files may not grow (RLIMIT_FSIZE)', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, pass);
    // 2 blocks of 1 KiB: too few for an envelope. Ours is the limit of the steps, too; theirs write nothing.
    const run = spawnSync('bash', ['-c', `ulimit -f 2; exec '${process.execPath}' '${cliPath}' run --out evidence`], {
      cwd: dir.path,
      env: cleanEnv({ TMPDIR: tmpdir() }),
      encoding: 'utf8',
    });
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('good morning');
    expect(run.stderr).toMatch(/^quoderat: /m);
    expect(await readdir(join(dir.path, 'evidence'))).not.toContain('envelope.json');
  });
});

describe('quoderat whose output has no room', () => {
  it.skipIf(process.platform !== 'linux')('says so once, finishes the run, and lets the steps decide', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, fail);
    const script = `'${process.execPath}' '${cliPath}' run --out evidence >/dev/full`;
    const run = spawnSync('bash', ['-c', script], { cwd: dir.path, env: cleanEnv(), encoding: 'utf8' });
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/^quoderat: what is printed is lost from here on: ENOSPC[^\n]*\n$/);
    expect((await runCli(['verify', 'evidence'], { cwd: dir.path })).code).toBe(0);
  });
});

describe('quoderat with a reader that goes away', () => {
  it('finishes and seals a run whose stdout is closed early', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: talk, kind: command, run: "seq 200000; touch ran" }\n');
    const script = `'${process.execPath}' '${cliPath}' run --out evidence | head -n 1 >/dev/null; echo "\${PIPESTATUS[0]}"`;
    const run = spawnSync('bash', ['-c', script], { cwd: dir.path, env: cleanEnv(), encoding: 'utf8' });
    expect(run).toMatchObject({ stdout: '0\n', stderr: '' });
    expect(await readdir(dir.path)).toContain('ran');
    expect(await readFile(join(dir.path, 'evidence', 'envelope.json'), 'utf8')).toContain('"status":"success"');
    const shown = spawnSync('bash', ['-c', script.replace(' run --out evidence', ' show evidence')], {
      cwd: dir.path,
      env: cleanEnv(),
      encoding: 'utf8',
    });
    expect(shown).toMatchObject({ stdout: '0\n', stderr: '' });
  });
});
