import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../src/lib/canonical.ts';
import { isObject } from '../../src/lib/json.ts';

/** JSON as a parser gives it: keys of any Unicode text, keys like integers, `__proto__`; no -0 and no unsafe integers. */
const anyJson = fc
  .jsonValue({ stringUnit: 'binary' })
  .map((value): unknown => JSON.parse(JSON.stringify(value)))
  .filter(isWritable);
const oddKey = fc.oneof(
  fc.constantFrom('__proto__', 'toJSON', 'constructor', '10', '9', '', '01', '-1'),
  fc.string({ unit: 'binary' }),
);
const oddObject = fc.array(fc.tuple(oddKey, anyJson)).map((entries): unknown => {
  const members = new Map(entries.map(([key, value]) => [JSON.stringify(key), JSON.stringify(value)]));
  return JSON.parse(`{${[...members].map(([key, value]) => `${key}:${value}`).join(',')}}`);
});

function isWritable(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  if (Array.isArray(value)) return value.every(isWritable);
  return !isObject(value) || Object.values(value).every(isWritable);
}

function nest(depth: number): unknown {
  let value: unknown = [];
  for (let level = 1; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

describe('toCanonicalJson', () => {
  it('writes what the canonicalize package writes', () => {
    fc.assert(
      fc.property(fc.oneof(anyJson, oddObject), (value) => {
        expect(toCanonicalJson(value)).toBe(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('can be parsed back to the same value', () => {
    fc.assert(
      fc.property(fc.oneof(anyJson, oddObject), (value) => {
        expect(toCanonicalJson(JSON.parse(toCanonicalJson(value)))).toBe(toCanonicalJson(value));
        expect(JSON.parse(toCanonicalJson(value))).toEqual(value);
      }),
    );
  });

  it.each<[what: string, code: string, value: unknown]>([
    ['undefined', 'not_json', undefined],
    ['an undefined member', 'not_json', { a: undefined }],
    ['a hole in an array', 'not_json', Array.from({ length: 1 })],
    ['a function', 'not_json', { toJSON: () => 1 }],
    ['a symbol', 'not_json', [Symbol('a')]],
    ['a bigint', 'not_json', 1n],
    ['a Date', 'not_json', new Date(0)],
    ['a Map', 'not_json', new Map([['a', 1]])],
    ['a boxed number', 'not_json', Object(1)],
    ['bytes', 'not_json', Buffer.from('a')],
    ['NaN', 'unsafe_number', [Number.NaN]],
    ['an infinity', 'unsafe_number', -Infinity],
    ['-0', 'unsafe_number', { a: -0 }],
    ['2^53', 'unsafe_number', 2 ** 53],
    ['-2^53', 'unsafe_number', -(2 ** 53)],
    ['a lone high surrogate', 'lone_surrogate', 'a\ud800'],
    ['a lone low surrogate', 'lone_surrogate', ['\udc00a']],
    ['a lone surrogate in a key', 'lone_surrogate', { '\ud800': 1 }],
  ])('refuses %s: %s', (_, code, value) => {
    expect(() => toCanonicalJson(value)).toThrow(expect.objectContaining({ name: 'CanonicalError', code }));
  });

  it('writes 128 levels and refuses more, cycles included, without a stack overflow', () => {
    expect(JSON.parse(toCanonicalJson(nest(128)))).toEqual(nest(128));
    expect(() => toCanonicalJson(nest(129))).toThrow(expect.objectContaining({ code: 'too_deep' }));
    expect(() => toCanonicalJson(nest(100_000))).toThrow(expect.objectContaining({ code: 'too_deep' }));
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => toCanonicalJson(cycle)).toThrow(expect.objectContaining({ code: 'too_deep' }));
  });

  it('leaves its input as it was', () => {
    const value = { b: [{ d: 1, c: 2 }], a: {} };
    toCanonicalJson(value);
    expect(JSON.stringify(value)).toBe('{"b":[{"d":1,"c":2}],"a":{}}');
  });
});
