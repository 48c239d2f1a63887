import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../src/publish/github/annotation.ts';

const root = resolve(import.meta.dirname, '../../..');

/** What the runner gets to read: a process of its own, since the toolkit writes to the process's output. */
function write(annotations: Annotation[]): string[] {
  const module = JSON.stringify(join(root, 'src/publish/github/annotations.ts'));
  const code = `import { writeRunnerAnnotations } from ${module}; writeRunnerAnnotations(${JSON.stringify(annotations)});`;
  const node = join(root, 'node_modules/.bin/node');
  const output = execFileSync(node, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  return output.split('\n').filter((line) => line !== '');
}

const one: Annotation = {
  path: 'src/a.ts',
  start_line: 3,
  end_line: 3,
  level: 'warning',
  title: 'rule',
  message: 'text',
};

describe('writeRunnerAnnotations', () => {
  it('writes ten at most, gravest first, with their place', () => {
    const many = Array.from({ length: 15 }, (_, index) => ({ ...one, start_line: index + 1, end_line: index + 1 }));
    const lines = write([
      ...many,
      { ...one, level: 'failure', start_column: 2, end_column: 5 },
      { ...one, level: 'notice' },
    ]);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe('::error title=rule,file=src/a.ts,line=3,endLine=3,col=2,endColumn=5::text');
    expect(lines[1]).toBe('::warning title=rule,file=src/a.ts,line=1,endLine=1::text');
  });

  it('writes nothing that the runner would take for another command', () => {
    const evil = 'a\r\n::add-mask::x\n##[add-mask]y%0A::error::z';
    const [line, ...others] = write([{ ...one, path: 'a,b:c%.ts', title: `${evil},file=/etc::x`, message: evil }]);
    expect(others).toEqual([]);
    expect(line).toBe(
      '::warning title=a %3A%3Aadd-mask%3A%3Ax ##[add-mask]y%250A%3A%3Aerror%3A%3Az%2Cfile=/etc%3A%3Ax,file=a%2Cb%3Ac%25.ts,line=3,endLine=3::a%0A::add-mask::x%0A##[add-mask]y%250A::error::z',
    );
  });

  it('cuts messages below 4,096 characters', () => {
    const [line = ''] = write([{ ...one, message: 'x'.repeat(20_000) }]);
    expect(line.length).toBeLessThan(4096);
  });
});
