import type { Envelope } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';

/** How far a seal carries, in a word, from the weakest. */
export type TrustLevel = 'hash only' | 'server sealed' | 'signed';

/** Who sealed, and by which key (its first digits), and what is known of that key here. */
export type Trust = { level: TrustLevel; seal: string; signer?: { key: string; check: string } };

/**
 * How far the seal carries, in words, from the weakest: a hash, a signature nobody has checked, one by a trusted key.
 * Says "verified" nowhere: a page can't vouch for itself. A server that did not sign is one that anybody may claim to be.
 */
export function toTrust(envelope: Envelope, verdict: Verdict | undefined): Trust {
  const isServer = envelope.producer.component === 'server';
  const seal = isServer ? 'sealed by a server' : 'sealed in the same job that ran the steps';
  const [signature] = envelope.integrity.signatures;
  if (signature === undefined) return { level: 'hash only', seal: `hash only: ${seal}, not signed` };
  return {
    level: isServer ? 'server sealed' : 'signed',
    seal,
    signer: { key: signature.keyid.slice(0, 16), check: checks[verdict?.authentic.answer ?? 'not_checked'] },
  };
}

const checks: Record<Verdict['authentic']['answer'], string> = {
  yes: 'a key that was trusted here',
  no: 'the signature is not by a trusted key',
  undecidable: 'the signature could not be checked',
  not_checked: 'signature not checked here',
};
