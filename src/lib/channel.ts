import { type Deferred, makeDeferred } from './deferred.ts';

/** Many producers, one consumer, bounded by the weight of what is queued. */
export type Channel<T> = AsyncIterable<T> & {
  /** Queues a value. A promise comes back when the queue is over its bound, and resolves when there is room again. */
  push(value: T, weight: number): Promise<void> | undefined;
  /** No more values come; what is queued is still delivered. */
  close(): void;
  /** As close(), and the consumer then gets the error. */
  fail(error: unknown): void;
};

/**
 * Makes a channel whose producers wait while the queued values weigh `bound` or more. When the consumer leaves, what is
 * queued is dropped, producers stop waiting and later values go nowhere.
 */
export function makeChannel<T>(bound: number): Channel<T> {
  let queue: { value: T; weight: number }[] = [];
  let head = 0;
  let weight = 0;
  let room: Deferred<void> | undefined;
  let arrival: Deferred<void> | undefined;
  let state: 'open' | 'closed' | 'left' = 'open';
  let failure: { error: unknown } | undefined;

  const wake = (): void => {
    arrival?.resolve();
    arrival = undefined;
  };
  const makeRoom = (): void => {
    room?.resolve();
    room = undefined;
  };
  const take = (): { value: T } | undefined => {
    const entry = queue[head];
    if (entry === undefined) return undefined;
    head += 1;
    if (head === queue.length) {
      queue = [];
      head = 0;
    }
    weight -= entry.weight;
    if (weight < bound) makeRoom();
    return entry;
  };
  const leave = (): void => {
    state = 'left';
    queue = [];
    makeRoom();
  };

  async function* consume(): AsyncGenerator<T> {
    try {
      for (;;) {
        for (let entry = take(); entry !== undefined; entry = take()) yield entry.value;
        if (state !== 'open') break;
        arrival = makeDeferred();
        await arrival.promise;
      }
      if (failure) throw failure.error;
    } finally {
      leave();
    }
  }

  return {
    push(value, itsWeight) {
      if (state !== 'open') return undefined;
      queue.push({ value, weight: itsWeight });
      weight += itsWeight;
      wake();
      if (weight < bound) return undefined;
      room ??= makeDeferred();
      return room.promise;
    },
    close() {
      if (state === 'open') state = 'closed';
      wake();
    },
    fail(error) {
      failure ??= { error };
      this.close();
    },
    [Symbol.asyncIterator]: consume,
  };
}
