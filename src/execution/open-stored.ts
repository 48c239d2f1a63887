import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** The bytes of a kept artifact, or null when the store does not hold it. */
export async function openStoredArtifact(dir: string, sha256: string): Promise<AsyncIterable<Uint8Array> | null> {
  const file = await open(join(dir, sha256)).catch(() => null);
  return file === null ? null : file.createReadStream();
}
