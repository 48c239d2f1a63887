import { describe, expect, it } from 'vitest';
import { findNearest } from '../../src/lib/nearest.ts';

describe('the word that was meant', () => {
  const words = ['timeout', 'idle_timeout', 'needs', 'name', 'run', 'env', 'continue_on_error'];

  it.each([
    ['timout', 'timeout'],
    ['tiemout', 'timeout'],
    ['Timeout', 'timeout'],
    ['need', 'needs'],
    ['rum', 'run'],
    ['continue-on-error', 'continue_on_error'],
    ['idle-timeuot', 'idle_timeout'],
  ])('for %s is %s', (given, meant) => {
    expect(findNearest(given, words)).toBe(meant);
  });

  it.each(['uses', 'x', '', 'permissions', 'timeout'.repeat(20)])('is not guessed for %j', (given) => {
    expect(findNearest(given, words)).toBeUndefined();
  });
});
