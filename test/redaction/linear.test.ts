import { describe, expect, it } from 'vitest';
import { append, makeByteWindow } from '../../src/redaction/byte-window.ts';
import { toForms } from '../../src/redaction/encodings.ts';
import { makeGramTable } from '../../src/redaction/gram-table.ts';
import { countGrams, makeLiteralMatcher } from '../../src/redaction/literals.ts';
import { makeMatcher } from '../../src/redaction/matcher.ts';
import { SHAPES } from '../../src/redaction/rules.ts';
import { matchShape } from '../../src/redaction/rule-matcher.ts';

const matcher = makeMatcher([], [], []);

/** How often a shape was tried, and how many bytes its matches took up. */
function countTries(text: string): { tries: number; matched: number } {
  const window = makeByteWindow(text.length);
  append(window, Buffer.from(text));
  const ends = new Int32Array(SHAPES.length);
  let tries = 0;
  let matched = 0;
  for (const { at, shape } of matcher.scan(window, 0, window.length).sightings) {
    if (at < ends[shape]!) continue;
    tries++;
    const match = matchShape(SHAPES[shape]!, shape, text, at, ends);
    matched += match === undefined ? 0 : match.end - match.at;
  }
  return { tries, matched };
}

describe('the work for hostile input', () => {
  it.each([
    'password=',
    'token: "',
    '-----BEGIN ',
    '-----BEGIN PRIVATE KEY-----',
    'eyJhbGciOi',
    'https://a:b',
    'authorization: ',
    'cookie: a=b; ',
    'curl -u a:b ',
  ])('doubles with the input: a flood of %j', (unit) => {
    const once = countTries(unit.repeat(4000));
    const twice = countTries(unit.repeat(8000));
    expect(twice.tries).toBeLessThanOrEqual(2 * once.tries + 8);
    // No byte is part of two matches of the same shape.
    expect(twice.matched).toBeLessThanOrEqual(unit.length * 8000 * SHAPES.length);
    expect(twice.matched).toBeLessThanOrEqual(2 * once.matched + 20_000);
  });

  it('does not grow with the number of values on text that holds none of them', () => {
    const line =
      '2026-11-21 09:27:35 GET https://hooks.example/x 200 4e6f742061 sha256:9f86d081884c7d659a2feaa0c55ad015\n';
    const window = makeByteWindow();
    append(window, Buffer.from(line.repeat(100)));
    const [few, many] = [10, 1000].map((count) => {
      // All begin alike, and alike with the text.
      const values = Array.from(
        { length: count },
        (_, index) => `https://hooks.example/q7Xv9-${(index * 7919).toString(36)}`,
      );
      const literals = values.flatMap(toForms).map((form) => Object.assign(form, { identity: 0 }));
      const table = makeGramTable(countGrams(literals));
      makeLiteralMatcher(literals).register(table, 0);
      let compared = 0;
      table.scan(window.words, 0, window.length, () => compared++);
      return compared;
    });
    expect(many).toBe(few);
  });
});
