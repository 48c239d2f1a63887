import { toCanonicalJson } from './canonical.ts';
import { isObject } from '../../../lib/json.ts';
import type { Entry } from './chain.ts';
import { type Hasher } from './sha256.ts';

/** A public key that the reader picked: its SPKI DER, and the SHA-256 of that. */
export type PickedKey = { name: string; spki: Uint8Array<ArrayBuffer>; keyid: string };

export type SignatureAnswer = { keyid: string; answer: 'holds' | 'does_not_hold' | 'no_key' | 'cannot_be_checked' };

const payloadType = 'application/vnd.quoderat.seal.v1+json';
const pem = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/;

/** The key in a PEM text (RFC 7468); undefined when there is none. */
export async function parsePublicKey(name: string, text: string, hasher: Hasher): Promise<PickedKey | undefined> {
  const [, body] = pem.exec(text) ?? [];
  if (body === undefined) return undefined;
  const spki = fromBase64(body.replaceAll(/\s/g, ''));
  return spki === undefined ? undefined : { name, spki, keyid: await hasher.hash(spki) };
}

/** Each signature of the seal against the keys at hand, over what was recomputed, never over what is declared. */
export async function checkSignatures(
  envelope: Record<string, unknown>,
  head: Entry | undefined,
  keys: PickedKey[],
): Promise<SignatureAnswer[]> {
  const integrity = envelope['integrity'];
  const signatures = isObject(integrity) && Array.isArray(integrity['signatures']) ? integrity['signatures'] : [];
  const message = toMessage(envelope, head);
  return Promise.all(
    signatures.filter(isObject).map(async ({ keyid, sig }): Promise<SignatureAnswer> => {
      const key = keys.find((picked) => picked.keyid === keyid);
      const id = typeof keyid === 'string' ? keyid : '(none)';
      if (key === undefined) return { keyid: id, answer: 'no_key' };
      const bytes = typeof sig === 'string' ? fromBase64(sig) : undefined;
      if (bytes === undefined) return { keyid: id, answer: 'does_not_hold' };
      return { keyid: id, answer: await verify(key, bytes, message) };
    }),
  );
}

async function verify(
  { spki }: PickedKey,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<SignatureAnswer['answer']> {
  try {
    const key = await crypto.subtle.importKey('spki', spki, { name: 'Ed25519' }, false, ['verify']);
    return (await crypto.subtle.verify({ name: 'Ed25519' }, key, signature, message)) ? 'holds' : 'does_not_hold';
  } catch {
    // The browser has no WebCrypto here, does not know Ed25519, or the key is of another kind.
    return 'cannot_be_checked';
  }
}

/** DSSE's pre-authentication encoding of the seal statement (docs/envelope.md, section 5). */
function toMessage(envelope: Record<string, unknown>, head: Entry | undefined): Uint8Array<ArrayBuffer> {
  const { schema_version, evidence_id, run_id, sealed_at } = envelope;
  const entry_count = (head?.index ?? -1) + 1;
  const head_entry_hash = head?.entry_hash ?? '';
  const statement = JSON.stringify({ schema_version, evidence_id, run_id, sealed_at, entry_count, head_entry_hash });
  const encoder = new TextEncoder();
  const body = toCanonicalJson(JSON.parse(statement));
  return encoder.encode(`DSSEv1 ${payloadType.length} ${payloadType} ${encoder.encode(body).length} ${body}`);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
