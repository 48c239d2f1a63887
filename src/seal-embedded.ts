import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openStoredArtifact } from './execution/open-stored.ts';
import { toTimestamp } from './lib/clock.ts';
import { makeUuidV7 } from './lib/uuid.ts';
import { evidenceFiles } from './publish/files/evidence-folder.ts';
import type { Claims } from './schema/envelope.ts';
import type { RunRecord } from './schema/record.ts';
import type { Verdict } from './schema/verdict.ts';
import type { OpenArtifact } from './seal/artifact-bytes.ts';
import { type SealedEnvelope, sealRecord } from './seal/seal.ts';
import type { Signer } from './seal/signer.ts';
import { makeDsseEnvelope, toStatement } from './seal/statement.ts';
import { verifyEnvelope } from './seal/verify.ts';

/** What was sealed, the DSSE envelope of the statement about it, and what its own verification says. */
export type EmbeddedSeal = SealedEnvelope & { statement: Uint8Array; verdict: Verdict; openArtifact: OpenArtifact };

/**
 * The embedded server: seals a record in this process and says so, and verifies what it made.
 * @param options.folder the evidence folder that holds the artifacts
 */
export async function sealEmbedded(options: {
  record: RunRecord;
  claims: Claims;
  folder: string;
  now: () => number;
  signer?: Signer | undefined;
}): Promise<EmbeddedSeal> {
  const { record, claims, now, signer } = options;
  const { name, version } = record.worker;
  const sealed = await sealRecord({
    record,
    evidenceId: makeUuidV7(now(), randomBytes(10)),
    sealedAt: toTimestamp(now()),
    producer: { name, version, component: 'embedded' },
    claims,
    ...(signer && { signer }),
  });
  const artifacts = join(options.folder, evidenceFiles.artifacts);
  const openArtifact: OpenArtifact = (digest) => openStoredArtifact(artifacts, digest);
  const verdict = await verifyEnvelope(sealed.bytes, {
    trustedKeys: [],
    authenticityAsked: false,
    expected: { evidence_id: sealed.envelope.evidence_id },
    openArtifact,
  });
  const statement = await makeDsseEnvelope(toStatement(sealed.envelope, sealed.sha256), signer);
  return { ...sealed, statement, verdict, openArtifact };
}
