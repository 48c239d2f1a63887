import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { limits } from '../lib/limits.ts';
import type { Hit, Redactor } from '../redaction/types.ts';
import type { ContentWriter, KeptContent } from './content-writer.ts';

export type CopiedFile = { content: KeptContent; class: 'text' | 'binary'; hits: Hit[] };

const SNIFF_BYTES = 8 * 1024;

/**
 * Copies a file into a writer piece by piece, through the redactor when it begins like text. A symlink is not followed,
 * and what is no regular file (a named pipe would never end) is refused.
 * @throws the system's error when it can't be opened or read
 */
export async function copyFile(options: {
  path: string;
  redactor: Redactor;
  writer: ContentWriter;
  isStopped: () => boolean;
}): Promise<CopiedFile> {
  const { path, redactor, writer, isStopped } = options;
  await using file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  if (!(await file.stat()).isFile()) throw new Error('it is not a regular file');
  let stream: ReturnType<Redactor['stream']> | undefined;
  let first = true;
  let stopped = false;
  for (;;) {
    const buffer = Buffer.allocUnsafe(limits.outputChunkBytes);
    const { bytesRead } = await file.read(buffer, 0, buffer.length);
    const bytes = buffer.subarray(0, bytesRead);
    if (first && isText(bytes)) stream = redactor.stream();
    first = false;
    if (bytesRead === 0) break;
    // Redacting is the one thing here that holds the event loop, a piece at a time.
    const piece = stream ? stream.push(bytes) : bytes;
    await (writer.write(piece) ?? nextTurn());
    stopped = isStopped();
    if (stopped) break;
  }
  if (stream) await writer.write(stream.end());
  const content = await writer.finish();
  const cut: KeptContent = stopped ? { ...content, truncated: true, problem: content.problem ?? 'stopped' } : content;
  return { content: cut, class: stream ? 'text' : 'binary', hits: stream?.hits() ?? [] };
}

/** Whether the beginning of a file is UTF-8 without NUL. A character cut off by the end of what was read is no fault. */
function isText(bytes: Buffer): boolean {
  const head = bytes.subarray(0, SNIFF_BYTES);
  if (head.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
