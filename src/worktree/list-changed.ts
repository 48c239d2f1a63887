import { toStatusArgs } from './private-index.ts';
import type { Repository } from './repository.ts';
import type { Snapshot } from './snapshot.ts';
import { parseStatus, type RawPath, type StatusEntry, toShownPath } from './status.ts';

/** More folders than that are too many arguments; what is in the others is taken out of the list. */
const MAX_EXCLUDED = 50;

/**
 * Files that differ from the snapshot, but those of which it does not know what they were.
 * @throws WorktreeError, or the signal's reason
 */
export async function listChanged(
  repository: Repository,
  { index, pathspecs, unkept, unseen }: Snapshot,
): Promise<{ entries: StatusEntry[]; isAll: boolean }> {
  const specs = [...(await pathspecs()), ...toExcluded(unseen)];
  const { bytes, leftOut } = await repository.git(index, [...toStatusArgs('all'), ...specs]);
  const folders = new Set(unseen);
  const entries = parseStatus(bytes).filter(
    ({ path, differs }) => differs && !unkept.has(path) && !isInside(path, folders),
  );
  return { entries, isAll: leftOut === 0 };
}

/** Git then need not walk them. An argument is text; a folder whose name is none stays in the walk. */
function toExcluded(folders: RawPath[]): string[] {
  return folders
    .map(toShownPath)
    .filter((folder) => !folder.includes('\u{FFFD}'))
    .slice(0, MAX_EXCLUDED)
    .map((folder) => `:(top,exclude,literal)${folder}`);
}

function isInside(path: RawPath, folders: Set<RawPath>): boolean {
  if (folders.size === 0) return false;
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
    if (folders.has(path.slice(0, end + 1))) return true;
  return false;
}
