import type { RunRecord } from '../../schema/record.ts';
import { type KnownArtifact, selectReadable } from '../artifacts/claims.ts';
import type { ServerDeps } from '../deps.ts';
import type { Principal } from '../principal.ts';

/** Questions to the store at once. */
const AT_ONCE = 16;

/** Which artifacts of a record have their bytes here, in the length that the record says, and which have not. */
export type ArtifactCheck = { here: KnownArtifact[]; missing: string[] };

/**
 * Looks for the bytes of a record's artifacts. Bytes count as here when this run or one that the principal may see has
 * sent them: a record that names a stranger's digest gets no evidence with the stranger's file in it.
 */
export async function checkArtifacts(
  { db, artifacts: store }: Pick<ServerDeps, 'db' | 'artifacts'>,
  principal: Principal,
  record: RunRecord,
): Promise<ArtifactCheck> {
  const sizes = new Map(record.artifacts.map(({ sha256, size_bytes }) => [sha256, size_bytes]));
  // Of one digest there is one length: a record that gives it two is not to be had right.
  const torn = new Set(
    record.artifacts.filter(({ sha256, size_bytes }) => sizes.get(sha256) !== size_bytes).map(({ sha256 }) => sha256),
  );
  const readable = await selectReadable(db, principal, [...sizes.keys()]);
  const check: ArtifactCheck = { here: [], missing: [] };
  const waiting = [...sizes];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [sha256, size] = next;
      const found = readable.has(sha256) && !torn.has(sha256) ? await store.head(sha256) : null;
      if (found?.size === size) check.here.push({ sha256, size });
      else check.missing.push(sha256);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { here: check.here, missing: check.missing.toSorted() };
}
