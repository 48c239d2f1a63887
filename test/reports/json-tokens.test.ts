import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/lib/json.ts';
import { leaf, leaves, readJson, type Shape } from '../../src/reports/json-shape.ts';
import { makeJsonTokens } from '../../src/reports/json-tokens.ts';

/** Puts the tokens together again, into what JSON.parse would give. */
function parseByTokens(text: string, size: number): unknown {
  const stack: { value: unknown[] | Map<string, unknown>; key: string }[] = [];
  let root: unknown;
  const put = (value: unknown): void => {
    const top = stack.at(-1);
    if (top === undefined) root = value;
    else if (Array.isArray(top.value)) top.value.push(value);
    else top.value.set(top.key, value);
  };
  const tokens = makeJsonTokens({
    open: (kind) => {
      const value = kind === 'array' ? [] : new Map<string, unknown>();
      put(value);
      stack.push({ value, key: '' });
    },
    close: () => void stack.pop(),
    key: (name) => {
      const top = stack.at(-1);
      if (top) top.key = name;
    },
    value: put,
  });
  for (let start = 0; start < text.length; start += size) tokens.write(text.slice(start, start + size));
  tokens.end();
  return root;
}

function toMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toMaps);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, member]) => [key, toMaps(member)]));
}

async function* pieces(text: string, size = 7): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

describe('the JSON tokens', () => {
  it('are those of JSON.parse, wherever the text is cut', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 1, max: 9 }), fc.boolean(), (json, size, spaced) => {
        const text = spaced ? JSON.stringify(JSON.parse(json), null, 2) : json;
        expect(parseByTokens(text, size)).toEqual(toMaps(JSON.parse(text)));
      }),
    );
  });

  it('refuse all that JSON.parse refuses', () => {
    const characters = fc.constantFrom(...Array.from('[]{}",:\\/ntrue falsl-+.eE0123u00e9\n\u0001\u00e9'));
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (text, size) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (valid) expect(parseByTokens(text, size)).toEqual(toMaps(JSON.parse(text)));
        else expect(() => parseByTokens(text, size)).toThrow(/it is not valid JSON/);
      }),
      { numRuns: 3000 },
    );
  });

  it('tell line and column of the fault', () => {
    expect(() => parseByTokens('{\n  "a": 1,\n  "b" 2\n}', 5)).toThrow(/"2" where : is expected \(line 3, column 8\)/);
  });

  it('end at a depth, without filling the stack', () => {
    expect(() => parseByTokens('['.repeat(1_000_000), 65_536)).toThrow(/nested more than 128 deep/);
  });
});

describe('reading JSON by its shape', () => {
  const shape: Shape = { members: { list: { elements: { ...leaves('name'), item: 'entry' } }, other: leaf } };

  it('hands over items one by one and keeps only what the shape names', async () => {
    const items: Json[] = [];
    const root = await readJson(
      pieces('{"skip":{"list":[{"name":"no"}]},"list":[{"name":"a","big":[1,[2]]},{"name":"b"}],"other":1}'),
      shape,
      (item) => items.push(item),
    );
    expect(items).toEqual([{ name: 'a' }, { name: 'b' }]);
    expect(root).toEqual({ list: [], other: 1 });
  });

  it('takes "__proto__" for a member that nobody asked for', async () => {
    const items: Json[] = [];
    await readJson(pieces('{"list":[{"__proto__":{"name":"x"},"constructor":1}]}'), shape, (item) => items.push(item));
    expect(items).toEqual([{}]);
    expect(Object.getPrototypeOf(items[0])).toBe(Object.prototype);
    expect('name' in {}).toBe(false);
  });

  it('refuses a member that stands twice where it matters', async () => {
    await expect(readJson(pieces('{"other":1,"other":2}'), shape, () => {})).rejects.toThrow(/"other" stands twice/);
  });
});
