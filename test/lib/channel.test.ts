import { describe, expect, it } from 'vitest';
import { makeChannel } from '../../src/lib/channel.ts';

describe('a channel', () => {
  it('delivers what was queued, in order, and ends after close', async () => {
    const channel = makeChannel<number>(10);
    for (const value of [1, 2, 3]) void channel.push(value, 1);
    channel.close();
    expect(await collect(channel)).toEqual([1, 2, 3]);
  });

  it('lets producers wait once the queue weighs its bound, and go on when there is room', async () => {
    const channel = makeChannel<string>(10);
    expect(channel.push('a', 9)).toBeUndefined();
    const wait = channel.push('b', 9);
    expect(wait).toBeInstanceOf(Promise);
    const iterator = channel[Symbol.asyncIterator]();
    await iterator.next();
    await wait;
    expect(channel.push('c', 0)).toBeUndefined();
  });

  it('wakes a consumer that came first', async () => {
    const channel = makeChannel<string>(10);
    const first = channel[Symbol.asyncIterator]().next();
    void channel.push('late', 1);
    expect(await first).toEqual({ done: false, value: 'late' });
  });

  it('gives the consumer what is queued, and then the failure', async () => {
    const channel = makeChannel<string>(10);
    void channel.push('before', 1);
    channel.fail(new Error('broken'));
    const iterator = channel[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: 'before' });
    await expect(iterator.next()).rejects.toThrow('broken');
  });

  it('lets producers go when the consumer leaves, and keeps nothing more', async () => {
    const channel = makeChannel<string>(1);
    void channel.push('first', 1);
    const wait = channel.push('second', 5);
    for await (const _ of channel) break;
    await wait;
    expect(channel.push('third', 100)).toBeUndefined();
  });
});

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}
