import { describe, expect, it } from 'vitest';
import { findPathFault, normaliseRelativePath } from '../../src/lib/relative-path.ts';

describe('a path below a folder', () => {
  it.each([
    ['.', '.'],
    ['./', '.'],
    ['a/..', '.'],
    ['./a//b/', 'a/b'],
    ['a/../b', 'b'],
    ['..a/b..', '..a/b..'],
    ['a b/ü', 'a b/ü'],
  ])('%s is accepted, and is %s in short', (path, short) => {
    expect(findPathFault(path, { glob: false })).toBeUndefined();
    expect(normaliseRelativePath(path)).toBe(short);
  });

  it.each([
    '',
    ' ',
    '..',
    '../a',
    'a/../..',
    'a/../../b',
    '/a',
    '//host/share',
    '\\\\host\\share',
    'a\\b',
    'C:',
    'c:/a',
    '~',
    '~/a',
    'a\0b',
    'a\nb',
  ])('%j is refused', (path) => {
    expect(findPathFault(path, { glob: false })).toMatch(/^must /);
  });

  it.each(['../a', 'a/../b', '{a,..}/b', '{..,a}', 'a/..', '(..|a)/b', '!a'])('%s is refused as a glob', (glob) => {
    expect(findPathFault(glob, { glob: true })).toMatch(/^must /);
  });

  it.each(['**', 'dist/**/*.js', '{a,b}/c', 'a..b', '!(a).js', '[ab]/c'])('%s is accepted as a glob', (glob) => {
    expect(findPathFault(glob, { glob: true })).toBeUndefined();
  });
});
