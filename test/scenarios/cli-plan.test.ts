import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plan as schema } from '../../src/schema/plan.ts';
import { runCli, writeManifest } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const steps = `steps:
  - { id: build, kind: command, run: touch ran }
  - { id: unit, kind: command, needs: [build], run: touch ran-too }
`;

describe('quoderat plan', () => {
  it('prints the steps and the hash that the run then has, and executes and writes nothing', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, steps);
    const plan = await runCli(['plan'], { cwd: dir.path });
    expect(plan).toMatchObject({ code: 0, stderr: '' });
    expect(plan.stdout).toContain('build');
    expect(plan.stdout).toContain('unit');
    expect(await readdir(dir.path)).toEqual(['quoderat.yml']);

    const [, hash = ''] = /plan hash ([0-9a-f]{64})/.exec(plan.stdout) ?? [];
    const run = await runCli(['run', '--json', '--expected-plan-hash', hash], { cwd: dir.path });
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ plan_hash: hash });
    expect(await readdir(dir.path)).toContain('ran-too');
  });

  it('prints the plan as JSON whose members are those of the evidence', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, steps);
    const run = await runCli(['plan', '--json'], { cwd: dir.path });
    const printed: { plan_hash: string; plan: unknown } = JSON.parse(run.stdout);
    expect(schema.parse(printed.plan).steps.map(({ id, needs }) => [id, needs])).toEqual([
      ['build', []],
      ['unit', ['build']],
    ]);
  });

  it('ends with 2 for another plan than the expected one, and for a manifest with faults', async () => {
    await using dir = await makeTempDir();
    await writeManifest(dir.path, steps);
    const other = await runCli(['plan', '--expected-plan-hash', '0'.repeat(64)], { cwd: dir.path });
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/^quoderat: [^\n]+\n$/);
    await writeManifest(dir.path, steps.replace('[build]', '[biuld]'));
    const faulty = await runCli(['plan'], { cwd: dir.path });
    expect(faulty).toMatchObject({ code: 2, stdout: '' });
    expect(faulty.stderr).toMatch(/quoderat\.yml:5:\d+: .*biuld/);
  });
});

describe('quoderat schema', () => {
  it.each(['manifest', 'envelope', 'event'])('prints schemas/%s.schema.json, byte for byte', async (name) => {
    await using dir = await makeTempDir();
    const printed = await runCli(['schema', name], { cwd: dir.path });
    const path = join(import.meta.dirname, '..', '..', 'schemas', `${name}.schema.json`);
    expect(printed).toEqual({ code: 0, stdout: await readFile(path, 'utf8'), stderr: '' });
  });
});
