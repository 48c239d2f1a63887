import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { checkSealed, ServerSealError, toTrustedKeys } from './check-sealed.ts';
import { toMessage } from './lib/errors.ts';
import { limits } from './lib/limits.ts';
import type { Evidence } from './outcome.ts';
import { evidenceFiles, makeEvidenceFolder } from './publish/files/evidence-folder.ts';
import type { ServerApi } from './relay/api.ts';
import { writeDownload } from './relay/download.ts';
import { toTransportError } from './relay/transport.ts';
import type { Artifact } from './schema/record.ts';
import { writeEvidence } from './write-evidence.ts';

export type GetEvidenceOptions = {
  evidenceId: string;
  /** Whose evidence it must be, where a run was asked for. */
  runId?: string;
  /** New or empty. */
  dir: string;
  /** How the server is called in messages. */
  name: string;
  /** Asks the server, again where that may help. */
  ask: <T>(act: (api: ServerApi) => Promise<T>) => Promise<T>;
  /** As of ServerOptions. */
  key?: string;
};

/**
 * Fetches sealed evidence: the envelope is checked before anything is written, and each artifact before it gets its name.
 * Artifacts that the server does not have (any more) are told as problems; the verdict says so too.
 * @throws RelayError, ServerSealError, EvidenceFolderError
 */
export async function getEvidence(
  options: GetEvidenceOptions,
): Promise<{ evidence: Evidence | null; problems: string[] }> {
  const { evidenceId, runId, dir, name, ask } = options;
  const [envelope, attestation, keys] = await Promise.all([
    ask((api) => api.readEnvelope(evidenceId)),
    ask((api) => api.readAttestation(evidenceId)),
    ask((api) => api.readKeys()),
  ]);
  const given = { envelope, attestation };
  const trust = { name, trustedKeys: toTrustedKeys(keys, options.key), expected: { evidence_id: evidenceId } };
  const { envelope: sealed } = await checkSealed(given, trust);
  if (runId !== undefined && sealed.run_id !== runId)
    throw new ServerSealError('not_ours', `${name} gave the evidence of another run, ${sealed.run_id}`);
  await makeEvidenceFolder(dir);
  const problems: string[] = [];
  const artifactsDir = join(dir, evidenceFiles.artifacts);
  const wanted = new Map(sealed.artifacts.map((artifact) => [artifact.sha256, artifact]));
  for (const artifact of wanted.values()) {
    await ask((api) => fetchArtifact(artifact, { api, artifactsDir, name })).catch((error: unknown) => {
      problems.push(`${artifact.id} is missing: ${toMessage(error)}`);
    });
  }
  const checked = await checkSealed(given, { ...trust, artifactsDir });
  const evidence = await writeEvidence({
    ...checked,
    manifestSha256: sealed.artifacts.find(({ id }) => id === 'manifest')?.sha256 ?? '',
    dirs: [dir],
    onProblem: (problem) => problems.push(problem),
  });
  return { evidence, problems };
}

async function fetchArtifact(
  { sha256, size_bytes: size }: Artifact,
  { api, artifactsDir, name }: { api: ServerApi; artifactsDir: string; name: string },
): Promise<void> {
  const body = await api.openArtifact(sha256);
  const hash = createHash('sha256');
  const isWhole = await writeDownload(join(artifactsDir, sha256), body, {
    mostBytes: Math.min(size, limits.artifactBytes),
    onChunk: (chunk) => hash.update(chunk),
    isGood: () => hash.digest('hex') === sha256,
  }).catch((error: unknown) => {
    throw toTransportError(error, name);
  });
  if (!isWhole) throw new ServerSealError('not_verified', `${name} gave other bytes for artifact sha256:${sha256}`);
}
