import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportFormats, shells, stepKinds } from '../../src/schema/kinds.ts';
import { writtenStep } from '../../src/schema/manifest-step.ts';
import { manifest } from '../../src/schema/manifest.ts';
import { isReservedEnvName } from '../../src/lib/reserved-env.ts';
import { makePlan } from '../../src/plan/expand.ts';
import { parseGood } from './from-text.ts';

const root = resolve(import.meta.dirname, '../..');
const docs = await readFile(join(root, 'docs/manifest.md'), 'utf8');
const blocks = Array.from(docs.matchAll(/^```yaml\n(.*?)^```$/gms), (match) => match[1] ?? '');
const examples = (await readdir(join(root, 'examples'), { recursive: true }))
  .filter((file) => /^[^/]*\.yml$|quoderat\.yml$/.test(file.replaceAll('\\', '/')))
  .toSorted();

describe('docs/manifest.md', () => {
  it.each(blocks.map((block, index) => [index + 1, block]))(
    'example %i is a manifest without faults',
    (_index, block) => {
      expect(parseGood(block).steps.length).toBeGreaterThan(0);
    },
  );

  it('has as many examples as were checked above', () => {
    expect(blocks).toHaveLength(docs.split('```yaml').length - 1);
    expect(blocks.length).toBeGreaterThan(5);
  });

  it('names every key, kind, shell and report format', () => {
    const keys = [
      ...Object.keys(manifest.shape),
      ...writtenStep.options.flatMap((option) => Object.keys(option.shape)),
    ];
    const words = [...keys, ...stepKinds, ...shells, ...reportFormats];
    expect(words.filter((word) => !docs.includes(`\`${word}\``))).toEqual([]);
  });

  it('lists reserved names that are reserved', () => {
    const list = /are errors in `env` and `pass_env`(.*?)They may be named/s.exec(docs)?.[1] ?? '';
    const names = Array.from(list.matchAll(/`([A-Z_]+)(\*?)`/g), ([, name = '', star]) =>
      star === '*' ? `${name}X` : name,
    );
    expect(names).toHaveLength(16);
    expect(names.filter((name) => !isReservedEnvName(name))).toEqual([]);
  });
});

describe('the examples', () => {
  it.each(examples)('%s is a manifest without faults and makes a plan', async (file) => {
    const parsed = parseGood(await readFile(join(root, 'examples', file), 'utf8'));
    expect(makePlan(parsed, { path: file, sha256: '0'.repeat(64) }).plan.steps.length).toBeGreaterThan(1);
  });
});
