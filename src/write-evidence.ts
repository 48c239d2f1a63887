import { join } from 'node:path';
import { dropPartials } from './execution/stored.ts';
import { toMessage } from './lib/errors.ts';
import { limits } from './lib/limits.ts';
import type { Evidence } from './outcome.ts';
import { evidenceFiles, linkArtifact, writeEvidenceFile } from './publish/files/evidence-folder.ts';
import { readExcerpts } from './publish/files/excerpts.ts';
import { readLogs } from './publish/files/logs.ts';
import { renderReport } from './render/html/report.ts';
import { renderSummary, type SummaryOptions } from './render/summary.ts';
import type { Envelope } from './schema/envelope.ts';
import type { Verdict } from './schema/verdict.ts';

export type WriteEvidenceOptions = {
  /** The envelope file, its SHA-256, and what it says. */
  bytes: Buffer;
  sha256: string;
  envelope: Envelope;
  /** The DSSE envelope of the statement about it. */
  statement: Uint8Array;
  verdict: Verdict;
  /** The manifest's artifact, which the folder also shows under its own name; a collection has none. */
  manifestSha256?: string;
  /** summary.md, when it is not that of a run. */
  renderPage?: () => string;
  /** Where to write, in the order to try; the first holds the artifacts. */
  dirs: string[];
  onProblem: (problem: string) => void;
};

/** Leaves sealed evidence in its folder, with the pages about it; null when no folder could take the envelope. */
export async function writeEvidence(options: WriteEvidenceOptions): Promise<Evidence | null> {
  const { bytes, sha256, envelope, verdict } = options;
  const [folder = '.'] = options.dirs;
  for (const dir of options.dirs) {
    try {
      const envelopePath = await writeEvidenceFile(dir, evidenceFiles.envelope, bytes);
      await writeEvidenceFile(dir, evidenceFiles.statement, options.statement);
      if (options.manifestSha256 !== undefined) await linkArtifact(dir, options.manifestSha256, evidenceFiles.manifest);
      const pages = await writePages(dir, { ...options, folder });
      await dropPartials(join(folder, evidenceFiles.artifacts));
      return { dir, envelopePath, envelopeSha256: sha256, envelope, verdict, ...pages };
    } catch (error) {
      options.onProblem(toMessage(error));
    }
  }
  options.onProblem(
    `the envelope of run ${envelope.run_id} was sealed but written nowhere (head ${envelope.integrity.head_entry_hash}, sha256 ${sha256})`,
  );
  return null;
}

/** The pages about the evidence. A page that can't be made or written is a problem, and the evidence stands without it. */
async function writePages(
  dir: string,
  { folder, bytes, sha256, envelope, verdict, renderPage, onProblem }: WriteEvidenceOptions & { folder: string },
): Promise<Pick<Evidence, 'summary' | 'summaryPath'>> {
  const facts = { envelope, envelopeSha256: sha256, verdict };
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
    renderPage === undefined ? renderRunSummary(folder, facts) : renderPage(),
  );
  await makePage(evidenceFiles.report, async () =>
    renderReport({
      ...facts,
      envelopeBytes: bytes,
      logs: await readLogs(folder, envelope),
      budgetBytes: limits.reportBytes,
    }),
  );
  return { summary, summaryPath: join(dir, evidenceFiles.summary) };
}

/** summary.md. @param folder which holds the artifacts */
export async function renderRunSummary(
  folder: string,
  facts: Pick<SummaryOptions, 'envelope' | 'envelopeSha256' | 'verdict' | 'comparison'>,
): Promise<string> {
  return renderSummary({
    ...facts,
    envelopeFileName: evidenceFiles.envelope,
    budgetBytes: limits.jobSummaryBytes,
    excerpts: await readExcerpts(folder, facts.envelope),
    ...toLinks(facts.envelope),
  });
}

/** The run's page on its forge, as the forge's own variables give it. */
function toLinks({ subject }: Envelope): { links?: { run: string } } {
  const { run_url: run } = subject.meta;
  return typeof run === 'string' && /^https?:\/\//.test(run) ? { links: { run } } : {};
}
