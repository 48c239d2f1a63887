import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toTax, toTotal } from '../src/cart.js';

describe('a cart', () => {
  it('adds up its items', () => assert.equal(toTotal([{ price: 100, count: 2 }], 'de'), 238));
  it('knows the rates of three countries', () =>
    assert.deepEqual(
      ['de', 'fr', 'ch'].map((country) => toTax(1000, country)),
      [190, 200, 81],
    ));
  it('rounds tax to the nearest cent', () => assert.equal(toTax(999, 'de'), 190));
  it('refuses a country without a rate', () => assert.throws(() => toTax(100, 'xx'), /no tax rate/));
  it('applies the reduced rate to books', { skip: 'not decided yet' }, () => {});
});
