import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeInOrder } from '../../src/relay/in-order.ts';

describe('what arrives out of turn', () => {
  it('is told in order and once, however it is shuffled and repeated', () => {
    const arrivals = fc.integer({ min: 0, max: 40 }).chain((count) => {
      const numbers = Array.from({ length: count }, (_, index) => index + 1);
      return fc.tuple(
        fc.constant(numbers),
        fc.shuffledSubarray([...numbers, ...numbers, ...numbers], { minLength: count * 3 }),
      );
    });
    fc.assert(
      fc.property(arrivals, ([numbers, shuffled]) => {
        const order = makeInOrder<number>(1000);
        expect(shuffled.flatMap((seq) => order.push(seq, seq))).toEqual(numbers);
        expect(order.flush()).toEqual([]);
      }),
    );
  });

  it('does not wait for what is said not to come, nor for more than it may hold', () => {
    const order = makeInOrder<string>(3);
    expect(order.push(3, 'c')).toEqual([]);
    expect(order.skip(1, 2)).toEqual(['c']);
    expect(order.skip(4, 1e9)).toEqual([]);
    expect(order.push(1e9 + 1, 'd')).toEqual(['d']);
    expect(order.push(1e9 + 3, 'f')).toEqual([]);
    for (const late of [5, 6]) expect(order.push(1e9 + late, String(late))).toEqual([]);
    expect(order.push(1e9 + 7, '7')).toEqual(['f', '5', '6', '7']);
    expect(order.push(1e9 + 2, 'too late')).toEqual([]);
    expect(order.push(1e9 + 9, 'last')).toEqual([]);
    expect(order.flush()).toEqual(['last']);
  });
});
