import type { ServerResponse } from 'node:http';
import { makeDeferred } from '../../lib/deferred.ts';

/** Where a reader's bytes go. Writing never blocks: who writes looks at `pending` first. */
export type Sink = {
  write(bytes: Buffer): void;
  /** Bytes that were written and have not left the process. */
  pending(): number;
  /** Resolves true when there is room again, false when the reader is gone or did not read for so long. */
  ready(ms: number): Promise<boolean>;
  /** Aborted when the reader is gone or the stream was ended. */
  readonly gone: AbortSignal;
  end(): void;
  /** Breaks the connection off: what is pending is lost, and the reader sees that the stream has no end. */
  cut(): void;
};

/**
 * Writes to node's response itself: the same Buffer goes to every reader's socket, with no stream objects in between
 * (a web stream costs each of 1,000 readers several promises a chunk).
 */
export function makeNodeSink(outgoing: ServerResponse, headers: Record<string, string>): Sink {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  outgoing.on('error', () => {});
  if (outgoing.destroyed || outgoing.closed) gone.abort();
  // A log of which nothing new is heard has no comments that would keep it; whether its reader is there, TCP asks.
  outgoing.setTimeout(0);
  outgoing.writeHead(200, headers);
  outgoing.flushHeaders();
  return {
    write: (bytes) => void outgoing.write(bytes),
    pending: () => outgoing.writableLength,
    async ready(ms) {
      if (gone.signal.aborted) return false;
      if (!outgoing.writableNeedDrain) return true;
      const drained = makeDeferred<boolean>();
      const onDrain = (): void => drained.resolve(true);
      const onGone = (): void => drained.resolve(false);
      const timer = setTimeout(onGone, ms);
      outgoing.once('drain', onDrain);
      gone.signal.addEventListener('abort', onGone);
      try {
        return await drained.promise;
      } finally {
        clearTimeout(timer);
        outgoing.off('drain', onDrain);
        gone.signal.removeEventListener('abort', onGone);
      }
    },
    gone: gone.signal,
    end: () => void outgoing.end(),
    cut: () => void outgoing.destroy(),
  };
}

/** The same over a web stream, where there is no node:http beneath (app.fetch called by itself). */
export function makeWebSink(highWaterBytes: number): { sink: Sink; body: ReadableStream<Uint8Array> } {
  const gone = new AbortController();
  let isOpen = true;
  let wanted = makeDeferred<boolean>();
  let control: ReadableStreamDefaultController<Uint8Array> | undefined;
  const close = (): void => {
    isOpen = false;
    wanted.resolve(false);
    gone.abort();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => void (control = controller),
      pull() {
        wanted.resolve(true);
        wanted = makeDeferred();
      },
      cancel: close,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: highWaterBytes }),
  );
  const sink: Sink = {
    write: (bytes) => {
      if (isOpen && bytes.length > 0) control?.enqueue(bytes);
    },
    pending: () => highWaterBytes - (control?.desiredSize ?? highWaterBytes),
    async ready(ms) {
      if (!isOpen || (control?.desiredSize ?? 0) > 0) return isOpen;
      const late = makeDeferred<boolean>();
      const timer = setTimeout(() => late.resolve(false), ms);
      return Promise.race([wanted.promise, late.promise]).finally(() => clearTimeout(timer));
    },
    gone: gone.signal,
    end: () => {
      if (isOpen) control?.close();
      close();
    },
    cut: () => {
      if (isOpen) control?.error(new Error('the reader did not read'));
      close();
    },
  };
  return { sink, body };
}
