import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/lib/hash.ts';
import { readPage, root } from './pages.ts';

describe('the pages name what there is', () => {
  it('every route of the server', () => {
    const api: { paths: Record<string, object> } = JSON.parse(readPage('schemas/openapi.json'));
    const page = readPage('docs/protocol.md');
    // `…/bundle` goes on from the address before it.
    const isNamed = (path: string): boolean => page.includes(path) || page.includes(`\`…/${path.split('/').at(-1)}\``);
    expect(Object.keys(api.paths).filter((path) => !isNamed(path))).toEqual([]);
  });

  const cli = readdirSync(join(root, 'src/cli'), { recursive: true, encoding: 'utf8' });
  it.each([
    [
      'docs/cli.md',
      ['src/sign/choose-instance.ts', ...cli.filter((name) => name.endsWith('.ts')).map((name) => `src/cli/${name}`)],
      10,
    ],
    ['docs/server.md', ['src/server/settings.ts'], 15],
  ])('every variable: %s', (page, sources, least) => {
    const text = sources.map(readPage).join('\n');
    const names = new Set(
      Array.from(text.matchAll(/'((?:QUODERAT|SIGSTORE|OTEL)_[A-Z_]+)'/g), ([, name = '']) => name),
    );
    expect(names.size).toBeGreaterThan(least);
    expect([...names].filter((name) => !readPage(page).includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the tokens of the docs', () => {
  it('are none that anybody knows: lines are copied', () => {
    const words = ['', 'test', 'test1', 'test2', 'test3', 'token', 'secret', 'password', 'admin', 'foo', 'changeme'];
    const listed = readPage('docs/server.md').match(/\b[0-9a-f]{64}\b/g) ?? [];
    expect(listed.length).toBeGreaterThanOrEqual(3);
    expect(listed.filter((hash) => words.some((word) => sha256(word) === hash))).toEqual([]);
  });
});
