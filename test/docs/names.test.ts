import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
