import { type RawPath, splitNul } from './status.ts';

export type Change = {
  path: RawPath;
  /** Of a renamed file. */
  oldPath?: RawPath;
  status: 'added' | 'modified' | 'deleted' | 'renamed';
  /** As git writes them: 100644, 100755, 120000 (a link), 160000 (a submodule); 000000: there is none. */
  modes: { old: string; new: string };
  /** null: git takes the file for binary. */
  lines: { added: number; removed: number } | null;
};

const STATUSES: Record<string, Change['status']> = { A: 'added', D: 'deleted', R: 'renamed' };

/** The options of `git diff-tree` whose output parseChanges reads. */
export const changesFormat = ['--raw', '--numstat', '-z'];

/**
 * Reads what `git diff-tree -r --raw --numstat -z` prints: a line for each file, then for each its lines. A file whose
 * entry was cut off is left out.
 * @see https://git-scm.com/docs/git-diff-tree#_raw_output_format
 */
export function parseChanges(output: Buffer): Change[] {
  const parts = splitNul(output);
  const changes = new Map<RawPath, Change>();
  let at = 0;
  const take = (): string => parts[at++] ?? '';
  while (at < parts.length) {
    const head = take();
    if (head.startsWith(':')) {
      const change = toChange(head, take);
      changes.set(change.path, change);
    } else {
      const { path, lines } = toLines(head, take);
      const change = changes.get(path);
      if (change !== undefined) change.lines = lines;
    }
  }
  return [...changes.values()].filter(({ path }) => path !== '');
}

/** `:100644 100644 <id> <id> M`, then the path; of a renamed file `R086`, then both paths. */
function toChange(head: string, take: () => string): Change {
  const [oldMode = '', newMode = '', , , letter = ''] = head.slice(1).split(' ');
  const status = STATUSES[letter.charAt(0)] ?? 'modified';
  const oldPath = status === 'renamed' ? take() : undefined;
  return {
    path: take(),
    ...(oldPath !== undefined && { oldPath }),
    status,
    modes: { old: oldMode, new: newMode },
    lines: null,
  };
}

/** `3<TAB>1<TAB>path`; of a renamed file the path is empty and both follow; `-` for a binary file. */
function toLines(head: string, take: () => string): { path: RawPath; lines: Change['lines'] } {
  const [added = '', removed = ''] = head.split('\t', 2);
  const path = head.slice(added.length + removed.length + 2);
  const lines = added === '-' ? null : { added: Number(added), removed: Number(removed) };
  if (path !== '') return { path, lines };
  take();
  return { path: take(), lines };
}
