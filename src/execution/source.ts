import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { makeDeferred } from '../lib/deferred.ts';
import { makeBufferPool } from './buffer-pool.ts';

/**
 * Where the bytes of a source go. They are only lent: whoever keeps them copies them. When a promise comes back, no more
 * is read until it resolves.
 */
export type Sink = (bytes: Buffer) => Promise<void> | undefined;

/** The reading end of a child's stdout or stderr. */
export type Source = {
  /** Resolves when all is read: every process that could write has closed its end, or close() was called. */
  ended: Promise<void>;
  isEnded(): boolean;
  /** Stops reading. What is still in the pipe is lost. */
  close(): void;
};

const readBuffers = makeBufferPool(64 * 1024, 16);

/** Reads a named pipe. The descriptor belongs to the source from here on. */
export function readPipe(fd: number, sink: Sink): Source {
  const buffer = readBuffers.take();
  const socket: Socket = new Socket({
    fd,
    readable: true,
    writable: false,
    onread: {
      // One fixed buffer: given a function here, Node 24 hands out memory that is being read into.
      buffer,
      callback: (size) => {
        const wait = sink(buffer.subarray(0, size));
        if (wait) void wait.then(() => socket.resume());
        return wait === undefined;
      },
    },
  });
  socket.once('close', () => readBuffers.give(buffer));
  socket.resume();
  return toSource(socket);
}

/** Reads a stream that Node made, where named pipes can't be had. */
export function readStream(stream: Readable, sink: Sink): Source {
  stream.on('data', (chunk: Buffer) => {
    const wait = sink(chunk);
    if (!wait) return;
    stream.pause();
    void wait.then(() => stream.resume());
  });
  return toSource(stream);
}

function toSource(stream: Readable): Source {
  const end = makeDeferred();
  let ended = false;
  // A read that fails ends the stream; that bytes may be missing shows in nothing else, and it never happens on a pipe.
  stream.on('error', () => {});
  stream.once('close', () => {
    ended = true;
    end.resolve();
  });
  return { ended: end.promise, isEnded: () => ended, close: () => stream.destroy() };
}
