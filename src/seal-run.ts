import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openStoredArtifact } from './execution/open-stored.ts';
import { dropPartials } from './execution/stored.ts';
import { toTimestamp } from './lib/clock.ts';
import { toMessage } from './lib/errors.ts';
import { sha256 } from './lib/hash.ts';
import { limits } from './lib/limits.ts';
import { makeUuidV7 } from './lib/uuid.ts';
import type { Evidence } from './outcome.ts';
import { readExcerpts } from './publish/files/excerpts.ts';
import { readLogs } from './publish/files/logs.ts';
import { evidenceFiles, linkArtifact, writeEvidenceFile } from './publish/files/evidence-folder.ts';
import { renderReport } from './render/html/report.ts';
import { renderSummary } from './render/summary.ts';
import type { Envelope } from './schema/envelope.ts';
import type { RunRecord } from './schema/record.ts';
import type { Verdict } from './schema/verdict.ts';
import { toClaims } from './seal/claims.ts';
import { type SealedEnvelope, sealRecord } from './seal/seal.ts';
import type { Signer } from './seal/signer.ts';
import { makeDsseEnvelope, toStatement } from './seal/statement.ts';
import { verifyEnvelope } from './seal/verify.ts';

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
  for (const dir of options.dirs) {
    try {
      const envelopePath = await writeEvidenceFile(dir, evidenceFiles.envelope, sealed.bytes);
      await writeEvidenceFile(dir, evidenceFiles.statement, statement);
      await linkArtifact(dir, options.manifestSha256, evidenceFiles.manifest);
      const pages = await writePages(dir, { ...options, folder, sealed, verdict });
      await dropPartials(artifacts);
      return { dir, envelopePath, envelopeSha256: sealed.sha256, envelope: sealed.envelope, verdict, ...pages };
    } catch (error) {
      options.onProblem(toMessage(error));
    }
  }
  options.onProblem(
    `the envelope of run ${record.run_id} was sealed but written nowhere (head ${sealed.envelope.integrity.head_entry_hash}, sha256 ${sha256(sealed.bytes)})`,
  );
  return null;
}

type Sealed = { folder: string; sealed: SealedEnvelope; verdict: Verdict };

/** The pages about the evidence. A page that can't be made or written is a problem, and the evidence stands without it. */
async function writePages(
  dir: string,
  { folder, sealed, verdict, record, onProblem }: SealRunOptions & Sealed,
): Promise<Pick<Evidence, 'summary' | 'summaryPath'>> {
  const facts = { envelope: sealed.envelope, envelopeSha256: sealed.sha256, verdict };
  const makePage = async (name: string, render: () => Promise<string>): Promise<string> => {
    try {
      const page = await render();
      await writeEvidenceFile(dir, name, page);
      return page;
    } catch (error) {
      onProblem(`${name} is missing from the evidence: ${toMessage(error)}`);
      return '';
    }
  };
  const summary = await makePage(evidenceFiles.summary, async () =>
    renderSummary({
      ...facts,
      envelopeFileName: evidenceFiles.envelope,
      budgetBytes: limits.jobSummaryBytes,
      excerpts: await readExcerpts(folder, record),
      ...toLinks(sealed.envelope),
    }),
  );
  await makePage(evidenceFiles.report, async () =>
    renderReport({
      ...facts,
      envelopeBytes: sealed.bytes,
      logs: await readLogs(folder, record),
      budgetBytes: limits.reportBytes,
    }),
  );
  return { summary, summaryPath: join(dir, evidenceFiles.summary) };
}

/** The run's page on its forge, as the forge's own variables give it. */
function toLinks({ subject }: Envelope): { links?: { run: string } } {
  const { run_url: run } = subject.meta;
  return typeof run === 'string' && /^https?:\/\//.test(run) ? { links: { run } } : {};
}
