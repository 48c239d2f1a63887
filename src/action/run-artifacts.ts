import { toMessage } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import type { Candidate } from '../collect/judge.ts';
import { type ArtifactSource, toEnvelopeArtifacts } from '../publish/github/artifacts-list.ts';
import { downloadFile } from '../publish/github/download.ts';

export type ReadArtifactsOptions = {
  source: () => ArtifactSource;
  giveUp: AbortSignal;
  /** The page of an artifact. */
  toUrl: (id: string) => string | undefined;
};

/**
 * The envelopes among the artifacts of a workflow run, downloaded one after the other as hostile input. One that can't
 * be had, and a list that can't be had, are candidates too: nothing is passed over in silence.
 */
export async function* readRunArtifacts({ source, giveUp, toUrl }: ReadArtifactsOptions): AsyncGenerator<Candidate> {
  let opened: ArtifactSource;
  let artifacts: Awaited<ReturnType<ArtifactSource['list']>>;
  try {
    opened = source();
    artifacts = toEnvelopeArtifacts(await opened.list());
  } catch (error) {
    yield { name: 'the list of artifacts', problem: toMessage(error) };
    return;
  }
  // One over the bound, so that it is told.
  for (const artifact of artifacts.slice(0, limits.collectMembers + 1)) {
    const url = toUrl(artifact.id);
    const about = { name: artifact.name, ...(url !== undefined && { url }) };
    try {
      yield { ...about, bytes: await downloadFile(opened, artifact, giveUp) };
    } catch (error) {
      yield { ...about, problem: toMessage(error) };
    }
  }
}
