import { accessSync, constants, lstatSync, type Stats } from 'node:fs';
import type { PrivateIndex, Repository } from './repository.ts';
import { joinNul, type RawPath, splitNul, type StatusEntry } from './status.ts';

/** Why a file is not read. filter: its content in git is what a program (git-lfs) makes of it, and none is run. */
export type PassedOver = 'too_large' | 'too_many' | 'filter' | 'unreadable' | 'special_file' | 'nested_repository';

export type Selection = {
  /** Can be taken into an index as they are now. */
  taken: RawPath[];
  /** Are to be taken out of it. */
  gone: RawPath[];
  passed: { path: RawPath; reason: PassedOver }[];
};

export type SelectionBounds = {
  /** Of one file, of all, and how many. */
  fileBytes: number;
  bytes: number;
  files: number;
};

/** Which of the files can be read within bounds. In the order given: what comes first is taken first. */
export async function selectFiles(
  repository: Repository,
  index: PrivateIndex,
  entries: StatusEntry[],
  bounds: SelectionBounds,
): Promise<Selection> {
  const filtered = await findFiltered(repository, index, entries);
  const selection: Selection = { taken: [], gone: [], passed: [] };
  let bytes = 0;
  for (const { path, isGone } of entries) {
    if (isGone) selection.gone.push(path);
    else if (selection.taken.length >= bounds.files) selection.passed.push({ path, reason: 'too_many' });
    else {
      const found = inspect(repository.topLevel, path);
      const reason = filtered.has(path) ? 'filter' : (found.reason ?? toExcess(found.size, bytes, bounds));
      if (reason !== undefined) selection.passed.push({ path, reason });
      else {
        selection.taken.push(path);
        bytes += found.size;
      }
    }
  }
  return selection;
}

function toExcess(size: number, before: number, bounds: SelectionBounds): PassedOver | undefined {
  if (size > bounds.fileBytes) return 'too_large';
  return before + size > bounds.bytes ? 'too_many' : undefined;
}

/** What a file looks like without reading it; equal for a file that nobody has touched. */
export function readSignature(topLevel: string, path: RawPath): string {
  const found = look(toFilePath(topLevel, path));
  return found === null ? 'gone' : `${found.mode} ${found.size} ${found.mtimeMs} ${found.ctimeMs} ${found.ino}`;
}

/** Reads attributes only when there is a filter that they could name. */
async function findFiltered(
  repository: Repository,
  index: PrivateIndex,
  entries: StatusEntry[],
): Promise<Set<RawPath>> {
  if (!repository.hasFilters || entries.length === 0) return new Set();
  const input = joinNul(entries.map(({ path }) => path));
  const { bytes } = await repository.git(index, ['check-attr', '-z', '--stdin', 'filter'], {
    input,
    keepBytes: Infinity,
  });
  const answers = splitNul(bytes);
  const filtered = new Set<RawPath>();
  for (let at = 0; at + 2 < answers.length; at += 3)
    if (answers[at + 2] !== 'unspecified' && answers[at + 2] !== 'unset') filtered.add(answers[at] ?? '');
  return filtered;
}

/** Git refuses all of a list for one file that it can't read; so each is tried before. */
function inspect(topLevel: string, path: RawPath): { size: number; reason?: PassedOver } {
  if (path.endsWith('/')) return { size: 0, reason: 'nested_repository' };
  const file = toFilePath(topLevel, path);
  const found = look(file);
  // A folder is a submodule, or stands where a file was, which is then gone for git.
  if (found === null || found.isSymbolicLink() || found.isDirectory()) return { size: 0 };
  if (!found.isFile()) return { size: 0, reason: 'special_file' };
  try {
    accessSync(file, constants.R_OK);
    return { size: found.size };
  } catch {
    return { size: 0, reason: 'unreadable' };
  }
}

function look(file: Buffer): Stats | null {
  try {
    return lstatSync(file);
  } catch {
    return null;
  }
}

function toFilePath(topLevel: string, path: RawPath): Buffer {
  return Buffer.concat([Buffer.from(`${topLevel}/`), Buffer.from(path, 'latin1')]);
}
