import type { Bundle } from '@sigstore/bundle';
import type { X509Certificate } from '@sigstore/core';
import { CodedError } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import { payloadTypes, toPreAuthEncoding } from '../seal/dsse.ts';
import { type CertifiedSigner, readCertifiedSigner } from './certificate.ts';

/** The file is no Sigstore bundle over an in-toto statement that is signed under a certificate. */
export class BundleReadError extends CodedError<'not_a_bundle' | 'too_large'> {}

/** A bundle taken apart. Nothing in it is trusted yet: not the certificate, not the log, not the time. */
export type InspectedBundle = {
  bundle: Bundle;
  /** The exact bytes that were signed, without the type that is signed with them. */
  payload: Buffer;
  certificate: X509Certificate;
  signer: CertifiedSigner;
  /** The signature holds under the bundle's own certificate, which says nothing about whose that is. */
  signatureHolds: boolean;
  logEntries: { index: string; at: string | null }[];
};

/** Longer numbers are not written by any log; reading one of a million digits would take minutes. */
const longestNumber = 20;
const longestCheckpoint = 16 * 1024;
/** A Merkle tree of 2^64 entries has proofs of 64 hashes. */
const mostHashes = 64;

/**
 * Takes a Sigstore bundle (v0.1 to v0.3, JSON) apart. It may come from anyone: its size is bounded, and so is everything
 * in it that costs more than its length to look at.
 * @throws BundleReadError
 */
export async function inspectBundle(bytes: Uint8Array): Promise<InspectedBundle> {
  if (bytes.length > limits.sigstoreBundleBytes)
    throw new BundleReadError('too_large', `it has more than the ${limits.sigstoreBundleBytes} bytes that are read`);
  const { bundleFromJSON } = await import('@sigstore/bundle');
  const { X509Certificate } = await import('@sigstore/core');
  try {
    const bundle = bundleFromJSON(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    assertBounded(bundle);
    const { payload, signature } = readDsse(bundle);
    const certificate = X509Certificate.parse(Buffer.from(readCertificate(bundle)));
    const signer = readCertifiedSigner(certificate);
    if (signer === null) throw new Error('its certificate names no signer or no issuer');
    return {
      bundle,
      payload,
      certificate,
      signer,
      signatureHolds: await holds(certificate, payload, signature),
      logEntries: bundle.verificationMaterial.tlogEntries.map((entry) => ({
        index: entry.logIndex,
        at: toTime(entry.integratedTime),
      })),
    };
  } catch (error) {
    // A stack that is full (deep nesting) ends here as well.
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read';
    throw new BundleReadError('not_a_bundle', reason, { cause: error });
  }
}

/**
 * Whether each timestamp can be read and is about this signature. Who made it can only be told with a trusted root; but
 * one that is something else makes a bundle that no verifier takes.
 */
export async function areStampsOfSignature({ verificationMaterial, content }: Bundle): Promise<boolean> {
  const { RFC3161Timestamp } = await import('@sigstore/core');
  const signature = readDsse({ content }).signature;
  try {
    for (const { signedTimestamp } of verificationMaterial.timestampVerificationData?.rfc3161Timestamps ?? [])
      RFC3161Timestamp.parse(Buffer.from(signedTimestamp)).tstInfo.verify(signature);
    return true;
  } catch {
    return false;
  }
}

function readDsse({ content }: Pick<Bundle, 'content'>): { payload: Buffer; signature: Buffer } {
  if (content.$case !== 'dsseEnvelope') throw new Error('it signs no statement');
  const { payload, payloadType, signatures } = content.dsseEnvelope;
  const [signature] = signatures;
  if (payloadType !== payloadTypes.statement || signature === undefined || signatures.length !== 1)
    throw new Error('it holds no in-toto statement with one signature');
  return { payload: Buffer.from(payload), signature: Buffer.from(signature.sig) };
}

function readCertificate({ verificationMaterial: { content } }: Bundle): Uint8Array {
  if (content.$case === 'certificate') return content.certificate.rawBytes;
  const leaf = content.$case === 'x509CertificateChain' ? content.x509CertificateChain.certificates[0] : undefined;
  if (leaf === undefined) throw new Error('it holds no certificate');
  return leaf.rawBytes;
}

async function holds(certificate: X509Certificate, payload: Buffer, signature: Buffer): Promise<boolean> {
  const { crypto } = await import('@sigstore/core');
  const key = crypto.createPublicKey(certificate.publicKey);
  return crypto.verify(toPreAuthEncoding(payloadTypes.statement, payload), key, signature);
}

/** Seconds since the epoch, as logs write them, as a timestamp. null: it names no time. */
function toTime(seconds: string): string | null {
  const value = Number(seconds);
  return Number.isInteger(value) && value > 0 && value < 8e12 ? new Date(value * 1000).toISOString() : null;
}

function assertBounded({ verificationMaterial }: Bundle): void {
  const { tlogEntries, timestampVerificationData } = verificationMaterial;
  const stamps = timestampVerificationData?.rfc3161Timestamps.length ?? 0;
  if (tlogEntries.length > limits.sigstoreWitnesses || stamps > limits.sigstoreWitnesses)
    throw new Error('it holds too many log entries or timestamps');
  for (const { logIndex, integratedTime, inclusionProof: proof } of tlogEntries) {
    const numbers = [logIndex, integratedTime, proof?.logIndex ?? '', proof?.treeSize ?? ''];
    if (numbers.some((number) => !/^\d*$/.test(number) || number.length > longestNumber))
      throw new Error('a number of its log entries cannot be read');
    if ((proof?.checkpoint?.envelope.length ?? 0) > longestCheckpoint || (proof?.hashes.length ?? 0) > mostHashes)
      throw new Error('the proof of a log entry is too long');
  }
}
