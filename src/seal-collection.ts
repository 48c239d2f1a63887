import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { checkMembers } from './collect/check-members.ts';
import type { Gathered } from './collect/gather.ts';
import { toCollectionPage } from './collection-page.ts';
import { openStoredArtifact } from './execution/open-stored.ts';
import { toTimestamp } from './lib/clock.ts';
import { toMessage } from './lib/errors.ts';
import { sha256 } from './lib/hash.ts';
import { limits } from './lib/limits.ts';
import { makeUuidV7 } from './lib/uuid.ts';
import type { Evidence } from './outcome.ts';
import { evidenceFiles, writeEvidenceFile } from './publish/files/evidence-folder.ts';
import { renderReport } from './render/html/report.ts';
import { renderCollection } from './render/collection.ts';
import type { Claims } from './schema/envelope.ts';
import type { RunRecord } from './schema/record.ts';
import type { Verdict } from './schema/verdict.ts';
import { type SealedEnvelope, sealRecord } from './seal/seal.ts';
import type { Signer } from './seal/signer.ts';
import { makeDsseEnvelope, toStatement } from './seal/statement.ts';
import { verifyEnvelope } from './seal/verify.ts';

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
  const { record, now, signer, claims, onProblem } = options;
  const { name, version } = record.worker;
  const sealed = await sealRecord({
    record,
    evidenceId: makeUuidV7(now(), randomBytes(10)),
    sealedAt: toTimestamp(now()),
    producer: { name, version, component: 'embedded' },
    claims,
    ...(signer && { signer }),
  });
  const [first = '.'] = options.dirs;
  const artifacts = join(first, evidenceFiles.artifacts);
  await writeEvidenceFile(artifacts, sha256(options.plan), options.plan).catch((error: unknown) =>
    onProblem(toMessage(error)),
  );
  const openArtifact = (digest: string) => openStoredArtifact(artifacts, digest);
  const expected = { evidence_id: sealed.envelope.evidence_id };
  const verdict = await checkMembers(
    sealed.bytes,
    await verifyEnvelope(sealed.bytes, { trustedKeys: [], authenticityAsked: false, expected, openArtifact }),
    openArtifact,
  );
  const statement = await makeDsseEnvelope(toStatement(sealed.envelope, sealed.sha256), signer);
  for (const dir of options.dirs) {
    try {
      const envelopePath = await writeEvidenceFile(dir, evidenceFiles.envelope, sealed.bytes);
      await writeEvidenceFile(dir, evidenceFiles.statement, statement);
      const summary = await writePages(dir, { sealed, verdict, gathered: options.gathered, onProblem });
      const summaryPath = join(dir, evidenceFiles.summary);
      const { envelope, sha256: envelopeSha256 } = sealed;
      return { dir, envelopePath, envelopeSha256, envelope, verdict, summaryPath, summary };
    } catch (error) {
      onProblem(toMessage(error));
    }
  }
  return null;
}

type Pages = { sealed: SealedEnvelope; verdict: Verdict; gathered: Gathered; onProblem: (problem: string) => void };

/** summary.md and report.html. A page that can't be made or written is a problem, and the evidence stands without it. */
async function writePages(dir: string, { sealed, verdict, gathered, onProblem }: Pages): Promise<string> {
  const facts = { envelope: sealed.envelope, envelopeSha256: sealed.sha256, verdict };
  const makePage = async (name: string, render: () => string): Promise<string> => {
    try {
      const page = render();
      await writeEvidenceFile(dir, name, page);
      return page;
    } catch (error) {
      onProblem(`${name} is missing from the evidence: ${toMessage(error)}`);
      return '';
    }
  };
  const summary = await makePage(evidenceFiles.summary, () =>
    renderCollection({
      ...toCollectionPage({ gathered, evidence: facts, title: sealed.envelope.plan.name }),
      budgetBytes: limits.jobSummaryBytes,
    }),
  );
  await makePage(evidenceFiles.report, () =>
    renderReport({ ...facts, envelopeBytes: sealed.bytes, logs: {}, budgetBytes: limits.reportBytes }),
  );
  return summary;
}
