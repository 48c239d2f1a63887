import { sha256 } from '../lib/hash.ts';
import { type DiffValue, worktreeLimits } from '../schema/worktree.ts';
import type { Change } from './changes.ts';
import type { Comparison, NotCompared, TreeState } from './compare.ts';
import { toLanguage } from './languages.ts';
import { splitNul, toShownPath } from './status.ts';

/** The value of the observation `diff`. Its paths were not redacted. */
export function toDiffValue(comparison: Comparison): DiffValue {
  const { base, before, after, diff, changes, allListed, notCompared, unseen } = comparison;
  const passed = [
    ...notCompared.map(({ path, reason }) => ({ path, reason })),
    ...unseen.map((path) => ({ path, reason: 'not_looked_into' as const })),
  ];
  const count = (status: Change['status']): number => changes.filter((change) => change.status === status).length;
  return {
    outcome: 'compared',
    base,
    before: toTreeState(before),
    after: toTreeState(after),
    files: {
      added: count('added'),
      modified: count('modified'),
      deleted: count('deleted'),
      renamed: count('renamed'),
      binary: changes.filter(({ lines }) => lines === null).length,
    },
    ...sumLines(changes),
    languages: toLanguages(changes),
    changes: changes.slice(0, worktreeLimits.changes).map(toFileChange),
    changes_left_out: Math.max(0, changes.length - worktreeLimits.changes),
    not_compared: passed
      .slice(0, worktreeLimits.notCompared)
      .map(({ path, reason }): { path: string; reason: NotCompared['reason'] | 'not_looked_into' } => ({
        path: toBoundedPath(path),
        reason,
      })),
    not_compared_left_out: Math.max(0, passed.length - worktreeLimits.notCompared),
    diff_bytes_left_out: diff.leftOut,
    complete: base === 'work_tree' && allListed && passed.length === 0 && diff.leftOut === 0,
  };
}

/** One line for people. */
export function toDiffSummary(value: DiffValue): string {
  const { added, modified, deleted, renamed } = value.files;
  const counts = Object.entries({ added, modified, deleted, renamed }).filter(([, files]) => files > 0);
  const files = added + modified + deleted + renamed;
  const since = value.base === 'work_tree' ? 'during the run' : 'since the commit, before the run or during it';
  const what =
    files === 0
      ? `no file changed ${since}`
      : `${files} ${files === 1 ? 'file' : 'files'} changed ${since}: ${counts.map(([word, number]) => `${number} ${word}`).join(', ')} (+${value.lines_added} -${value.lines_removed})`;
  const passed = value.not_compared.length + value.not_compared_left_out;
  return [
    what,
    ...(passed > 0 ? [`${passed} not compared`] : []),
    ...(value.diff_bytes_left_out > 0 ? ['the diff is cut'] : []),
  ].join('; ');
}

function toTreeState({ commit, tree, differing }: TreeState): DiffValue['before'] {
  // Half a list has no digest that anybody could compute again.
  const isKnown = differing !== null && differing.leftOut === 0;
  return {
    commit_sha: commit,
    tree_sha: tree,
    differing_paths: isKnown ? splitNul(differing.bytes).length : null,
    differing_paths_sha256: isKnown ? sha256(differing.bytes) : null,
  };
}

function toFileChange({ path, oldPath, status, modes, lines }: Change): DiffValue['changes'][number] {
  const hasNewMode = (status === 'modified' || status === 'renamed') && modes.old !== modes.new;
  return {
    path: toBoundedPath(path),
    old_path: oldPath === undefined ? null : toBoundedPath(oldPath),
    status,
    language: toLanguage(path),
    lines_added: lines?.added ?? null,
    lines_removed: lines?.removed ?? null,
    modes: hasNewMode ? [modes.old, modes.new] : null,
  };
}

/** Those with the most lines first. */
function toLanguages(changes: Change[]): DiffValue['languages'] {
  const names = new Set(changes.map(({ path }) => toLanguage(path)));
  return [...names]
    .map((language) => {
      const own = changes.filter(({ path }) => toLanguage(path) === language);
      const { lines_added, lines_removed } = sumLines(own);
      return { language, files: own.length, lines_added, lines_removed };
    })
    .toSorted((one, other) => toWeight(other) - toWeight(one) || other.files - one.files)
    .slice(0, worktreeLimits.languages);
}

function toWeight({ lines_added, lines_removed }: { lines_added: number; lines_removed: number }): number {
  return lines_added + lines_removed;
}

function sumLines(changes: Change[]): { lines_added: number; lines_removed: number } {
  let added = 0;
  let removed = 0;
  for (const { lines } of changes) {
    added += lines?.added ?? 0;
    removed += lines?.removed ?? 0;
  }
  return { lines_added: added, lines_removed: removed };
}

function toBoundedPath(path: string): string {
  return toShownPath(path).slice(0, worktreeLimits.pathChars).toWellFormed();
}
