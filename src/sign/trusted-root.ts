import type { TrustMaterial } from '@sigstore/verify';
import { limits } from '../lib/limits.ts';
import { TrustError } from './errors.ts';

/** Sigstore instances that the caller trusts. */
export type TrustedRoots = readonly TrustMaterial[];

/**
 * The instances that a file of trusted roots names: one JSON object (`trusted_root.json` of a TUF repository), or one a
 * line (`gh attestation trusted-root`). Whoever gives this file decides who can sign.
 * @throws TrustError not_a_trusted_root
 */
export async function parseTrustedRoots(bytes: Uint8Array): Promise<TrustedRoots> {
  if (bytes.length > limits.trustedRootBytes)
    throw new TrustError('not_a_trusted_root', `it has more than the ${limits.trustedRootBytes} bytes that are read`);
  const { TrustedRoot } = await import('@sigstore/protobuf-specs');
  const { toTrustMaterial } = await import('@sigstore/verify');
  try {
    const roots = parseObjects(Buffer.from(bytes).toString('utf8')).map((value) =>
      toTrustMaterial(TrustedRoot.fromJSON(value)),
    );
    if (roots.length === 0 || roots.some((root) => root.certificateAuthorities.length === 0))
      throw new Error('it names no certificate authority');
    return roots;
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read';
    throw new TrustError('not_a_trusted_root', `it is no trusted root of Sigstore: ${reason}`, { cause: error });
  }
}

/**
 * The trusted root of the public instance as The Update Framework gives it now, checked against the root of trust that
 * the library brings. Asks the network, and keeps what it got in the user's data folder, as every Sigstore client does.
 * @throws TrustError not_fetched
 */
export async function fetchTrustedRoots(): Promise<TrustedRoots> {
  const { getTrustedRoot } = await import('@sigstore/tuf');
  const { toTrustMaterial } = await import('@sigstore/verify');
  try {
    return [toTrustMaterial(await getTrustedRoot({ timeout: limits.signRequestMs, retry: { retries: 1 } }))];
  } catch (error) {
    const message = "the public instance's trusted root cannot be fetched; name a file with --trusted-root";
    throw new TrustError('not_fetched', message, { cause: error });
  }
}

function parseObjects(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length < 2) throw error;
    return lines.map((line): unknown => JSON.parse(line));
  }
}
