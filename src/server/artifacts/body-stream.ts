import { limits } from '../../lib/limits.ts';
import { type Bytes, letGo } from './store.ts';

/**
 * The body of an answer: pulled, never pushed, so that what the client does not take is not read from the store. A client
 * that takes nothing for a minute is cut, and what it held (a file, a connection) is let go.
 */
export function makeBodyStream(bytes: Bytes, patienceMs: number = limits.slowReaderMs): ReadableStream<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
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
          letGo(bytes);
        }, patienceMs);
      },
      cancel() {
        clearTimeout(timer);
        letGo(bytes);
      },
    },
    { highWaterMark: 0 },
  );
}
