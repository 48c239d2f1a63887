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
  it('every variable of the command line', () => {
    const files = [
      ...cli.filter((name) => name.endsWith('.ts')).map((name) => `src/cli/${name}`),
      'src/sign/choose-instance.ts',
    ];
    const found = files
      .map(readPage)
      .join('\n')
      .matchAll(/'((?:QUODERAT|SIGSTORE)_[A-Z_]+)'/g);
    const names = [...new Set(Array.from(found, ([, name = '']) => name))];
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !readPage('docs/cli.md').includes(`\`${name}\``))).toEqual([]);
  });
});
