import { describe, expect, it } from 'vitest';
import { parseJsonPath, selectJson } from '../../src/lib/json-path.ts';

describe('a path into JSON', () => {
  it.each([
    ['$', []],
    ['$.a.b', ['a', 'b']],
    ['$.a[0].b-c', ['a', 0, 'b-c']],
    ['$[10][2]', [10, 2]],
    [`$["any key"]['it"s']`, ['any key', 'it"s']],
    ['$["0"]', ['0']],
  ])('is read from %s', (text, path) => {
    expect(parseJsonPath(text)).toEqual(path);
  });

  it.each([
    '',
    'a',
    '.a',
    '$a',
    '$.',
    '$..a',
    '$.*',
    '$[*]',
    '$[-1]',
    '$[01]',
    '$[0:2]',
    '$[?@.a]',
    '$["a"',
    '$.a b',
    '$ .a',
  ])('is not %j, which names no single place', (text) => {
    expect(parseJsonPath(text)).toBeUndefined();
  });

  it('leads to what is there, and to nothing else', () => {
    const value = { a: [{ b: null }], '0': 'text', constructor: 1 };
    expect(selectJson(value, ['a', 0, 'b'])).toBeNull();
    expect(selectJson(value, ['0'])).toBe('text');
    for (const path of [['a', '0'], ['a', 'length'], [0], ['a', 1], ['toString'], ['a', 0, 'b', 'c'], ['0', 0]])
      expect(selectJson(value, path)).toBeUndefined();
  });
});
