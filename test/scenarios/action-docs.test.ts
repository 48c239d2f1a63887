import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeMiniRunner, type StepResult } from '../support/mini-runner.ts';

const junit = (failures: number): string =>
  `<testsuite tests="1" failures="${failures}"><testcase name="adds tax">${failures > 0 ? '<failure message="no"/>' : ''}</testcase></testsuite>`;
const files = {
  'quoderat.yml':
    'version: 1\nname: shop\nsteps:\n  - { id: unit, kind: test, run: "cp $FROM junit.xml; exit $CODE", pass_env: [FROM, CODE], reports: [{ path: junit.xml, format: junit }] }\n',
  'passed.xml': junit(0),
  'failed.xml': junit(1),
  '.gitignore': 'junit.xml\nbase-envelope\n',
};
const passing = { FROM: 'passed.xml', CODE: '0' };
const failing = { FROM: 'failed.xml', CODE: '1' };

function toMessages({ log }: StepResult, level: string): string[] {
  return log.effects.annotations.filter((each) => each.level === level).map(({ message }) => message);
}

describe('what docs/github.md says of base-envelope', () => {
  const input = { 'base-envelope': 'base-envelope/envelope.json' };

  it('holds: the page says what is new since the envelope of the base', async () => {
    await using before = await makeMiniRunner({ files, env: passing });
    const base = await before.run('main');
    await using after = await makeMiniRunner({ files, env: failing, with: input });
    await mkdir(join(after.workspace, 'base-envelope'));
    await copyFile(base.outputs['envelope-path'] ?? '', join(after.workspace, 'base-envelope/envelope.json'));
    const step = await after.run('main');
    expect(step.exitCode).toBe(1);
    expect(step.summary).toContain('against base');
    expect(step.summary).toContain('**new**');
    expect(toMessages(step, 'warning')).toEqual([]);
  });

  it('holds: one that is not there, or not intact, is a warning and no deltas', async () => {
    await using before = await makeMiniRunner({ files, env: passing });
    const base = await readFile((await before.run('main')).outputs['envelope-path'] ?? '', 'utf8');
    for (const text of [undefined, base.replace('"shop"', '"ship"'), '{}']) {
      await using after = await makeMiniRunner({
        files: { ...files, ...(text !== undefined && { 'base-envelope/envelope.json': text }) },
        env: passing,
        with: input,
      });
      const step = await after.run('main');
      expect(step.exitCode).toBe(0);
      expect(toMessages(step, 'warning')).toEqual([expect.stringContaining('does not compare with the base')]);
      expect(step.summary).not.toContain('against base');
    }
  });
});

describe('what docs/github.md says of a server', () => {
  it.each(['warn', 'fail'])('holds: where a job can not log in, on-server-error decides (%s)', async (onError) => {
    await using runner = await makeMiniRunner({
      files: { 'quoderat.yml': 'version: 1\nname: a\nsteps:\n  - { id: a, kind: command, run: touch ran }\n' },
      with: { 'server-url': 'https://quoderat.example.com', 'on-server-error': onError },
    });
    const step = await runner.run('main');
    const isRefused = onError === 'fail';
    expect(step).toMatchObject(
      isRefused ? { exitCode: 2, outputs: { status: 'refused' } } : { exitCode: 0, outputs: { status: 'success' } },
    );
    expect(toMessages(step, isRefused ? 'error' : 'warning')).toEqual([expect.stringContaining('fork')]);
    expect(existsSync(join(runner.workspace, 'ran'))).toBe(!isRefused);
    if (!isRefused) expect(step.summary).toContain('sealed in the same job');
  });
});
