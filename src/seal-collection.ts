import { join } from 'node:path';
import { checkMembers } from './collect/check-members.ts';
import type { Gathered } from './collect/gather.ts';
import { toCollectionPage } from './collection-page.ts';
import { toMessage } from './lib/errors.ts';
import { sha256 } from './lib/hash.ts';
import { limits } from './lib/limits.ts';
import type { Evidence } from './outcome.ts';
import { evidenceFiles, writeEvidenceFile } from './publish/files/evidence-folder.ts';
import { renderCollection } from './render/collection.ts';
import type { Claims } from './schema/envelope.ts';
import type { RunRecord } from './schema/record.ts';
import { sealEmbedded } from './seal-embedded.ts';
import type { Signer } from './seal/signer.ts';
import { writeEvidence } from './write-evidence.ts';

export type SealCollectionOptions = {
  record: RunRecord;
  /** What the page shows, more than the record holds. */
  gathered: Gathered;
  /** The bytes of the artifact `plan`. */
  plan: Buffer;
  claims: Claims;
  /** Where to write, in the order to try; the first holds the members already. */
  dirs: string[];
  now: () => number;
  signer?: Signer;
  onProblem: (problem: string) => void;
};

/**
 * Seals a collection, verifies it together with its members, and leaves it in its folder. null when no folder could
 * take the envelope.
 */
export async function sealCollection(options: SealCollectionOptions): Promise<Evidence | null> {
  const { record, now, signer, claims, gathered, dirs, onProblem } = options;
  const [folder = '.'] = dirs;
  const artifacts = join(folder, evidenceFiles.artifacts);
  await writeEvidenceFile(artifacts, sha256(options.plan), options.plan).catch((error: unknown) =>
    onProblem(toMessage(error)),
  );
  const sealed = await sealEmbedded({ record, claims, folder, now, signer });
  const { envelope, sha256: envelopeSha256 } = sealed;
  const verdict = await checkMembers(sealed.bytes, sealed.verdict, sealed.openArtifact);
  return writeEvidence({
    ...sealed,
    verdict,
    dirs,
    onProblem,
    renderPage: () =>
      renderCollection({
        ...toCollectionPage({ gathered, evidence: { envelope, envelopeSha256, verdict }, title: envelope.plan.name }),
        budgetBytes: limits.jobSummaryBytes,
      }),
  });
}
