import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { total } from './cart.js';

describe('total', () => {
  it('is nothing for an empty cart', () => {
    assert.equal(total([]), 0);
  });

  it('adds up prices by their count', () => {
    assert.equal(total([{ price: 250, count: 2 }, { price: 99, count: 1 }]), 599);
  });
});
