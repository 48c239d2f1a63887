import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isObject } from '../../src/lib/json.ts';
import { parseManifest } from '../../src/manifest/parse.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { makeActionlint, makeLanguageService } from '../support/workflow-linters.ts';
import { parseCommandLine, toCommandLines, toNamedCommands, toUnknown } from './command-lines.ts';
import { pages, readPage, root, toCode } from './pages.ts';

const examples = readdirSync(join(root, 'examples/github'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yml'))
  .map((file) => readFileSync(join(root, 'examples/github', file), 'utf8'));
const check = await makeLanguageService(parse(readFileSync(join(root, 'action.yml'), 'utf8')));
const lint = await makeActionlint();

/** A workflow around steps that a page shows by themselves. */
const around = `name: Docs
on: [push, pull_request]
permissions:
  contents: read
jobs:
  job:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        package: [api, web]
    steps:
`;

/** What is wrong with a snippet of YAML, as far as it can be told what it is. */
async function toFaults(text: string): Promise<unknown[]> {
  if (examples.some((example) => isExcerpt(text, example))) return [];
  const value: unknown = parse(text);
  if (Array.isArray(value)) return complain(around + indent(text, 6));
  if (isObject(value) && 'jobs' in value) return complain(text);
  if (isObject(value) && 'steps' in value) {
    const parsed = parseManifest({ path: 'quoderat.yml', bytes: Buffer.from(text), form: 'manifest' });
    return parsed.ok ? [] : parsed.diagnostics;
  }
  return [`neither a workflow, steps, a manifest, nor a part of an example:\n${text}`];
}

async function complain(workflow: string): Promise<unknown[]> {
  await using dir = await makeTempDir();
  const path = join(dir.path, 'workflow.yml');
  writeFileSync(path, workflow);
  return [...(await check(path)), ...(await lint(path))];
}

/** Whether whole lines of an example are the snippet, all indented by the same. */
function isExcerpt(text: string, example: string): boolean {
  return Array.from({ length: 12 }, (_, depth) => `\n${indent(text, depth)}`).some((lines) =>
    `\n${example}`.includes(lines),
  );
}

function indent(text: string, depth: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(depth));
}

describe.each(['README.md', 'docs/github.md'])('the YAML in %s', (page) => {
  const snippets = toCode(readPage(page)).filter(({ language }) => language === 'yaml');

  it.each(snippets.map(({ text }, index) => [index + 1, text]))('is what it should be (%i)', async (_index, text) => {
    expect(await toFaults(text)).toEqual([]);
  });

  it('is there, and every block says what it is', () => {
    expect(snippets.length).toBeGreaterThan(1);
    const languages = toCode(readPage(page)).flatMap(({ language }) => language ?? []);
    expect(languages.filter((language) => !['yaml', 'sh'].includes(language))).toEqual([]);
  });

  it('pins every action of others to a commit', () => {
    const used = snippets.flatMap(({ text }) => text.match(/uses: .*/g) ?? []);
    const others = used.filter((line) => !line.startsWith('uses: quoderat/action@'));
    for (const line of others) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});

describe('the check of YAML', () => {
  it.each([
    ['an input that there is none of', '- uses: quoderat/action@v1\n  with:\n    manifesto: a.yml\n', 'manifesto'],
    ['a context that there is none of', '- run: echo ${{ github.shaa }}\n', 'shaa'],
    ['a step of a kind that there is none of', 'version: 1\nname: a\nsteps: [{ id: a, kind: x }]\n', 'kind'],
    ['what is nothing', 'evidence:\n  needs: everything\n', 'neither'],
  ])('would tell %s', async (_what, text, words) => {
    expect(JSON.stringify(await toFaults(text))).toContain(words);
  });
});

describe('the command lines of the docs', () => {
  it.each(pages)('are taken by the program: %s', async (page) => {
    for (const line of toCommandLines(page))
      await expect(parseCommandLine(line), line.join(' ')).resolves.toBe(undefined);
    expect(toNamedCommands(page).flatMap(toUnknown)).toEqual([]);
  });

  it('are found', () => {
    const counts = pages.map((page) => toCommandLines(page).length);
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(2);
    expect(pages.flatMap(toNamedCommands).length).toBeGreaterThan(20);
  });

  it('would be refused when they are wrong', async () => {
    await expect(parseCommandLine(['verify', 'x', '--comit', 'abcdef0'])).rejects.toThrow('--comit');
    expect(toUnknown(['verify', '--comit'])).toEqual(['verify --comit']);
    expect(toUnknown(['vrify'])).toEqual(['vrify']);
  });
});
