/**
 * All bytes of a stream. Rejects with what `toTooLarge` makes as soon as there are more than `limit`, and otherwise only
 * as the stream does.
 */
export async function collectBytes(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit: number,
  toTooLarge: () => Error,
): Promise<Buffer> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) throw toTooLarge();
    kept.push(chunk);
  }
  return Buffer.concat(kept);
}
