import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatMultirange,
  isWithin,
  mergeRanges,
  parseMultirange,
  subtractRanges,
  toContiguous,
  toMissing,
} from '../../src/server/store/ranges.ts';

const range = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 12 }))
  .map(([from, length]) => ({ from, to: from + length }));
const ranges = fc.array(range, { maxLength: 12 });

const toSet = (list: readonly { from: number; to: number }[]): Set<number> =>
  new Set(list.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index)));

describe('ranges of sequence numbers', () => {
  it('are, merged and without others, the sets that they stand for', () => {
    fc.assert(
      fc.property(ranges, ranges, (one, other) => {
        const [a, b] = [mergeRanges(one), mergeRanges(other)];
        expect(toSet(a)).toEqual(toSet(one));
        const taken = toSet(other);
        expect(toSet(subtractRanges(a, b))).toEqual(new Set([...toSet(one)].filter((value) => !taken.has(value))));
        // Apart from each other, in order.
        for (const [index, { from }] of a.entries()) expect(from).toBeGreaterThan((a[index - 1]?.to ?? -1) + 1);
        for (let value = 0; value < 80; value += 1) expect(isWithin(a, value)).toBe(toSet(one).has(value));
        expect(parseMultirange(formatMultirange(a))).toEqual(a);
      }),
    );
  });

  it('say how far they are whole, and what is missing', () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 0, max: 80 }), (list, last) => {
        const all = mergeRanges(list);
        const set = toSet(list);
        let whole = 0;
        while (set.has(whole + 1)) whole += 1;
        expect(toContiguous(all)).toBe(whole);
        const wanted = Array.from({ length: last }, (_, index) => index + 1).filter((value) => !set.has(value));
        expect([...toSet(toMissing(all, last))]).toEqual(wanted);
      }),
    );
  });
});
