import { open } from 'node:fs/promises';

/**
 * The end of a text file, from the beginning of a line if one begins there; null when it can't be read.
 * @param bytes at most so much of it is read
 */
export async function readTail(path: string, bytes: number): Promise<{ text: string; truncated: boolean } | null> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    const start = Math.max(0, size - bytes);
    const buffer = Buffer.alloc(Math.min(size, bytes));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
    const text = buffer.toString('utf8', 0, bytesRead);
    if (start === 0) return { text, truncated: false };
    // The first line may be cut, even within a character. Where it is the only one, its end says more than nothing.
    const whole = text.slice(text.indexOf('\n') + 1);
    return { text: whole === '' ? text.replace(/^\uFFFD+/, '') : whole, truncated: true };
  } catch {
    return null;
  }
}
