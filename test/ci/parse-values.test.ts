import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCount, parseFlag, parseId, parseInstant, parseSha, parseText, pick } from '../../src/ci/parse-values.ts';
import { timestamp } from '../../src/schema/primitives.ts';

describe('parseText', () => {
  it('gives texts that are well-formed, without control characters, bounded and not empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (given) => {
        const text = parseText(given);
        if (text === null) return;
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/\p{Cc}/u);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(1024);
      }),
    );
  });

  it('repairs a surrogate that stands alone, also where a long text is cut', () => {
    expect(parseText('a\uD800b')).toBe('a\uFFFDb');
    expect(parseText(`${'x'.repeat(1023)}😀`)).toBe(`${'x'.repeat(1023)}\uFFFD`);
  });
});

describe('numbers, ids, flags', () => {
  it.each([
    ['7', 7],
    [7, 7],
    ['007', 7],
    ['9007199254740993', null],
    [-1, null],
    [-0, 0],
    [1.5, null],
    ['1e3', null],
    ['', null],
    [null, null],
  ])('parseCount(%j) is %j', (given, count) => {
    expect(parseCount(given)).toBe(count);
  });

  it.each([
    ['18446744073709551615', '18446744073709551615'],
    [123, '123'],
    ['12a', null],
    ['1'.repeat(21), null],
  ])('parseId(%j) is %j', (given, id) => {
    expect(parseId(given)).toBe(id);
  });

  it('parseFlag knows true and false and nothing else', () => {
    expect(['true', true, 'false', false, '1', '', null].map((value) => parseFlag(value))).toEqual([
      true,
      true,
      false,
      false,
      null,
      null,
      null,
    ]);
  });
});

describe('parseSha', () => {
  it.each([
    ['a'.repeat(40), true],
    ['0123456789abcdef'.repeat(4), true],
    ['A'.repeat(40), false],
    ['0'.repeat(40), false],
    ['a'.repeat(41), false],
    [`${'a'.repeat(40)}\n`, false],
    [['a'.repeat(40)], false],
  ])('%j: %j', (given, is) => {
    expect(parseSha(given) !== null).toBe(is);
  });
});

describe('parseInstant', () => {
  it.each([
    ['2026-11-21T10:26:40+01:00', '2026-11-21T09:26:40.000Z'],
    ['2026-11-21T09:26:40.5Z', '2026-11-21T09:26:40.500Z'],
    ['2026-13-21T09:26:40Z', null],
    ['0000-01-01T00:00:00+01:00', null],
    ['Sat Nov 21', null],
  ])('%s is %j', (given, instant) => {
    expect(parseInstant(given)).toBe(instant);
    if (instant !== null) expect(timestamp.parse(instant)).toBe(instant);
  });
});

describe('pick', () => {
  it('follows own keys only', () => {
    expect(pick({ a: { b: 1 } }, 'a', 'b')).toBe(1);
    expect(pick({ a: null }, 'a', 'b')).toBeUndefined();
    expect(pick({}, 'constructor', 'name')).toBeUndefined();
    expect(pick('text', 'length')).toBeUndefined();
  });
});
