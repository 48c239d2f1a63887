import { open, rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/**
 * Writes a body to a file that gets its name only when all of it is there and good.
 * @returns false, with no file left, when it is longer than it may be or not good
 * @throws the stream's or the file system's error
 */
export async function writeDownload(
  path: string,
  body: Readable,
  options: { mostBytes: number; onChunk: (chunk: Buffer) => void; isGood: () => boolean },
): Promise<boolean> {
  const draft = `${path}.tmp`;
  let size = 0;
  try {
    const file = await open(draft, 'w', 0o644);
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > options.mostBytes) return false;
        options.onChunk(chunk);
        for (let done = 0; done < chunk.length;) done += (await file.write(chunk, done)).bytesWritten;
      }
    } finally {
      await file.close();
    }
    if (!options.isGood()) return false;
    await rename(draft, path);
    return true;
  } finally {
    body.on('error', () => {}).destroy();
    await rm(draft, { force: true });
  }
}
