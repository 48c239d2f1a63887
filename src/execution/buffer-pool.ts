/** Memory that is used again: a process that stays small starts children faster (fork copies its page tables). */
export type BufferPool = {
  take(): Buffer;
  /** To be called once nobody holds or fills the buffer any more. */
  give(buffer: Buffer): void;
};

/** @param size bytes of each buffer @param keep how many unused ones are kept at most */
export function makeBufferPool(size: number, keep: number): BufferPool {
  const unused: Buffer[] = [];
  return {
    take: () => unused.pop() ?? Buffer.allocUnsafeSlow(size),
    give(buffer) {
      if (unused.length < keep) unused.push(buffer);
    },
  };
}
