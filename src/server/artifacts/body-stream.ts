import { limits } from '../../lib/limits.ts';
import type { Bytes } from './store.ts';

/**
 * The body of an answer: pulled, never pushed, so that what the client does not take is not read from the store. A client
 * that takes nothing for a minute is cut, and what it held (a file, a connection) is let go.
 */
export function makeBodyStream(bytes: Bytes, patienceMs: number = limits.slowReaderMs): ReadableStream<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  const letGo = (): void => {
    clearTimeout(timer);
    void iterator.return?.().catch(() => {});
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(timer);
        try {
          const next = await iterator.next();
          if (next.done === true) {
            controller.close();
            return;
          }
          controller.enqueue(next.value);
        } catch (error) {
          controller.error(error);
          return;
        }
        timer = setTimeout(() => {
          controller.error(new Error(`the reader took nothing for ${patienceMs} ms`));
          letGo();
        }, patienceMs);
      },
      cancel: letGo,
    },
    { highWaterMark: 0 },
  );
}
