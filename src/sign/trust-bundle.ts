import type * as sigstoreVerify from '@sigstore/verify';
import type { SignedEntity, TrustMaterial } from '@sigstore/verify';
import type { SigstoreFacts } from '../schema/verdict.ts';
import type { InspectedBundle } from './bundle.ts';

type Refusal = {
  kind: 'refused';
  code:
    | 'sigstore_unreadable'
    | 'sigstore_bad_signature'
    | 'sigstore_untrusted_certificate'
    | 'sigstore_no_time'
    | 'sigstore_bad_log_proof';
  message: string;
};

type Modules = typeof sigstoreVerify;

/**
 * Checks a bundle against each trusted instance: certificate chain at the time of signing, proof that the certificate was
 * logged, proof that the signature was logged, timestamps, signature. An instance that has logs must show its entries;
 * one that has none (GitHub's) must show a timestamp. At least one time must be proven: certificates live for minutes.
 */
export async function trustBundle(
  found: InspectedBundle,
  roots: readonly TrustMaterial[],
): Promise<{ kind: 'trusted'; facts: SigstoreFacts } | Refusal> {
  const sigstore = await import('@sigstore/verify');
  let refusal: Refusal | undefined;
  for (const root of roots) {
    try {
      const entity = sigstore.toSignedEntity(found.bundle);
      verify(sigstore, entity, root);
      return { kind: 'trusted', facts: toFacts(found, entity) };
    } catch (error) {
      // Of several instances, the one that it came furthest with is its own.
      const next = toRefusal(error, sigstore);
      if (refusal === undefined || ranks[next.code] > ranks[refusal.code]) refusal = next;
    }
  }
  return refusal ?? toRefusal(undefined, sigstore);
}

const ranks = {
  sigstore_unreadable: -1,
  sigstore_no_time: 0,
  sigstore_untrusted_certificate: 1,
  sigstore_bad_log_proof: 2,
  sigstore_bad_signature: 3,
} as const;

function verify({ Verifier }: Modules, entity: SignedEntity, root: TrustMaterial): void {
  new Verifier(root, {
    ctlogThreshold: root.ctlogs.length > 0 ? 1 : 0,
    tlogThreshold: root.tlogs.length > 0 ? 1 : 0,
    timestampThreshold: 1,
  }).verify(entity);
}

/** Only of a bundle that was verified: its entries and timestamps hold, all of them. */
function toFacts({ signer }: InspectedBundle, { timestamps, tlogEntries }: SignedEntity): SigstoreFacts {
  return {
    identity: signer.identity,
    issuer: signer.issuer,
    times: timestamps.flatMap((stamp): SigstoreFacts['times'] => {
      if (stamp.$case === 'timestamp-authority')
        return [{ source: 'timestamp_authority', at: stamp.timestamp.signingTime.toISOString() }];
      // Without the log's promise nobody answers for the time that stands in an entry.
      if (stamp.tlogEntry.inclusionPromise === undefined) return [];
      return [{ source: 'log', at: new Date(Number(stamp.tlogEntry.integratedTime) * 1000).toISOString() }];
    }),
    log_index: toLogIndex(tlogEntries[0]),
    source_digest: signer.sourceDigest ?? null,
    run_url: signer.runUrl ?? null,
  };
}

/** The log's promise is about the number of an entry; a proof is about its place in the tree, which may be another. */
function toLogIndex(entry: SignedEntity['tlogEntries'][number] | undefined): string | null {
  const isProven = entry?.inclusionPromise !== undefined || entry?.inclusionProof?.logIndex === entry?.logIndex;
  return isProven ? (entry?.logIndex ?? null) : null;
}

function toRefusal(error: unknown, { VerificationError }: Modules): Refusal {
  const code = error instanceof VerificationError ? error.code : '';
  const detail = error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read';
  if (code === 'SIGNATURE_ERROR')
    return { kind: 'refused', code: 'sigstore_bad_signature', message: `the signature does not hold (${detail})` };
  if (code.startsWith('TLOG_')) {
    const message = `the log's proof for the signature does not hold (${detail})`;
    return { kind: 'refused', code: 'sigstore_bad_log_proof', message };
  }
  if (code === 'TIMESTAMP_ERROR') {
    const message = `nothing that is trusted here tells when it was signed (${detail})`;
    return { kind: 'refused', code: 'sigstore_no_time', message };
  }
  if (code === 'CERTIFICATE_ERROR') {
    const message = `its certificate was not issued by an authority that is trusted here, or not valid then (${detail})`;
    return { kind: 'refused', code: 'sigstore_untrusted_certificate', message };
  }
  return { kind: 'refused', code: 'sigstore_unreadable', message: `a part of it cannot be read (${detail})` };
}
