import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../src/lib/hash.ts';
import { envelope as schema, type Envelope } from '../../src/schema/envelope.ts';
import type { SigstoreAnswer } from '../../src/seal/authentic.ts';
import type { SignedEnvelope } from '../../src/sign/statement-fault.ts';
import { signStatement, type SignedStatement } from '../../src/sign/sign-statement.ts';
import { toSigningStatement } from '../../src/sign/statement.ts';
import { parseTrustedRoots } from '../../src/sign/trusted-root.ts';
import { checkSigstore, type SigstoreQuestion } from '../../src/sign/verify-bundle.ts';
import { type FakeSigstore, githubIssuer, makeToken, workflow } from '../support/sigstore.ts';

const bytes = readFileSync(join(import.meta.dirname, '../vectors/good/failed.json'));

/** A published envelope, and what a verifier has computed of it. */
export const sample: { bytes: Buffer; envelope: Envelope; sha256: string; facts: SignedEnvelope } = toSample(bytes);

export function toSample(file: Buffer): typeof sample {
  const envelope = schema.parse(JSON.parse(file.toString('utf8')));
  const { evidence_id, run_id, integrity } = envelope;
  const facts = { evidence_id, run_id, head_entry_hash: integrity.head_entry_hash, envelope_sha256: sha256(file) };
  return { bytes: file, envelope, sha256: facts.envelope_sha256, facts };
}

export const statement = toSigningStatement(sample.envelope, sample.sha256);

/** Signs the sample's statement there, without patience. */
export function signSample(
  { instance }: Pick<FakeSigstore, 'instance'>,
  more: Partial<Parameters<typeof signStatement>[0]> = {},
): Promise<SignedStatement> {
  return signStatement({ statement, identityToken: makeToken(), instance, retries: 0, ...more });
}

/** Asks whether the bundle is the expected workflow's signature of the sample. */
export async function askAbout(
  bundle: Uint8Array | null,
  trustedRoot: string | null,
  more: Partial<SigstoreQuestion> & { about?: SignedEnvelope } = {},
): Promise<SigstoreAnswer> {
  const roots = trustedRoot === null ? [] : await parseTrustedRoots(Buffer.from(trustedRoot));
  const { about = sample.facts, ...rest } = more;
  return checkSigstore({ bundle, roots, identity: workflow, issuer: githubIssuer, ...rest }, about);
}
