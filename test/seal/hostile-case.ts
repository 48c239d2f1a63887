import type { Expectation } from './vectors-good.ts';

/** Something that was done to an envelope, and what a verifier has to say. */
export type Case = [name: string, note: string, bytes: Uint8Array, expect: Partial<Expectation>];
export type Problems = NonNullable<Expectation['problems']>;

/** Not intact: pairs of pointer and code. */
export function broken(...named: [pointer: string, code: string][]): Partial<Expectation> {
  return { intact: 'no', problems: named.map(([pointer, code]) => ['intact', pointer, code]) };
}
