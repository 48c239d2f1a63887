import { join } from 'node:path';
import { openStoredArtifact } from './execution/open-stored.ts';
import type { RunOutcome } from './outcome.ts';
import { evidenceFiles, readEvidenceFile } from './publish/files/evidence-folder.ts';
import { type Envelope, envelope as envelopeSchema } from './schema/envelope.ts';
import { EnvelopeError } from './seal/errors.ts';
import { parseEnvelope } from './seal/parse.ts';
import { verifyEnvelope } from './seal/verify.ts';

/**
 * A run that is sealed already, as it lies in its folder; null when there is no envelope.
 * @throws EnvelopeError when what lies there is no envelope of this version
 */
export async function readSealed(dir: string): Promise<RunOutcome | null> {
  const bytes = await readEvidenceFile(dir, evidenceFiles.envelope);
  if (bytes === null) return null;
  const envelope = parseOurs(bytes, dir);
  const artifacts = join(dir, evidenceFiles.artifacts);
  const verdict = await verifyEnvelope(bytes, {
    authenticityAsked: false,
    expected: {},
    openArtifact: (digest) => openStoredArtifact(artifacts, digest),
  });
  const summary = await readEvidenceFile(dir, evidenceFiles.summary);
  const { status, termination } = envelope.execution;
  return {
    kind: 'finished',
    status,
    termination,
    runId: envelope.run_id,
    planHash: envelope.plan.plan_hash,
    evidence: {
      dir,
      envelopePath: join(dir, evidenceFiles.envelope),
      envelopeSha256: verdict.facts.envelope_sha256,
      envelope,
      verdict,
      summaryPath: join(dir, evidenceFiles.summary),
      summary: summary?.toString() ?? '',
    },
    problems: [],
  };
}

function parseOurs(bytes: Uint8Array, dir: string): Envelope {
  const parsed = envelopeSchema.safeParse(parseEnvelope(bytes).value);
  if (parsed.success) return parsed.data;
  const message = `${join(dir, evidenceFiles.envelope)} is no envelope that this version of Quoderat writes`;
  throw new EnvelopeError('not_an_envelope', message, { cause: parsed.error });
}
