/** The bytes of a stream that are at work: some context already let go, then what is not decided yet. */
export type ByteWindow = {
  /** Valid up to `length`; behind it come bytes without meaning. Replaced when the window grows. */
  bytes: Buffer;
  /** The same memory as 32-bit words. */
  words: Int32Array;
  length: number;
};

/** Readable bytes behind the last valid one, for scanners that look ahead by a word. */
const SLACK = 16;
const FIRST_CAPACITY = 512;

export function makeByteWindow(capacity = FIRST_CAPACITY): ByteWindow {
  const memory = new ArrayBuffer((Math.ceil(capacity / 4) * 4 + SLACK) & ~3);
  return { bytes: Buffer.from(memory), words: new Int32Array(memory), length: 0 };
}

/** Appends in place; grows by doubling, so that a line that comes byte by byte costs its length and no more. */
export function append(window: ByteWindow, data: Uint8Array): void {
  const needed = window.length + data.length;
  if (needed + SLACK > window.bytes.length) {
    const grown = makeByteWindow(Math.max(needed, window.bytes.length * 2));
    window.bytes.copy(grown.bytes, 0, 0, window.length);
    window.bytes = grown.bytes;
    window.words = grown.words;
  }
  window.bytes.set(data, window.length);
  window.length = needed;
}

/** Forgets the first `count` bytes. */
export function dropFront(window: ByteWindow, count: number): void {
  window.bytes.copyWithin(0, count, window.length);
  window.length -= count;
}
