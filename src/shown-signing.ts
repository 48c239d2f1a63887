import type { Signing as Shown } from './render/summary-seal.ts';
import type { Signing } from './sign-evidence.ts';

/** What came of keyless signing, in the page's words; undefined: nothing that a reader is told. */
export function toShownSigning(signing: Signing | undefined, bundleFileName?: string): Shown | undefined {
  if (signing?.state === 'failed') return { state: 'failed', reason: signing.reason };
  if (signing?.state !== 'signed') return undefined;
  const { identity, issuer, instance } = signing;
  return { state: 'keyless', identity, issuer, instance, ...(bundleFileName !== undefined && { bundleFileName }) };
}
