import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRules } from '../../../src/server/finalize/read-rules.ts';
import { makeTempDir } from '../../support/temp-dir.ts';

async function read(text: string): Promise<unknown> {
  await using dir = await makeTempDir();
  const path = join(dir.path, 'rules.json');
  await writeFile(path, text);
  return await readRules(path).catch((error: unknown) => error);
}

describe("the server's redaction rules", () => {
  it('take out what they name, in its encodings too, and credentials in any case', async () => {
    await using dir = await makeTempDir();
    const path = join(dir.path, 'rules.json');
    const value = 'buildfarm7.corp.example.com';
    await writeFile(
      path,
      JSON.stringify({ values: [{ id: 'host', value }], patterns: [{ id: 'ticket', pattern: 'T-[0-9]{1,4}' }] }),
    );
    const redactor = await readRules(path);
    const text = `${value} ${Buffer.from(value).toString('base64')} T-12 ghp_${'a1B2'.repeat(9)}`;
    expect(redactor.text(text).text).toMatch(
      /^\[redacted:host\] \[redacted:host\]\S* \[redacted:ticket\] \[redacted:github-token\]$/,
    );
  });

  it.each([
    ['secret-looking nonsense {', 'no JSON'],
    ['{"values":[{"id":"x","value":"abc"}]}', '/values/0/value'],
    ['{"values":[{"id":"a b","value":"abcdef"}]}', '/values/0/id'],
    ['{"patterns":[{"id":"x","pattern":"(a+)+$"}]}', 'pattern of x'],
    ['{"pattern":[]}', 'pattern'],
  ])('are refused as %s, without a word of what they hold', async (text, words) => {
    const error = await read(text);
    expect(error).toMatchObject({ code: 'malformed' });
    expect(String(error)).toContain(words);
    expect(String(error)).not.toMatch(/secret-looking|abcdef/);
  });

  it('must be there when they are named', async () => {
    await expect(readRules('/nowhere/rules.json')).rejects.toMatchObject({ code: 'unreadable' });
  });
});
