import { StringDecoder } from 'node:string_decoder';
import { limits } from '../lib/limits.ts';
import type { Hit, RedactionStream } from '../redaction/types.ts';
import { makeBufferPool } from './buffer-pool.ts';
import type { ContentWriter, KeptContent } from './content-writer.ts';
import type { Sink } from './source.ts';

const pieces = makeBufferPool(limits.outputChunkBytes, 16);

/** Redacted bytes on their way to the log: as in the event step_output. */
export type OutputText = { offset: number; bytes: number; text: string };

/** What became of one stream. */
export type KeptOutput = { content: KeptContent; hits: Hit[] };

/** One of a child's streams, from its raw bytes to the artifact and the event. */
export type Output = {
  sink: Sink;
  /** When bytes came last (performance.now()); the time of creation before the first. */
  lastAt(): number;
  /** Whether reading waits for the disk or for whoever consumes the events. */
  isBlocked(): boolean;
  /** No more bytes come: hands on what was held back, and closes the file. */
  end(): Promise<KeptOutput>;
};

/**
 * Coalesces raw bytes, so that the redactor, the hash and the disk see few large pieces; redacts each; keeps it; tells of
 * it. At most one piece is in the making, whatever the child prints.
 */
export function makeOutput(options: {
  redaction: RedactionStream;
  writer: ContentWriter;
  emit: (output: OutputText) => Promise<void> | undefined;
}): Output {
  const { redaction, writer, emit } = options;
  const decoder = new StringDecoder('utf8');
  let pending: Buffer | undefined;
  let pendingBytes = 0;
  let timer: NodeJS.Timeout | undefined;
  let offset = 0;
  let lastAt = performance.now();
  let wait: Promise<void> | undefined;
  let waiting = 0;

  const settle = async (waits: Promise<unknown>): Promise<void> => {
    waiting += 1;
    await waits;
    waiting -= 1;
    if (waiting === 0) wait = undefined;
  };
  const deliver = (bytes: Buffer, last: boolean): void => {
    const text = decoder.write(bytes) + (last ? decoder.end() : '');
    if (bytes.length === 0 && text === '') return;
    const waits = [writer.write(bytes), emit({ offset, bytes: bytes.length, text })].filter(
      (wait) => wait !== undefined,
    );
    offset += bytes.length;
    if (waits.length === 0) return;
    wait = settle(Promise.all([wait, ...waits]));
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (pending === undefined || pendingBytes === 0) return;
    const bytes = pending.subarray(0, pendingBytes);
    pendingBytes = 0;
    deliver(redaction.push(bytes), false);
  };

  return {
    sink(bytes) {
      lastAt = performance.now();
      pending ??= pieces.take();
      for (let taken = 0; taken < bytes.length;) {
        const size = bytes.copy(pending, pendingBytes, taken);
        taken += size;
        pendingBytes += size;
        if (pendingBytes === pending.length) flush();
      }
      if (pendingBytes > 0) timer ??= setTimeout(flush, limits.outputFlushMs);
      return wait;
    },
    lastAt: () => lastAt,
    isBlocked: () => wait !== undefined,
    async end() {
      flush();
      if (pending !== undefined) pieces.give(pending);
      pending = undefined;
      deliver(redaction.end(), true);
      await wait;
      return { content: await writer.finish(), hits: redaction.hits() };
    },
  };
}
