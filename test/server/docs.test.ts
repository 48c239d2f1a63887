import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseIssuers } from '../../src/server/auth/issuers.ts';
import { parseTokenList } from '../../src/server/auth/token-list.ts';
import { readRules } from '../../src/server/finalize/read-rules.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const root = resolve(import.meta.dirname, '../..');
const page = await readFile(join(root, 'docs/server.md'), 'utf8');
const blocks = [...page.matchAll(/```(\w*)\n([\s\S]*?)```/g)].map(([, language, text = '']) => ({ language, text }));

describe('docs/server.md', () => {
  it('lists every variable that the server reads, and no other', async () => {
    const code = await readFile(join(root, 'src/server/settings.ts'), 'utf8');
    const read = new Set(code.match(/\b(?:QUODERAT_[A-Z_]+|OTEL_[A-Z_]+|DATABASE_URL|ARTIFACT_STORE_URI)\b/g));
    const table = page.slice(page.indexOf('## Settings'), page.indexOf('## Tokens'));
    const listed = new Set(table.match(/\b(?:QUODERAT_[A-Z_]+|OTEL_[A-Z_]+|DATABASE_URL|ARTIFACT_STORE_URI)\b/g));
    expect([...listed].toSorted()).toEqual([...read].toSorted());
  });

  it('shows a token list, issuers and redaction rules that are taken as they stand', async () => {
    await using dir = await makeTempDir();
    const json = blocks.filter(({ language }) => language === 'json').map(({ text }) => text);
    const issuers = json.find((text) => text.includes('issuers')) ?? '';
    expect(parseIssuers(issuers).map(({ kind }) => kind)).toEqual(['github', 'gitlab']);
    const rules = join(dir.path, 'rules.json');
    await writeFile(rules, json.find((text) => text.includes('patterns')) ?? '');
    const { text } = (await readRules(rules)).text('buildfarm7.corp.example.com SECRET-1');
    expect(text).toBe('[redacted:build-host] [redacted:ticket]');
    const tokens = blocks.find((block) => block.text.startsWith('ci-shop'))?.text ?? '';
    expect(tokens.trimEnd().split('\n')).toHaveLength(3);
    const list = parseTokenList(tokens);
    // Lines are copied: none may let in whoever guesses.
    for (const word of [
      '',
      'test',
      'test1',
      'test2',
      'test3',
      'token',
      'secret',
      'password',
      'admin',
      'foo',
      'changeme',
    ])
      expect(list.find(word)).toBeUndefined();
  });
});
