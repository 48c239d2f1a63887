import path from 'node:path';
import { limits } from '../lib/limits.ts';
import { readCheckout } from './checkout.ts';
import { type Change, changesFormat, parseChanges } from './changes.ts';
import { listChanged } from './list-changed.ts';
import { toPatch } from './patch.ts';
import { copyIndex, updateIndex, writeTree } from './private-index.ts';
import { openRepository, type PrivateIndex, type Repository } from './repository.ts';
import type { GitProgram, Kept } from './run-git.ts';
import { type PassedOver, readSignature, type Selection, selectFiles } from './select-files.ts';
import type { Snapshot } from './snapshot.ts';
import type { RawPath } from './status.ts';

/** A checkout at a moment. */
export type TreeState = {
  commit: string;
  tree: string;
  /** `git diff-tree -r --name-only -z` from the commit's tree to the work tree; null: not known. */
  differing: Kept | null;
};

/** A file that changed and is not in the diff. before_not_kept: what it was before is not known. */
export type NotCompared = { path: RawPath; reason: PassedOver | 'before_not_kept' };

export type Comparison = {
  /** What the diff starts from: the work tree as it was, or the commit where that is not known. */
  base: 'work_tree' | 'commit';
  before: TreeState;
  after: TreeState;
  /** A patch; git's lines with the ids of contents, which were never redacted, are taken out. */
  diff: Kept;
  changes: Change[];
  /** false: there are more than are listed. */
  allListed: boolean;
  notCompared: NotCompared[];
  /** Untracked folders into which nobody looked. */
  unseen: RawPath[];
};

const DIFF = ['diff-tree', '-r', '-M', '-l400', '--no-ext-diff', '--no-textconv', '--no-color', '--submodule=short'];

/**
 * What became of the work tree since the snapshot, ignored files aside. Reads each changed file once; the diff is made
 * of what was read. Call it when no step runs any more.
 * @throws WorktreeError, or the signal's reason
 */
export async function compareWithSnapshot(
  snapshot: Snapshot,
  options: { program: GitProgram; workspace: string; signal: AbortSignal },
): Promise<Comparison> {
  const { index, unseen } = snapshot;
  const { program, workspace: cwd, signal } = options;
  const repository = await openRepository(program, { cwd, checkout: readCheckout(program, cwd, signal) }, signal);
  const [found, treeBefore] = await Promise.all([
    listChanged(repository, snapshot),
    snapshot.state === 'dirty' ? writeTree(repository, index) : snapshot.checkout.tree,
  ]);
  const selection = await selectFiles(repository, index, found.entries, {
    fileBytes: limits.worktreeFileBytes,
    bytes: limits.worktreeBytes,
    files: limits.worktreeFiles,
  });
  const treeAfter =
    isEmpty(selection) && snapshot.state !== 'unknown' ? treeBefore : await writeAfter(repository, index, selection);

  const isSame = treeBefore === treeAfter;
  const [listed, patch, differingBefore, differingAfter] = await Promise.all([
    isSame ? none : repository.git(index, [...DIFF, ...changesFormat, treeBefore, treeAfter]),
    isSame ? none : repository.git(index, [...DIFF, '-p', treeBefore, treeAfter], { keepBytes: limits.diffBytes }),
    snapshot.state === 'unknown' ? null : listDiffering(repository, index, [snapshot.checkout.tree, treeBefore]),
    listDiffering(repository, index, [repository.tree, treeAfter]),
  ]);
  return {
    base: snapshot.state === 'unknown' ? 'commit' : 'work_tree',
    before: { commit: snapshot.checkout.commit, tree: snapshot.checkout.tree, differing: differingBefore },
    after: { commit: repository.commit, tree: repository.tree, differing: differingAfter },
    diff: toPatch(patch),
    changes: parseChanges(listed.bytes),
    allListed: listed.leftOut === 0 && found.isAll,
    notCompared: [...selection.passed, ...findTouched(repository.topLevel, snapshot)],
    unseen,
  };
}

const none: Kept = { bytes: Buffer.alloc(0), leftOut: 0 };

function isEmpty({ taken, gone }: Selection): boolean {
  return taken.length + gone.length === 0;
}

/** The work tree as it is now: the snapshot's index with what changed since. */
async function writeAfter(repository: Repository, before: PrivateIndex, selection: Selection): Promise<string> {
  const index = { ...before, file: path.join(path.dirname(before.file), 'after') };
  await copyIndex(before.file, index.file);
  await updateIndex(repository, index, selection);
  return writeTree(repository, index);
}

async function listDiffering(
  repository: Repository,
  index: PrivateIndex,
  [commit, tree]: [commit: string, tree: string],
): Promise<Kept> {
  if (commit === tree) return none;
  return repository.git(index, ['diff-tree', '-r', '--no-renames', '--name-only', '-z', commit, tree]);
}

/** Files of which only the outside is known, and that looks different now. */
function findTouched(topLevel: string, { unkept }: Snapshot): NotCompared[] {
  return [...unkept]
    .filter(([name, { signature }]) => readSignature(topLevel, name) !== signature)
    .map(([name]) => ({ path: name, reason: 'before_not_kept' }));
}
