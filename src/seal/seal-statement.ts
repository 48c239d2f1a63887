import { toCanonicalJson } from '../lib/canonical.ts';
import { type SealSignature, sealSignature } from '../schema/envelope.ts';
import { payloadTypes, toPreAuthEncoding } from './dsse.ts';
import type { Signer } from './signer.ts';

/** What a seal signature says; by the head it covers every byte of the sealed members. */
export type SealStatement = {
  schema_version: string;
  evidence_id: string;
  run_id: string;
  sealed_at: string;
  entry_count: number;
  head_entry_hash: string;
};

/** The exact bytes that a seal signature is over: the DSSE encoding of the statement's RFC 8785 form. */
export function toSealMessage(statement: SealStatement): Buffer {
  const { schema_version, evidence_id, run_id, sealed_at, entry_count, head_entry_hash } = statement;
  const said = { schema_version, evidence_id, run_id, sealed_at, entry_count, head_entry_hash };
  return toPreAuthEncoding(payloadTypes.seal, Buffer.from(toCanonicalJson(said)));
}

export async function signSeal(statement: SealStatement, signer: Signer): Promise<SealSignature> {
  const signature = await signer.sign(toSealMessage(statement));
  return { keyid: signer.keyid, alg: 'Ed25519', sig: Buffer.from(signature).toString('base64') };
}

const looseSignature = sealSignature.loose();

/** The keyid and the 64 bytes of a declared signature, or null when it has not the form of one; other members aside. */
export function parseSealSignature(value: unknown): { keyid: string; sig: Buffer } | null {
  const parsed = looseSignature.safeParse(value);
  if (!parsed.success) return null;
  const sig = Buffer.from(parsed.data.sig, 'base64');
  // Of the many spellings that base64 decoders accept only one is written.
  return sig.length === 64 && sig.toString('base64') === parsed.data.sig ? { keyid: parsed.data.keyid, sig } : null;
}
