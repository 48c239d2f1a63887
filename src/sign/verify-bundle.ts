import type { TrustMaterial } from '@sigstore/verify';
import type { SigstoreFacts } from '../schema/verdict.ts';
import type { SigstoreAnswer } from '../seal/authentic.ts';
import { BundleReadError, inspectBundle, type InspectedBundle } from './bundle.ts';
import { findStatementFault, type SignedEnvelope } from './statement-fault.ts';
import { trustBundle } from './trust-bundle.ts';

/** What a Sigstore answer may say is wrong; docs/signing.md explains each, and a test holds the two together. */
export const sigstoreProblemCodes = [
  'sigstore_missing',
  'sigstore_unreadable',
  'sigstore_other_statement',
  'sigstore_other_envelope',
  'sigstore_bad_signature',
  'sigstore_untrusted_certificate',
  'sigstore_no_time',
  'sigstore_bad_log_proof',
  'sigstore_no_trusted_root',
  'sigstore_no_expectation',
  'sigstore_other_identity',
  'sigstore_other_issuer',
] as const;
export type SigstoreProblemCode = (typeof sigstoreProblemCodes)[number];

export type SigstoreQuestion = {
  /** The bundle's bytes; null: there is none. */
  bundle: Uint8Array | null;
  /** The instances that are trusted; none: nothing can be decided. */
  roots: readonly TrustMaterial[];
  /** Who must have signed: the whole identity, or a pattern for the whole of it. */
  identity: string | RegExp | undefined;
  issuer: string | undefined;
};

/** An identity is an address; patterns are not run over more than this. */
const longestIdentity = 2048;

/**
 * Whether this envelope was signed, through a trusted Sigstore instance, by whom the caller expects. No network.
 * @returns `no` when something is false; `undecidable` when there is no bundle, no trusted root, or nobody was named:
 * anyone can sign, so a signature that holds says nothing until its owner is the one expected
 */
export async function checkSigstore(question: SigstoreQuestion, envelope: SignedEnvelope): Promise<SigstoreAnswer> {
  if (question.bundle === null)
    return toAnswer('undecidable', 'sigstore_missing', 'there is no Sigstore bundle beside the envelope');
  let found: InspectedBundle;
  try {
    found = await inspectBundle(question.bundle);
  } catch (error) {
    if (!(error instanceof BundleReadError)) throw error;
    return toAnswer('no', 'sigstore_unreadable', `the Sigstore bundle cannot be read: ${error.message}`);
  }
  const fault = findStatementFault(found.payload, envelope);
  if (fault !== null) return toAnswer('no', fault.code, fault.message);
  if (!found.signatureHolds)
    return toAnswer('no', 'sigstore_bad_signature', 'the signature does not hold under its own certificate');
  if (question.roots.length === 0)
    return toAnswer(
      'undecidable',
      'sigstore_no_trusted_root',
      'no trusted root was given; name one with --trusted-root',
    );
  const trust = await trustBundle(found, question.roots);
  if (trust.kind === 'refused') return toAnswer('no', trust.code, trust.message);
  return { ...compareSigner(trust.facts, question), facts: trust.facts };
}

function compareSigner({ identity, issuer }: SigstoreFacts, expected: SigstoreQuestion): SigstoreAnswer {
  if (expected.identity === undefined || expected.issuer === undefined) {
    const missing = expected.identity === undefined ? '--identity' : '--issuer';
    return toAnswer('undecidable', 'sigstore_no_expectation', `anyone can sign; say who must have, with ${missing}`);
  }
  if (issuer !== expected.issuer)
    return toAnswer(
      'no',
      'sigstore_other_issuer',
      `its signer was vouched for by ${issuer}, not by the expected issuer`,
    );
  if (!isIdentity(identity, expected.identity))
    return toAnswer('no', 'sigstore_other_identity', `it is signed by ${identity}, who is not the one expected`);
  return { answer: 'yes', problems: [] };
}

function isIdentity(identity: string, expected: string | RegExp): boolean {
  if (typeof expected === 'string') return identity === expected;
  return identity.length <= longestIdentity && new RegExp(`^(?:${expected.source})$`, 'u').test(identity);
}

function toAnswer(answer: 'no' | 'undecidable', code: SigstoreProblemCode, message: string): SigstoreAnswer {
  return { answer, problems: [{ pointer: '', code, message }] };
}
