import { basename, dirname } from 'node:path';
import { toTimestamp } from './lib/clock.ts';
import { toMessage } from './lib/errors.ts';
import {
  dropEvidenceFile,
  EvidenceFolderError,
  evidenceFiles,
  readEvidenceFile,
  toSigstorePath,
  writeEvidenceFile,
} from './publish/files/evidence-folder.ts';
import type { Envelope } from './schema/envelope.ts';
import { BundleReadError, inspectBundle } from './sign/bundle.ts';
import { chooseInstance, type InstanceOwner, toInstanceOwner } from './sign/choose-instance.ts';
import { SignError, type SignErrorCode } from './sign/errors.ts';
import { parseTokenClaims } from './sign/identity-token.ts';
import type { InstanceOverrides } from './sign/instance.ts';
import { signStatement } from './sign/sign-statement.ts';
import { findStatementFault } from './sign/statement-fault.ts';
import { toSigningStatement } from './sign/statement.ts';

export type SignEvidenceOptions = {
  /** The sealed envelope as it lies in its folder. */
  envelopePath: string;
  envelope: Envelope;
  envelopeSha256: string;
  /** `auto` signs only where nothing is made known by it that is not public; `always` signs. */
  mode: 'auto' | 'always';
  getToken: (signal: AbortSignal) => Promise<string>;
  /** Of the runner. */
  env: Record<string, string>;
  overrides: InstanceOverrides;
  knownVisibility?: string | undefined;
  signal: AbortSignal;
  now: () => number;
  retries?: number;
};

/** The Sigstore bundle that lies beside the envelope, and whose signature it is by its own words. */
export type SignedEvidence = {
  state: 'signed';
  /** false: it was there already. */
  isNew: boolean;
  bundlePath: string;
  bundle: Uint8Array;
  identity: string;
  issuer: string;
  instance: InstanceOwner;
  loggedAt?: string;
  logIndex?: string;
};

export type Signing =
  | SignedEvidence
  | { state: 'failed'; code: SignErrorCode | 'other_signature' | 'not_written'; reason: string }
  /** Not wanted, or not possible where nobody insisted. */
  | { state: 'not_asked'; why: string };

/**
 * Signs the statement about an envelope through Sigstore and keeps the bundle beside it, before anybody else is handed
 * it. When that fails the folder says so in signing-pending.json, and how to finish; the evidence is what it was. An
 * envelope that is signed already stays so. Never throws for what a service, the network or the disk does.
 */
export async function signEvidence(options: SignEvidenceOptions): Promise<Signing> {
  const { envelopePath } = options;
  const found = await readSigned(options);
  if (found?.state === 'signed') await dropPending(envelopePath);
  if (found !== null) return found;
  try {
    const signing = await sign(options);
    if (signing.state === 'signed') await dropPending(envelopePath);
    return signing;
  } catch (error) {
    if (!(error instanceof SignError || error instanceof EvidenceFolderError)) throw error;
    const code = error instanceof SignError ? error.code : ('not_written' as const);
    await writePending(options, { code, reason: error.message });
    return { state: 'failed', code, reason: error.message };
  }
}

async function sign(options: SignEvidenceOptions): Promise<Signing> {
  const { envelope, envelopeSha256, mode, env, overrides, knownVisibility, signal, retries } = options;
  const identityToken = await options.getToken(signal);
  const choice = chooseInstance(parseTokenClaims(identityToken), env, { overrides, knownVisibility });
  if (mode === 'auto' && choice.exposure !== undefined) return { state: 'not_asked', why: choice.exposure };
  const signed = await signStatement({
    statement: toSigningStatement(envelope, envelopeSha256),
    identityToken,
    instance: choice.instance,
    signal,
    ...(retries !== undefined && { retries }),
  });
  const path = toSigstorePath(options.envelopePath);
  const bundlePath = await writeEvidenceFile(dirname(path), basename(path), signed.bundle);
  const { bundle, identity, issuer, loggedAt, logIndex } = signed;
  const log = { ...(loggedAt && { loggedAt }), ...(logIndex && { logIndex }) };
  const instance = toInstanceOwner(overrides, logIndex !== undefined);
  return { state: 'signed', isNew: true, bundlePath, bundle, identity, issuer, instance, ...log };
}

/** The bundle that is there already. One of another envelope, or none at all, is not overwritten: it is somebody's. */
export async function readSigned(
  options: Pick<SignEvidenceOptions, 'envelopePath' | 'envelope' | 'envelopeSha256' | 'overrides'>,
): Promise<Signing | null> {
  const { envelopePath, envelope, envelopeSha256, overrides } = options;
  const bundlePath = toSigstorePath(envelopePath);
  const refuse = (reason: string): Signing => ({
    state: 'failed',
    code: 'other_signature',
    reason: `${bundlePath} ${reason}; remove it to sign anew`,
  });
  try {
    const bundle = await readEvidenceFile(dirname(bundlePath), basename(bundlePath));
    if (bundle === null) return null;
    const { payload, signatureHolds, signer, logEntries } = await inspectBundle(bundle);
    const { evidence_id, run_id, integrity } = envelope;
    const about = { evidence_id, run_id, head_entry_hash: integrity.head_entry_hash, envelope_sha256: envelopeSha256 };
    if (!signatureHolds || findStatementFault(payload, about) !== null)
      return refuse('is no signature of this envelope');
    const [entry] = logEntries;
    const log = { ...(entry?.at && { loggedAt: entry.at }), ...(entry && { logIndex: entry.index }) };
    const { identity, issuer } = signer;
    const instance = toInstanceOwner(overrides, entry !== undefined);
    return { state: 'signed', isNew: false, bundlePath, bundle, identity, issuer, instance, ...log };
  } catch (error) {
    if (error instanceof BundleReadError) return refuse(`is no Sigstore bundle (${error.message})`);
    if (error instanceof EvidenceFolderError) return refuse('cannot be read');
    throw error;
  }
}

/** Only in an evidence folder: beside a file that somebody downloaded it would be litter. */
async function writePending(
  { envelopePath, now }: SignEvidenceOptions,
  { code, reason }: { code: string; reason: string },
): Promise<void> {
  if (basename(envelopePath) !== evidenceFiles.envelope) return;
  const mark = { state: 'failed', code, reason, at: toTimestamp(now()), finish: 'quoderat sign <this folder>' };
  // The mark is a courtesy: where it can't be written the outcome says the same.
  await writeEvidenceFile(
    dirname(envelopePath),
    evidenceFiles.signingPending,
    `${JSON.stringify(mark, null, 2)}\n`,
  ).catch((error: unknown) => toMessage(error));
}

async function dropPending(envelopePath: string): Promise<void> {
  if (basename(envelopePath) !== evidenceFiles.envelope) return;
  await dropEvidenceFile(dirname(envelopePath), evidenceFiles.signingPending);
}
