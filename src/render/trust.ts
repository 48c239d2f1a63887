import type { Envelope } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';

/**
 * How far the seal carries, in words, from the weakest: a hash, a signature nobody has checked, one by a trusted key.
 * Says "verified" nowhere: a page can't vouch for itself.
 */
export function toTrust(envelope: Envelope, verdict: Verdict | undefined): string {
  const { component } = envelope.producer;
  const sealer = component === 'server' ? 'sealed by a server' : 'sealed in the same job that ran the steps';
  const [signature] = envelope.integrity.signatures;
  if (signature === undefined) return `hash only: ${sealer}, not signed`;
  const keys = envelope.integrity.signatures.map(({ keyid }) => keyid.slice(0, 8)).join(', ');
  const authentic = verdict?.authentic.answer ?? 'not_checked';
  return `${sealer}, signed by key ${keys} (${answers[authentic]})`;
}

const answers: Record<Verdict['authentic']['answer'], string> = {
  yes: 'a key that was trusted here',
  no: 'the signature is not by a trusted key',
  undecidable: 'the signature could not be checked',
  not_checked: 'signature not checked here',
};
