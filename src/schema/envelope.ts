import * as z from 'zod';
import { count, sha256Hex, timestamp, uuidV7 } from './primitives.ts';
import { runRecord, worker } from './record.ts';

/** Who sealed. embedded: the same process that ran the steps; server: another party that received them. */
export const producer = z.strictObject({
  name: z.string(),
  version: z.string(),
  component: z.enum(['server', 'embedded']),
  instance: z.string().optional(),
  worker,
});

/** Codes, explained in docs/envelope.md: what the record shows by itself, and what nobody may read into it. */
export const claims = z.strictObject({ mechanical: z.array(z.string()), no_claims: z.array(z.string()) });
export type Claims = z.infer<typeof claims>;

export const chainEntry = z.strictObject({
  index: count,
  pointer: z.string(),
  payload_sha256: sha256Hex,
  prev_entry_hash: sha256Hex,
  entry_hash: sha256Hex,
});
export type ChainEntry = z.infer<typeof chainEntry>;

export const sealSignature = z.strictObject({ keyid: sha256Hex, alg: z.literal('Ed25519'), sig: z.base64() });
export type SealSignature = z.infer<typeof sealSignature>;

export const integrity = z.strictObject({
  canonicalization: z.literal('rfc8785-jcs'),
  hash_algorithm: z.literal('sha256'),
  chain_version: z.literal(1),
  hash_chain: z.array(chainEntry).min(1),
  entry_count: count.min(1),
  head_entry_hash: sha256Hex,
  signatures: z.array(sealSignature),
});
export type Integrity = z.infer<typeof integrity>;

/** The only member outside the seal. */
export const unsealed = z.strictObject({
  location_hints: z.array(z.strictObject({ content_uri: z.string(), location: z.string() })),
  links: z.record(z.string(), z.string()),
});

/** The record as it is; of its worker the producer tells. */
const { worker: _worker, ...recorded } = runRecord.shape;

/** Everything that the seal covers: the envelope without `integrity` and `unsealed`. */
export const sealedMembers = z.strictObject({
  schema_version: z.literal('1.0'),
  evidence_id: uuidV7,
  generated_at: timestamp,
  sealed_at: timestamp,
  producer,
  ...recorded,
  claims,
});
export type SealedMembers = z.infer<typeof sealedMembers>;

/** The Evidence Envelope v1 (docs/envelope.md): the authoritative record of one run. */
export const envelope = z.strictObject({ ...sealedMembers.shape, integrity, unsealed: unsealed.optional() });
export type Envelope = z.infer<typeof envelope>;
