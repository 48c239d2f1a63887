/** Puts what arrives twice, late or out of turn back into the order of its numbers. */
export type InOrder<T> = {
  /** What can be told now, in order. */
  push(seq: number, item: T): T[];
  /** Numbers that will not come. */
  skip(from: number, to: number): T[];
  /** All that is still held, in order: what it waits for does not come. */
  flush(): T[];
  /** Everything up to this number was told. */
  last(): number;
};

/**
 * @param mostHeld with more waiting, what they wait for is passed over
 * @param start the number before the first
 */
export function makeInOrder<T>(mostHeld: number, start = 0): InOrder<T> {
  const held = new Map<number, T | null>();
  let last = start;
  const release = (): T[] => {
    const told: T[] = [];
    for (let item = held.get(last + 1); item !== undefined; item = held.get(last + 1)) {
      last += 1;
      held.delete(last);
      if (item !== null) told.push(item);
    }
    return told;
  };
  const flush = (): T[] => {
    const told: T[] = [];
    while (held.size > 0) {
      last = Math.min(...held.keys()) - 1;
      told.push(...release());
    }
    return told;
  };
  const settle = (): T[] => (held.size > mostHeld ? flush() : release());
  return {
    push(seq, item) {
      if (seq > last && !held.has(seq)) held.set(seq, item);
      return settle();
    },
    skip(from, to) {
      // A range of any length may be announced; only as much of it is kept as can be waited for.
      for (let seq = Math.max(from, last + 1); seq <= Math.min(to, last + mostHeld); seq += 1) {
        if (!held.has(seq)) held.set(seq, null);
      }
      const told = settle();
      if (from <= last + 1 && to > last) last = to;
      return [...told, ...release()];
    },
    flush,
    last: () => last,
  };
}
