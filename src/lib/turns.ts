/** Runs work, so many at once; the rest waits in the order in which it came. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A bound to what a kind of work takes at once (memory, a processor). The number that waits is for the caller to bound.
 * @param atOnce at least 1
 */
export function makeTurns(atOnce: number): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < atOnce) running += 1;
    // Whoever ends hands its turn on, so nobody who comes later gets in between.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
