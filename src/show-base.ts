import { compareWithFile } from './compare-with-file.ts';
import type { Evidence } from './outcome.ts';
import { evidenceFiles, writeEvidenceFile } from './publish/files/evidence-folder.ts';
import type { Comparison } from './schema/comparison.ts';
import { renderRunSummary } from './write-evidence.ts';

/**
 * Writes summary.md of sealed evidence again, now with what has changed since an earlier envelope. Nothing that is sealed
 * or signed is touched.
 * @param path of the earlier envelope's file
 * @throws EnvelopeError when it is none, or does not hold; the file system's errors
 */
export async function showBase(path: string, evidence: Evidence): Promise<Comparison> {
  const comparison = await compareWithFile(path, evidence);
  const page = await renderRunSummary(evidence.dir, { ...evidence, comparison });
  await writeEvidenceFile(evidence.dir, evidenceFiles.summary, page);
  return comparison;
}
