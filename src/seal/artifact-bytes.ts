import { createHash } from 'node:crypto';
import type { Artifact } from '../schema/record.ts';
import type { Verdict } from '../schema/verdict.ts';
import type { Problems } from './problems.ts';

/** Gives an artifact's bytes by their SHA-256, or null when they are not at hand. */
export type OpenArtifact = (sha256: string) => Promise<AsyncIterable<Uint8Array> | null>;

type Found = { kind: 'read'; sha256: string; size: number } | { kind: 'missing' } | { kind: 'unreadable' };

/** Hashes every artifact that is at hand, each content once, and never reads further than the longest size declared. */
export async function checkArtifactBytes(
  artifacts: readonly Artifact[],
  openArtifact: OpenArtifact,
  problems: Problems,
): Promise<Verdict['complete']['artifacts']> {
  const longest = new Map<string, number>();
  for (const { sha256, size_bytes } of artifacts) longest.set(sha256, Math.max(size_bytes, longest.get(sha256) ?? 0));
  const contents = new Map<string, Found>();
  let matched = 0;
  const missing: string[] = [];
  for (const [index, artifact] of artifacts.entries()) {
    const limit = longest.get(artifact.sha256) ?? 0;
    const found = contents.get(artifact.sha256) ?? (await readContent(openArtifact, artifact.sha256, limit));
    contents.set(artifact.sha256, found);
    if (found.kind === 'missing') {
      missing.push(artifact.id);
    } else if (found.kind === 'unreadable') {
      problems.add(`/artifacts/${index}`, 'artifact_unreadable', 'the bytes are there but cannot be read');
    } else if (found.sha256 !== artifact.sha256 || found.size !== artifact.size_bytes) {
      problems.add(`/artifacts/${index}`, 'artifact_mismatch', 'the bytes at hand are not those that were sealed');
    } else {
      matched += 1;
    }
  }
  return { total: artifacts.length, matched, missing, checked: true };
}

async function readContent(openArtifact: OpenArtifact, sha256: string, limit: number): Promise<Found> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    const chunks = await openArtifact(sha256);
    if (chunks === null) return { kind: 'missing' };
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > limit) break;
      hash.update(chunk);
    }
  } catch {
    return { kind: 'unreadable' };
  }
  return { kind: 'read', sha256: hash.digest('hex'), size };
}
