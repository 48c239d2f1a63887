import { spawnSync } from 'node:child_process';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src/cli/run-report.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { type Envelope, envelope as schema } from '../../src/schema/envelope.ts';
import { runEvent } from '../../src/schema/event.ts';
import { cleanEnv, cliPath, runCli, writeManifest } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

async function readEnvelope(path: string): Promise<Envelope> {
  return schema.parse(JSON.parse(await readFile(path, 'utf8')));
}

describe('quoderat run', () => {
  it('runs the steps, seals them, and prints a command that verifies the evidence', async () => {
    await using dir = await makeTempDir();
    await writeManifest(
      dir.path,
      'steps:\n  - { id: hello, kind: command, run: echo good morning }\n  - { id: bye, kind: command, needs: [hello], run: "true" }\n',
    );
    const run = await runCli(['run'], { cwd: dir.path });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('good morning');
    expect(run.stdout).toContain('Passed: 2 of 2 steps ran and passed');

    const [, folder = ''] = /^ {2}evidence {2}(.+)$/m.exec(run.stdout) ?? [];
    expect(folder).toMatch(/^\.quoderat\/\d{8}T\d{6}Z$/);
    const envelope = await readEnvelope(join(dir.path, folder, 'envelope.json'));
    expect(run.stdout).toContain(`  head      ${envelope.integrity.head_entry_hash}`);
    expect(envelope.execution.steps.map(({ id, status, exit_code }) => [id, status, exit_code])).toEqual([
      ['hello', 'success', 0],
      ['bye', 'success', 0],
    ]);

    const [, command = ''] = /^ {2}verify {4}(.+)$/m.exec(run.stdout) ?? [];
    const check = spawnSync(command, { cwd: dir.path, env: cleanEnv(), shell: true, encoding: 'utf8' });
    expect(check.stderr).toBe('');
    expect(check.status).toBe(0);
  });

  it('ends with 1 when a step fails, and says of each step what became of it', async () => {
    await using dir = await makeTempDir();
    await writeManifest(
      dir.path,
      'steps:\n  - { id: breaks, kind: command, run: echo oh no >&2; exit 7 }\n  - { id: after, kind: command, needs: [breaks], run: echo never }\n  - { id: other, kind: command, run: "true" }\n',
    );
    const run = await runCli(['run', '--out', 'evidence'], { cwd: dir.path });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('Failed: 1 of 3 steps failed, 1 not run');
    expect(run.stdout).not.toContain('never\n');
    const { execution } = await readEnvelope(join(dir.path, 'evidence', 'envelope.json'));
    expect(execution.status).toBe('failed');
    expect(execution.steps.map(({ status, exit_code }) => [status, exit_code])).toEqual([
      ['failed', 7],
      ['skipped', null],
      ['success', 0],
    ]);
    expect((await runCli(['verify', 'evidence'], { cwd: dir.path })).code).toBe(0);
  });

  it('ends a step that takes too long, and seals that', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: slow, kind: command, run: echo begun; sleep 300, timeout: 1s }\n');
    const run = await runCli(['run', '--out', 'evidence'], { cwd: dir.path });
    expect(run.code).toBe(1);
    const [slow] = (await readEnvelope(join(dir.path, 'evidence', 'envelope.json'))).execution.steps;
    expect(slow).toMatchObject({
      status: 'timed_out',
      termination: 'timed_out',
      exit_code: null,
      cause: { code: 'timeout' },
    });
  });

  it('prints one JSON object with --json, and the log on stderr', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: hello, kind: command, run: echo good morning }\n');
    const run = await runCli(['run', '--json', '--out', 'evidence'], { cwd: dir.path });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('good morning');
    const bytes = await readFile(join(dir.path, 'evidence', 'envelope.json'));
    const envelope = await readEnvelope(join(dir.path, 'evidence', 'envelope.json'));
    expect(JSON.parse(run.stdout)).toEqual({
      status: 'success',
      run_id: envelope.run_id,
      evidence_id: envelope.evidence_id,
      head_hash: envelope.integrity.head_entry_hash,
      envelope_path: join(dir.path, 'evidence', 'envelope.json'),
      envelope_sha256: sha256(bytes),
      plan_hash: envelope.plan.plan_hash,
      problems: [],
      diagnostics: [],
    });
  });

  it('prints events as JSON lines with --log json, and nothing else on stdout', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: hello, kind: command, run: echo good morning }\n');
    const run = await runCli(['run', '--log', 'json'], { cwd: dir.path });
    expect(run.code).toBe(0);
    const types = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => runEvent.parse(JSON.parse(line)).type);
    expect(types[0]).toBe('run_started');
    expect(types.at(-1)).toBe('run_finalized');
    expect(run.stderr).toMatch(/^ {2}verify {4}/m);
  });

  it('signs with the key from the environment, which no step is given', async () => {
    await using dir = await makeTempDir();
    await runCli(['keygen', '--out', 'ci'], { cwd: dir.path });
    await writeManifest(dir.path, 'steps:\n  - { id: look, kind: command, run: "env | sort" }\n');
    const pem = await readFile(join(dir.path, 'ci.key'), 'utf8');
    const run = await runCli(['run', '--out', 'evidence'], { cwd: dir.path, env: { QUODERAT_SIGNING_KEY: pem } });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('PATH=');
    expect(run.stdout).not.toContain('QUODERAT_SIGNING_KEY');
    expect(await runCli(['verify', 'evidence', '--key', 'ci.pub'], { cwd: dir.path })).toMatchObject({ code: 0 });
  });
});

describe('quoderat run, before anything runs', () => {
  it('reports every fault of a manifest at once, with its place, and leaves nothing behind', async () => {
    await using dir = await makeTempDir();
    await writeManifest(
      dir.path,
      'steps:\n  - { id: a, kind: command, runn: touch ran }\n  - { id: b, kind: command, run: touch ran, needs: [c], timeout: soon }\n',
    );
    const run = await runCli(['run'], { cwd: dir.path });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr.match(/^quoderat\.yml:\d+:\d+: /gm)?.length).toBeGreaterThanOrEqual(3);
    expect(run.stderr).toContain('did you mean `run`?');
    expect(await readdir(dir.path)).not.toContain('ran');
    expect(await readdir(join(dir.path, '.quoderat'))).toEqual(['.gitignore']);

    const json = await runCli(['run', '--json'], { cwd: dir.path });
    const result: RunResult = JSON.parse(json.stdout);
    expect(result).toMatchObject({ status: 'refused', run_id: null });
    expect(result.diagnostics.length).toBeGreaterThanOrEqual(3);
  });

  it('refuses another plan than the expected one', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: a, kind: command, run: touch ran }\n');
    const refused = await runCli(['run', '--expected-plan-hash', '0'.repeat(64)], { cwd: dir.path });
    expect(refused.code).toBe(2);
    expect(await readdir(dir.path)).not.toContain('ran');

    const [hash = ''] = /\b[0-9a-f]{64}\b/.exec(refused.stderr) ?? [];
    const agreed = await runCli(['run', '--expected-plan-hash', hash, '--out', 'evidence'], { cwd: dir.path });
    expect(agreed.code).toBe(0);
    const { plan } = await readEnvelope(join(dir.path, 'evidence', 'envelope.json'));
    expect(plan).toMatchObject({ plan_hash: hash, expected_plan_hash: hash });
  });

  it('refuses a folder that holds the evidence of another run, and changes nothing there', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, 'steps:\n  - { id: a, kind: command, run: "true" }\n');
    await runCli(['run', '--out', 'evidence'], { cwd: dir.path });
    const before = await stat(join(dir.path, 'evidence', 'envelope.json'));
    const again = await runCli(['run', '--out', 'evidence'], { cwd: dir.path });
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toMatch(/^quoderat: --out evidence is not empty[^\n]*\n$/);
    expect((await stat(join(dir.path, 'evidence', 'envelope.json'))).mtimeMs).toBe(before.mtimeMs);
  });

  it.each([
    ['there is no manifest', ['run'], 'there is no quoderat.yml; name the manifest, or let `quoderat init` write one'],
    ['there is none elsewhere', ['run', '--workspace', 'sub'], 'there is no sub/quoderat.yml'],
    ['a folder is no manifest', ['run', 'sub'], 'sub is a folder'],
    ['the workspace is no folder', ['run', '--workspace', 'nowhere'], '--workspace nowhere'],
    ['the key cannot be read', ['run', '--key', 'nowhere.key'], 'nowhere.key'],
  ])('says in one line that %s', async (_case, args, said) => {
    await using dir = await makeTempDir();
    await mkdir(join(dir.path, 'sub'));
    if (args.includes('--key')) await writeManifest(dir.path, 'steps:\n  - { id: a, kind: command, run: "true" }\n');
    const run = await runCli(args, { cwd: dir.path });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^quoderat: [^\n]+\n$/);
    expect(run.stderr).toContain(said);
  });

  it('has the same plan hash wherever the checkout lies and wherever it is called from', async () => {
    const hashes = new Set<string>();
    for (const from of ['.', 'deep/er']) {
      await using dir = await makeTempDir();
      const workspace = join(dir.path, 'checkout');
      spawnSync('mkdir', ['-p', join(workspace, 'deep', 'er')]);
      await writeFile(join(workspace, 'ci.yml'), 'version: 1\nsteps:\n  - { id: a, kind: command, run: "true" }\n');
      const cwd = join(workspace, from);
      const plan = await runCli(['plan', '--json', '--workspace', workspace, join(workspace, 'ci.yml')], { cwd });
      const printed: { plan_hash: string } = JSON.parse(plan.stdout);
      hashes.add(printed.plan_hash);
    }
    expect([...hashes]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });
});

/** The Node that the machine has, when it is not the one that runs the tests. */
const systemNode = (process.env['PATH'] ?? '')
  .split(':')
  .filter((folder) => !folder.includes('node_modules'))
  .map((folder) => join(folder, 'node'))
  .find((path) => spawnSync(path, ['--version']).status === 0);
const systemVersion =
  systemNode === undefined ? 'none' : spawnSync(systemNode, ['--version'], { encoding: 'utf8' }).stdout.trim();

describe(`quoderat on the system's Node (${systemVersion}; skipped when that is ${process.version} or none)`, () => {
  it.skipIf(systemNode === undefined || systemVersion === process.version)(
    'runs, seals, shows, bundles and verifies',
    async () => {
      await using dir = await makeTempDir();
      await writeManifest(
        dir.path,
        'steps:\n  - { id: hello, kind: command, run: echo good morning }\n  - { id: bad, kind: command, run: exit 3 }\n',
      );
      const options = { cwd: dir.path, ...(systemNode !== undefined && { node: systemNode }) };
      expect(await runCli(['run', '--out', 'evidence'], options)).toMatchObject({ code: 1, stderr: '' });
      expect(await runCli(['show', 'evidence'], options)).toMatchObject({ code: 0, stderr: '' });
      expect(await runCli(['bundle', 'evidence'], options)).toMatchObject({ code: 0, stderr: '' });
      expect(await runCli(['verify', 'evidence.tar.gz'], options)).toMatchObject({ code: 0, stderr: '' });
      expect(await runCli(['plan'], options)).toMatchObject({ code: 0, stderr: '' });
      expect(cliPath).toMatch(/dist.cli\.js$/);
    },
  );
});
