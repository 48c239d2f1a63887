import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { limits } from '../../src/lib/limits.ts';
import { manifest } from '../../src/schema/manifest.ts';

const root = resolve(import.meta.dirname, '../..');
const jsonSchema: unknown = JSON.parse(await readFile(join(root, 'schemas/manifest.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(Object(jsonSchema));
const base = { version: 1, steps: [{ id: 'a', kind: 'test', run: 'x' }] };
const withStep = (more: object): object => ({ version: 1, steps: [{ id: 'a', kind: 'test', run: 'x', ...more }] });

describe('the generated JSON Schemas', () => {
  it('are what the zod schemas give now', async () => {
    const checked = await promisify(execFile)(process.execPath, [join(root, 'scripts/generate-schemas.ts'), '--check']);
    expect(checked.stderr).toBe('');
  });

  it('describe every key of the manifest', () => {
    const missing: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries(schema)) {
        if (key !== 'properties' || path.endsWith('/properties')) walk(value, `${path}/${key}`);
        else
          for (const [name, member] of Object.entries(Object(value))) {
            if (typeof Object(member).description !== 'string') missing.push(`${path}/${name}`);
            walk(member, `${path}/${name}`);
          }
      }
    };
    walk(jsonSchema, '');
    expect(missing).toEqual([]);
  });
});

describe('the JSON Schema of the manifest', () => {
  it('accepts the examples', async () => {
    const files = (await readdir(join(root, 'examples'), { recursive: true })).filter((file) =>
      /quoderat\.yml$|^[^/]*\.yml$/.test(file),
    );
    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const file of files) {
      const value: unknown = parse(await readFile(join(root, 'examples', file), 'utf8'));
      expect({ file, valid: validate(value), errors: validate.errors }).toEqual({ file, valid: true, errors: null });
      expect(manifest.safeParse(value).success).toBe(true);
    }
  });

  it.each([
    ['a key that is not known', { ...base, nope: 1 }],
    ['another version', { ...base, version: 2 }],
    ['no steps', { version: 1, steps: [] }],
    ['no version', { steps: base.steps }],
    ['an unknown kind', withStep({ kind: 'deploy' })],
    ['a step without an id', { version: 1, steps: [{ kind: 'test', run: 'x' }] }],
    ['an id with a space', withStep({ id: 'a b' })],
    ['a key of a step that is not known', withStep({ nope: 1 })],
    ['too much side by side', { ...base, max_parallel: 65 }],
    ['half a step side by side', { ...base, max_parallel: 1.5 }],
    ['too many attempts', withStep({ retry: { attempts: 21 } })],
    ['an unknown report format', withStep({ reports: [{ path: 'x', format: 'html' }] })],
    ['a variable name with a dash', withStep({ env: { 'a-b': 1 } })],
    ['a variable that is a list', withStep({ env: { A: [1] } })],
    ['a map with an empty list', withStep({ map: { a: [] } })],
    ['an unknown shell', withStep({ shell: 'fish' })],
    ['a name of two lines', withStep({ name: 'a\nb' })],
    ['a timeout that is a number', withStep({ timeout: 5 })],
  ])('refuses what zod refuses: %s', (_what, value) => {
    expect({ zod: manifest.safeParse(value).success, jsonSchema: validate(value) }).toEqual({
      zod: false,
      jsonSchema: false,
    });
  });

  it.each([
    ['a timeout without a unit', withStep({ timeout: '5' })],
    ['a step with both commands', withStep({ argv: ['x'] })],
    ['a step with neither', { version: 1, steps: [{ id: 'a', kind: 'test' }] }],
    ['an empty map', withStep({ map: {} })],
  ])('tells editors of what the parser checks beside zod: %s', (_what, value) => {
    expect(validate(value)).toBe(false);
  });
});

describe('the bounds in the manifest schema', () => {
  it('are those of the house', () => {
    const accepts = (value: object): boolean => manifest.safeParse(value).success;
    const steps = (count: number): object => ({ ...base, steps: Array.from({ length: count }, () => base.steps[0]) });
    expect(accepts({ ...base, max_parallel: limits.maxParallel })).toBe(true);
    expect(accepts({ ...base, max_parallel: limits.maxParallel + 1 })).toBe(false);
    expect(accepts(withStep({ retry: { attempts: limits.retryAttempts } }))).toBe(true);
    expect(accepts(withStep({ retry: { attempts: limits.retryAttempts + 1 } }))).toBe(false);
    expect(accepts(steps(limits.planSteps))).toBe(true);
    expect(accepts(steps(limits.planSteps + 1))).toBe(false);
  });
});
