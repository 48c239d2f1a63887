import { collectBytes } from '../../lib/collect-bytes.ts';
import { toMessage } from '../../lib/errors.ts';
import { PublishError, toCleanLine } from './failure.ts';

/** A local file header or the end of an empty archive (APPNOTE.TXT 4.3.7, 4.3.16). No JSON begins so. */
export function isZip(bytes: Uint8Array): boolean {
  const [p, k, a, b] = bytes;
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

/** S_IFMT and S_IFREG of the Unix mode that the upper half of the external attributes holds. */
const FILE_TYPE = 0o170000;
const PLAIN_FILE = 0o100000;

/**
 * The one file in a zip from anybody. More than one, a folder, a link, an encrypted one, a name that leads elsewhere
 * and more than `limit` bytes are refused; what the headers claim of its length is not believed. Nothing is written.
 * @throws PublishError failed or too_large
 */
export async function unzipOnly(bytes: Buffer, limit: number): Promise<Buffer> {
  // Loaded only here: envelopes are uploaded as they are.
  const { fromBufferPromise } = await import('yauzl');
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true, strictFileNames: true });
    if (zip.entryCount !== 1) throw refuse(`it holds ${zip.entryCount} files, not one`);
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw refuse('it is encrypted');
      // The upper half is only a Unix mode when a Unix made it; other systems leave it empty.
      const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
      if (entry.fileName.endsWith('/') || (type !== 0 && type !== PLAIN_FILE)) throw refuse('it holds no plain file');
      if (entry.uncompressedSize > limit) throw tooLarge(limit);
      return await collectBytes(await zip.openReadStreamPromise(entry), limit, () => tooLarge(limit));
    }
    throw refuse('it is empty');
  } catch (error) {
    if (error instanceof PublishError) throw error;
    throw refuse(toCleanLine(toMessage(error)));
  }
}

function refuse(reason: string): PublishError {
  return new PublishError('failed', `the zip can't be read: ${reason}`);
}

function tooLarge(limit: number): PublishError {
  return new PublishError('too_large', `the file in the zip has more than ${limit} bytes`);
}
