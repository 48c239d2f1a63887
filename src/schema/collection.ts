import * as z from 'zod';
import { count, sha256Hex, timestamp, uuidV7 } from './primitives.ts';
import { runStatus, runTermination } from './record.ts';

/** The kind of a collection's steps: one for each leg, whose envelope is the step's report. */
export const memberStepKind = 'collect_member';

/** How far a member's seal carries, from the weakest. What was signed was not checked by the collector. */
export const memberTrust = z.enum(['hash_only', 'server_sealed', 'signed']);
export type MemberTrust = z.infer<typeof memberTrust>;

/** The value of an observation of the type `collection_member` (docs/envelope.md, "Collections"). */
export const collectionMemberValue = z.strictObject({
  evidence_id: uuidV7,
  run_id: uuidV7,
  head_entry_hash: sha256Hex,
  /** Of the member's file, which is the artifact that this observation is based on. */
  envelope_sha256: sha256Hex,
  /** The job and its matrix leg, for people. */
  leg: z.string(),
  job: z.string().nullable(),
  /** The attempt of the forge's run; null where the forge counts none. */
  run_attempt: count.nullable(),
  status: runStatus,
  termination: runTermination,
  steps: z.strictObject({ total: count, passed: count, failed: count, not_run: count }),
  trust: memberTrust,
  /** The keys that the member's signatures name. */
  keyids: z.array(sha256Hex),
  sealed_at: timestamp,
  /** What the collector's own verification answered. */
  verdict: z.strictObject({
    intact: z.literal('yes'),
    complete: z.literal('yes'),
    authentic: z.enum(['yes', 'no', 'undecidable', 'not_checked']),
    expected: z.enum(['yes', 'not_asked']),
  }),
});
export type CollectionMemberValue = z.infer<typeof collectionMemberValue>;

/** How the number of legs was known: a number or names that the caller gave, or what the members say of their matrix. */
export const expectedBasis = z.enum(['number', 'names', 'members', 'unknown']);
export type ExpectedBasis = z.infer<typeof expectedBasis>;

/** The value of the one observation of the type `collection`. */
export const collectionValue = z.strictObject({
  /** null: nobody said, so that a missing leg could not be noticed; such a collection is no success. */
  expected: count.nullable(),
  expected_basis: expectedBasis,
  in: count,
  missing: z.array(z.strictObject({ leg: z.string(), reason: z.string() })),
  rejected: z.array(
    z.strictObject({
      leg: z.string(),
      source: z.string(),
      reason: z.string(),
      envelope_sha256: sha256Hex.nullable(),
    }),
  ),
  newest_attempt: count.nullable(),
  /** Envelopes of a leg for which there is one of a newer attempt. Not kept. */
  superseded: z.array(
    z.strictObject({
      leg: z.string(),
      run_attempt: count.nullable(),
      evidence_id: uuidV7,
      envelope_sha256: sha256Hex,
    }),
  ),
  /** What each member was compared with; null: not compared. */
  compared: z.strictObject({ repo: z.string().nullable(), commit: z.string().nullable(), run: z.string().nullable() }),
});
export type CollectionValue = z.infer<typeof collectionValue>;
