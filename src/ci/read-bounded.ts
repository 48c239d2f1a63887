import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * The text of a regular file of at most maxBytes; null for a larger one, for anything else, and for one that can't be
 * read.
 */
export async function readBoundedText(file: string, maxBytes: number): Promise<string | null> {
  try {
    // Opening a FIFO that nobody writes would block for ever. The flag does not exist on Windows.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return (await handle.stat()).isFile() ? await readAtMost(handle, maxBytes) : null;
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

/** Files under /proc and /sys say that they are empty, and a file may grow: what counts is what is read. */
async function readAtMost(handle: FileHandle, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(64 * 1024, maxBytes + 1)));
    if (bytesRead === 0) return Buffer.concat(chunks).toString('utf8');
    size += bytesRead;
    if (size > maxBytes) return null;
    chunks.push(buffer.subarray(0, bytesRead));
  }
}
