import { createReadStream } from 'node:fs';
import { collectBytes } from '../lib/collect-bytes.ts';
import { toErrorCode, toMessage } from '../lib/errors.ts';
import { CliError } from './cli-error.ts';

/**
 * All bytes of a stream, at most `limit`.
 * @param named what people call it
 * @throws CliError unreadable
 */
export async function readBounded(stream: AsyncIterable<Uint8Array>, limit: number, named: string): Promise<Buffer> {
  const toTooLarge = (): CliError =>
    new CliError('unreadable', `${named} is too large: at most ${limit} bytes are read`);
  try {
    return await collectBytes(stream, limit, toTooLarge);
  } catch (error) {
    throw error instanceof CliError ? error : toUnreadable(named, error);
  }
}

/** All bytes of a file, or of a pipe that has a path: `<(command)` in a shell. @throws CliError unreadable */
export async function readFileBounded(path: string, limit: number, named: string): Promise<Buffer> {
  return readBounded(createReadStream(path), limit, named);
}

/** The error to throw for what the file system said of `named`. */
export function toUnreadable(named: string, error: unknown): CliError {
  const code = toErrorCode(error) ?? '';
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'no permission (EACCES)',
  };
  return new CliError('unreadable', `${named} can't be read: ${reasons[code] ?? (code || toMessage(error))}`, {
    cause: error,
  });
}
