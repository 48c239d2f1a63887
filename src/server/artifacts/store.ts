import { Readable } from 'node:stream';
import { CodedError } from '../../lib/errors.ts';

/** Why bytes were not taken or not given: the routes turn each code into an answer. */
export type ArtifactErrorCode =
  | 'digest_mismatch'
  | 'too_large'
  | 'insufficient_storage'
  | 'request_timeout'
  | 'cut_off'
  | 'unavailable'
  | 'misconfigured';
export class ArtifactError extends CodedError<ArtifactErrorCode> {}

/** First and last byte, both included. */
export type ByteRange = { start: number; end: number };

/** Bytes in pieces, as they come. */
export type Bytes = AsyncIterable<Uint8Array>;

/**
 * The port of the place where artifacts lie under their SHA-256. Several server processes may share one. What is under a
 * digest are the bytes of that digest and all of them, whoever crashed when.
 */
export type ArtifactStore = {
  /** What it is, for logs and errors, without credentials. */
  readonly name: string;
  /** null: not here. @throws ArtifactError unavailable */
  head(sha256: string): Promise<{ size: number } | null>;
  /**
   * Keeps the bytes when they have that digest, and is done only when a crash of the machine would not lose them.
   * @throws ArtifactError digest_mismatch, too_large, insufficient_storage, unavailable, or what `bytes` throws; then
   * nothing of them is left
   */
  put(sha256: string, bytes: Bytes, limit: { maxBytes: number }): Promise<{ size: number; isNew: boolean }>;
  /** The bytes, or those of the range. null: not here. Whoever does not read to the end calls letGo(). */
  open(sha256: string, range?: ByteRange): Promise<Bytes | null>;
  /** Nothing to remove is no error. */
  remove(sha256: string): Promise<void>;
  /** Clears away what writers that died have left, and fails when the store can't be used. */
  tidy(): Promise<void>;
};

/** Lets go of what bytes hold (a file, a connection), also when none was read: an iterator that did not begin ends nothing. */
export function letGo(bytes: Bytes): void {
  if (bytes instanceof Readable) bytes.destroy();
  else
    void bytes[Symbol.asyncIterator]()
      .return?.()
      .catch(() => {});
}

export const DIGEST = /^[0-9a-f]{64}$/;
