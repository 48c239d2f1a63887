import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { flush, makeWriter } from '../../src/action/stdout.ts';

describe('makeWriter', () => {
  it('waits while the reader is behind, and goes on when it has caught up', async () => {
    const stream = new PassThrough({ highWaterMark: 4 });
    const write = makeWriter(stream);
    const waiting = write('more than four');
    expect(waiting).toBeInstanceOf(Promise);
    stream.resume();
    await waiting;
    expect(write('abc')).toBeUndefined();
  });

  it('stops waiting for a reader that has gone, and writes nothing more', async () => {
    const stream = new PassThrough({ highWaterMark: 4 });
    const write = makeWriter(stream);
    const waiting = write('more than four');
    stream.destroy(new Error('EPIPE'));
    await waiting;
    expect(write('x')).toBeUndefined();
  });
});

describe('flush', () => {
  it('resolves when all has been read, and when nobody will', async () => {
    const stream = new PassThrough();
    stream.resume();
    stream.write('text');
    await flush(stream);
    expect(stream.readableLength).toBe(0);
    const gone = new PassThrough();
    gone.on('error', () => {});
    gone.destroy();
    await flush(gone);
    expect(gone.destroyed).toBe(true);
  });
});
