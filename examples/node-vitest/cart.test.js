import { describe, expect, it } from 'vitest';
import { total } from './cart.js';

describe('total', () => {
  it('is nothing for an empty cart', () => {
    expect(total([])).toBe(0);
  });

  it('adds up prices by their count', () => {
    expect(total([{ price: 250, count: 2 }, { price: 99, count: 1 }])).toBe(599);
  });
});
