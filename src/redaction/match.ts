import type { Hit } from './types.ts';

/** What a match is reported as, and what is written in its place. */
export type Identity = Pick<Hit, 'rule_id' | 'match_type'> & { marker: Buffer };

/**
 * Bytes to replace: [start, end) of the window. `at` is where its search began. Everything about a match is a pure
 * function of the bytes around `at`, and a match whose `at` is not written out yet is found again: both together make
 * the output independent of chunk borders.
 */
export type Match = { at: number; start: number; end: number; identity: number };

/** The `at` of a match that will not be found again. */
export const DECIDED = -1;

/** Bounds that the matchers keep and the stream relies on. */
export const bounds = {
  /** No pattern or value reaches further than this from where its search begins. */
  lookAhead: 16 * 1024,
  /** No look-behind reaches further than this. */
  lookBehind: 512,
} as const;

export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
