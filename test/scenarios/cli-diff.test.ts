import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/schema/comparison.ts';
import { runCli, writeManifest } from '../support/run-cli.ts';
import { makeTempDir } from '../support/temp-dir.ts';

let dir: Awaited<ReturnType<typeof makeTempDir>>;

const manifest = (make: string, unit: string): string => `steps:
  - { id: make, kind: build, run: "${make}", outputs: [out.txt] }
  - { id: unit, kind: command, run: "${unit}" }
`;

beforeAll(async () => {
  dir = await makeTempDir();
  await writeManifest(dir.path, manifest('echo 1 > out.txt', 'date'));
  for (const out of ['one', 'again']) await runCli(['run', '--out', out], { cwd: dir.path });
  await writeManifest(dir.path, manifest('echo 2 > out.txt', 'date; exit 3'));
  await runCli(['run', '--out', 'other'], { cwd: dir.path });
  await runCli(['bundle', 'other'], { cwd: dir.path });
});
afterAll(() => dir[Symbol.asyncDispose]());

const diff = (...args: string[]) => runCli(['diff', ...args], { cwd: dir.path });

describe('quoderat diff', () => {
  it('ends with 0 when two runs of the same differ in times and output alone', async () => {
    const run = await diff('one', 'again');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(
      run.stdout
        .split('\n')
        .slice(0, 2)
        .every((line) => line.includes('✓ intact')),
    ).toBe(true);
    expect(run.stdout).toContain('No relevant difference');
  });

  it('ends with 1 and tells what differs, for people and as JSON, whatever form the evidence has', async () => {
    const run = await diff('one', 'other.tar.gz');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('✗ unit: success → failed');
    expect(run.stdout).toContain('out.txt: other content');
    const json = await diff('one/envelope.json', 'other', '--json');
    expect(json.code).toBe(1);
    const comparison: Comparison = JSON.parse(json.stdout);
    expect(comparison.changes?.map(({ code, subject }) => `${code} ${subject ?? ''}`.trim())).toEqual([
      'run_status',
      'plan_hash',
      'manifest',
      'step_command make',
      'step_status unit',
      'step_command unit',
      'output_changed out.txt',
    ]);
    expect(comparison.before).toMatchObject({ named: 'one/envelope.json', intact: 'yes', status: 'success' });
  });

  it('reads one of the two from stdin, but not both', async () => {
    const bytes = await readFile(join(dir.path, 'one', 'envelope.json'));
    const piped = await runCli(['diff', '-', 'again'], { cwd: dir.path, stdin: bytes });
    expect(piped.code).toBe(0);
    expect((await diff('-', '-')).code).toBe(2);
  });

  it('compares nothing with an envelope that was changed, whichever side it is on, and ends with 2', async () => {
    const text = await readFile(join(dir.path, 'other', 'envelope.json'), 'utf8');
    await writeFile(join(dir.path, 'forged.json'), text.replaceAll('"status":"failed"', '"status":"success"'));
    for (const args of [
      ['one', 'forged.json'],
      ['forged.json', 'one'],
    ]) {
      const run = await diff(...args);
      expect(run.code).toBe(2);
      expect(run.stdout).toContain('NOT INTACT');
      expect(run.stdout).toContain('/execution/steps/');
      expect(run.stdout).not.toContain('out.txt');
      const json: Comparison = JSON.parse((await diff(...args, '--json')).stdout);
      expect(json.changes).toBeNull();
    }
  });

  it.each([
    ['is not there', 'nowhere.json', undefined],
    ['is no envelope', 'text.json', '{"a":1}'],
    ['has a member that no envelope has', 'more.json', '{"schema_version":"1.0","nope":1}'],
  ])('ends with 2 for a file that %s', async (_name, file, content) => {
    if (content !== undefined) await writeFile(join(dir.path, file), content);
    const run = await diff('one', file);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^quoderat: [^\n]+\n$/);
  });
});
