import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeLineFeed } from '../../src/log/line-feed.ts';

function feed(chunks: string[]): string {
  const lines = makeLineFeed();
  return chunks.map((chunk) => lines.push(chunk)).join('') + lines.end();
}

describe('a line feed', () => {
  it.each([
    [['a\nb\n'], 'a\nb\n'],
    [['a\r\nb\rc'], 'a\nb\nc\n'],
    [['a\r', '\nb'], 'a\nb\n'],
    [['a\r', 'b'], 'a\nb\n'],
    [['a\r'], 'a\n'],
    [['\r', '\r'], '\n\n'],
    [['ab', 'c', '\n'], 'abc\n'],
    [[''], ''],
  ])('makes %j into %j', (chunks, lines) => {
    expect(feed(chunks)).toBe(lines);
  });

  it('gives the same lines however the text is cut', () => {
    const piece = fc.constantFrom('a', 'b', '\r', '\n', '\r\n', '👩');
    fc.assert(
      fc.property(fc.array(piece), fc.array(piece), (before, after) => {
        const whole = [...before, ...after].join('');
        expect(feed([...before, ...after])).toBe(feed([whole]));
      }),
    );
  });

  it('hands a line on before it ends when it is too long, never between the halves of a character', () => {
    const lines = makeLineFeed();
    const shown = lines.push(`x${'👩'.repeat(50_000)}`);
    expect(shown.length).toBeGreaterThan(60_000);
    expect(shown.isWellFormed()).toBe(true);
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(32 * 1024);
    expect((shown + lines.end()).replaceAll('\n', '')).toBe(`x${'👩'.repeat(50_000)}`);
  });
});
