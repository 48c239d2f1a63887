import { createHash } from 'node:crypto';
import { limits } from '../../lib/limits.ts';
import { ArtifactError, type Bytes } from './store.ts';

/**
 * The same bytes, and at their end a throw unless they have that digest: whoever consumes it keeps nothing before it
 * ended without one.
 * @throws ArtifactError too_large with the first byte too many; digest_mismatch
 */
export async function* digesting(sha256: string, bytes: Bytes, maxBytes: number): AsyncGenerator<Uint8Array, void> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > maxBytes)
      throw new ArtifactError('too_large', `the artifact has more than the ${maxBytes} bytes that this server takes`);
    hash.update(chunk);
    yield chunk;
  }
  const found = hash.digest('hex');
  if (found !== sha256)
    throw new ArtifactError('digest_mismatch', `the ${size} bytes that came have the SHA-256 ${found}, not ${sha256}`);
}

/** How long a piece of a body is waited for, and the least rate once the grace is over. */
export type Patience = { idleMs: number; graceMs: number; bytesPerMs: number };

const defaultPatience: Patience = {
  idleMs: limits.slowBodyIdleMs,
  graceMs: limits.slowBodyGraceMs,
  bytesPerMs: limits.slowBodyBytesPerMs,
};

/**
 * The same bytes from a client that may be slow or gone: each piece is waited for so long, and after a grace their
 * average must keep up with a least rate, so that a trickle does not hold a place for hours.
 * @param now milliseconds, monotonic
 * @throws ArtifactError request_timeout; cut_off when the body breaks off
 */
export async function* patiently(
  bytes: Bytes,
  now: () => number,
  { idleMs, graceMs, bytesPerMs }: Patience = defaultPatience,
): AsyncGenerator<Uint8Array, void> {
  const begin = now();
  let size = 0;
  const iterator = bytes[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await withPatience(iterator.next());
      if (next.done === true) return;
      size += next.value.length;
      if (now() - begin > graceMs + size / bytesPerMs) throw toTooSlow(size);
      yield next.value;
    }
  } finally {
    // Not waited for: a body that hangs would hang here too.
    void iterator.return?.().catch(() => {});
  }

  async function withPatience(next: Promise<IteratorResult<Uint8Array>>): Promise<IteratorResult<Uint8Array>> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(toTooSlow(size)), idleMs);
    });
    try {
      return await Promise.race([next, patience]);
    } catch (error) {
      next.catch(() => {});
      if (error instanceof ArtifactError) throw error;
      throw new ArtifactError('cut_off', `the body broke off after ${size} bytes`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}

function toTooSlow(size: number): ArtifactError {
  return new ArtifactError('request_timeout', `the body came too slowly: ${size} bytes, then the server gave up`);
}
