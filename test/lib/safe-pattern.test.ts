import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPatternFault } from '../../src/lib/safe-pattern.ts';

describe('a pattern for redaction', () => {
  it.each([
    'INT-[0-9]{6}',
    'a{1,1000}',
    '(?:foo|bar){1,3}',
    '(a{3}){2}',
    '(?:-[a-z]{1,5})?x',
    '\\s{0,50}=\\s{0,50}[A-Za-z0-9]{8,40}',
    '[\\w-]{1,100}\\.[\\w-]{1,100}',
    '\\bkey_[0-9a-f]{32}\\b',
    'x(?=y)',
    'x(?!y)',
    '\\{\\}\\*\\.',
    '[*+?{}()\\]|]',
    'gr\u00fc\u00df(?:\u00e9){2}\\x41\\u0042',
    'a]',
  ])('%s is accepted', (source) => {
    expect(findPatternFault(source)).toBeUndefined();
  });

  it.each([
    ['', 'must not be empty'],
    ['a*', '"*" has no bound; write {0,200}'],
    ['a+?', '"+" has no bound; write {1,200}'],
    ['a{2,}', '"{2,}" has no upper bound; write {2,200}'],
    ['a{0,1001}', '"{0,1001}" repeats more than 1000 times'],
    ['a{3,2}', 'the bounds of a repeat are out of order'],
    ['a?', 'must not match the empty text'],
    ['\\b', 'must not match the empty text'],
    ['(?=a)', 'must not match the empty text'],
    ['a|', 'must not match the empty text'],
    ['(a)\\1', 'a back-reference is not allowed'],
    ['\\k<a>', 'a back-reference is not allowed'],
    ['(?<=a)b', 'a lookbehind is not allowed'],
    ['(?<!a)b', 'a lookbehind is not allowed'],
    ['(?<n>a)', 'of the groups that begin with "(?", only "(?:", "(?=" and "(?!" are allowed'],
    ['(?i:a)', 'of the groups that begin with "(?", only "(?:", "(?=" and "(?!" are allowed'],
    ['[a', 'a class is not closed by "]"'],
    ['(a', 'a group is not closed by ")"'],
    ['a)', 'a ")" closes no group'],
    ['[z-a]', 'is no regular expression'],
    ['*a', '"*" repeats nothing; write "\\*" for the character'],
    ['a{,5}', '"{" stands alone; write "\\{" for the character'],
    ['\\p{L}', '"\\p" is not allowed; a class such as [A-Za-z] says it plainly'],
    ['a\\', 'a "\\" ends the pattern; write "\\\\" for the character'],
    ['[a\u00e9]', 'a class holds ASCII only: the search is for bytes, and other characters have several'],
    ['[\\u00e9]', 'a class holds ASCII only: the search is for bytes, and other characters have several'],
    ['\\xe9', '"\\x" is allowed for ASCII only: the search is for bytes, and other characters have several'],
    [
      '\u00e9{2}',
      '"\u00e9" cannot be repeated by itself; put it in (?: ): the search is for bytes, and other characters have several',
    ],
    ['(?:a{1000}){5}', 'must not match more than 4096 characters'],
    ['a'.repeat(1001), 'must be at most 1000 characters long'],
  ])('%s is refused', (source, message) => {
    expect(findPatternFault(source)).toBe(message);
  });

  it.each(['(a{1,9}){2}', '(a?b){2}', '(a|a){30}b', '(a|ab){1,10}', '((a|b|ab)c?){1,9}', '(?:a|b{1,2}){1,5}'])(
    '%s is refused, since its repeats explode',
    (source) => {
      expect(findPatternFault(source)).toMatch(/^a repeat holds another one/);
    },
  );

  it.each([
    '.{0,500}x.{0,500}',
    '[a-z]{0,200}[a-z0-9]{0,200}!',
    'a{0,50}(?:a{0,50})a{0,50}b',
    '(?:aa?){0,1}a{0,1000}(?:a|aa)a{0,10}',
  ])('%s is refused, since its repeats share their characters', (source) => {
    expect(findPatternFault(source)).toMatch(/^has repeats side by side/);
  });

  it('compiles and never matches the empty text, whatever was accepted', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '[a-c]',
      '[^a]',
      '\\d',
      '.',
      '(',
      ')',
      '(?:',
      '(?=',
      '|',
      '?',
      '{2}',
      '{0,3}',
      '{1,2}',
      '\\b',
      '^',
      '$',
      '[',
      ']',
      '{',
      '\\',
      '*',
      '-',
    );
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.array(fc.constantFrom('a', 'b', '1', '\n', ' '), { maxLength: 12 }),
        (pieces, chars) => {
          const source = pieces.join('');
          if (findPatternFault(source) !== undefined) return;
          accepted += 1;
          for (const match of chars.join('').matchAll(new RegExp(source, 'g'))) expect(match[0]).not.toBe('');
        },
      ),
      { numRuns: 3000, seed: 3 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});
