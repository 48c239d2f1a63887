import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toInertLine, toInertTail } from '../../src/render/inert.ts';
import { anyText } from './hostile.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

describe('an inert line', () => {
  it.each([
    ['\u001B[31mred\u001B[0m', 'red'],
    ['\u001B]8;;https://evil.example\u0007x\u001B]8;;\u001B\\', 'x'],
    ['\u009B31mred', 'red'],
    ['a\u001B', 'a␛'],
    ['a\0b\u007F', 'a␀b␡'],
    ['a\r\nb\tc', 'a b c'],
    ['a\u202Eb', 'a[U+202E]b'],
    ['a\u200Bb\u200Dc', 'a[U+200B]b[U+200D]c'],
    ['\uD800x', '[U+D800]x'],
    ['\u{E0041}', '[U+E0041]'],
    ['✔️ 👩‍👩‍👧', '✔️ 👩‍👩‍👧'],
    ['naïve 漢字', 'naïve 漢字'],
  ])('shows %j as %j', (text, shown) => {
    expect(toInertLine(text)).toBe(shown);
  });

  it('holds nothing that acts, hides or breaks a line, whatever comes in', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = toInertLine(text);
        expect(line.isWellFormed()).toBe(true);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u200B\u200C\u2060\uFEFF]/u);
      }),
    );
  });

  it('is cut between user-perceived characters, never inside one', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(toInertLine(family.repeat(10), 4)).toBe(`${family}…`);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, length) => {
        const line = toInertLine(text, length);
        expect([...graphemes.segment(line)].length).toBeLessThanOrEqual(length + 1);
        expect(line.length).toBeLessThanOrEqual(2 * length + 25);
      }),
    );
  });

  it('shows a letter under a heap of marks as one replacement character', () => {
    expect(toInertLine(`a${'\u0301'.repeat(5000)}`, 10)).toBe('\uFFFD…');
  });

  it('looks at the beginning of a huge text only', () => {
    expect(toInertLine('x'.repeat(50_000_000), 5)).toBe('xxxxx…');
  });
});

describe('an inert tail', () => {
  it('is the last lines, with their indentation and without blank lines at the end', () => {
    const text = `${Array.from({ length: 50 }, (_, index) => `\tline ${index}`).join('\n')}\n\n`;
    const lines = toInertTail(text);
    expect(lines).toHaveLength(20);
    expect(lines.at(-1)).toBe('    line 49');
  });

  it('takes a progress bar for lines and cuts each of them', () => {
    expect(toInertTail('1%\r2%\r3%\r\n', 2)).toEqual(['2%', '3%']);
    expect(toInertTail('y'.repeat(1_000_000), 20, 8)).toEqual(['yyyyyyyy…']);
  });
});
