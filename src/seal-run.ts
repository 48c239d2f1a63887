import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openStoredArtifact } from './execution/open-stored.ts';
import { toTimestamp } from './lib/clock.ts';
import { makeUuidV7 } from './lib/uuid.ts';
import type { Evidence } from './outcome.ts';
import { evidenceFiles } from './publish/files/evidence-folder.ts';
import type { RunRecord } from './schema/record.ts';
import { toClaims } from './seal/claims.ts';
import { sealRecord } from './seal/seal.ts';
import type { Signer } from './seal/signer.ts';
import { makeDsseEnvelope, toStatement } from './seal/statement.ts';
import { verifyEnvelope } from './seal/verify.ts';
import { writeEvidence } from './write-evidence.ts';

export type SealRunOptions = {
  record: RunRecord;
  /** The manifest's artifact, which the folder also shows under its own name. */
  manifestSha256: string;
  /** Where to write, in the order to try; the first holds the artifacts. */
  dirs: string[];
  now: () => number;
  signer?: Signer;
  onProblem: (problem: string) => void;
};

/**
 * The embedded server: seals a record in this process and says so, verifies what it wrote, and leaves the evidence in
 * its folder. null when no folder could take the envelope.
 */
export async function sealRun(options: SealRunOptions): Promise<Evidence | null> {
  const { record, now, signer } = options;
  const { name, version } = record.worker;
  const sealed = await sealRecord({
    record,
    evidenceId: makeUuidV7(now(), randomBytes(10)),
    sealedAt: toTimestamp(now()),
    producer: { name, version, component: 'embedded' },
    claims: toClaims(record, 'embedded', signer !== undefined),
    ...(signer && { signer }),
  });
  const [folder = '.'] = options.dirs;
  const artifacts = join(folder, evidenceFiles.artifacts);
  const verdict = await verifyEnvelope(sealed.bytes, {
    trustedKeys: [],
    authenticityAsked: false,
    expected: { evidence_id: sealed.envelope.evidence_id },
    openArtifact: (digest) => openStoredArtifact(artifacts, digest),
  });
  const statement = await makeDsseEnvelope(toStatement(sealed.envelope, sealed.sha256), signer);
  return writeEvidence({ ...sealed, ...options, statement, verdict });
}
