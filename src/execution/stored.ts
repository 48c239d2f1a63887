import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '../schema/record.ts';
import { type ArtifactIdentity, PARTIAL_FOLDER, toArtifact, toPartialName } from './artifacts.ts';

/**
 * Takes into the store what a lost process had written of an output artifact: redacted bytes, the end of which may be
 * missing, so it is marked truncated. undefined when nothing of it is there.
 */
export async function adoptPartial(dir: string, identity: ArtifactIdentity): Promise<Artifact | undefined> {
  const path = join(dir, toPartialName(identity.id));
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
    }
  } catch {
    return undefined;
  }
  const sha256 = hash.digest('hex');
  await rename(path, join(dir, sha256));
  // Whether the redactor changed it was only known to the lost process; its bytes did pass it.
  const redaction = { class: 'text', applied: false } as const;
  return toArtifact(identity, { sha256, size, truncated: true, problem: null }, { mediaType: 'text/plain', redaction });
}

/** Ends the store of a run that is over: what is still unfinished in it belongs to no artifact. */
export async function dropPartials(dir: string): Promise<void> {
  await rm(join(dir, PARTIAL_FOLDER), { recursive: true, force: true }).catch(() => {});
}

/** Takes content out of the store that turned out to belong to no artifact. */
export async function dropStored(dir: string, sha256: string): Promise<void> {
  await rm(join(dir, sha256), { force: true }).catch(() => {});
}
