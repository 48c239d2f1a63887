import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { limits } from '../lib/limits.ts';
import { toScratchPrefix } from '../lib/scratch-prefix.ts';
import type { Checkout } from './checkout.ts';
import { copyIndex, toPathspecs, toStatusArgs, updateIndex } from './private-index.ts';
import { openRepository, type PrivateIndex, type Repository } from './repository.ts';
import type { GitProgram } from './run-git.ts';
import { type PassedOver, readSignature, selectFiles } from './select-files.ts';
import { parseStatus, type RawPath, splitNul, type StatusEntry } from './status.ts';
import { isForeseen, WorktreeError } from './worktree-error.ts';

/** A file that was not kept, and what it looked like from outside. */
export type Unkept = { reason: PassedOver; signature: string };

/** The work tree as it was before the first step, kept outside of it and of its repository. */
export type Snapshot = AsyncDisposable & {
  checkout: Checkout;
  index: PrivateIndex;
  /** clean: it was the commit. dirty: the index holds it as it was. unknown: the index holds what was staged, no more. */
  state: 'clean' | 'dirty' | 'unknown';
  /** Files that differed from the commit and are not in the index as they were. */
  unkept: Map<RawPath, Unkept>;
  /** Untracked folders into which nobody looked, each with "/" at its end. */
  unseen: RawPath[];
  /** Pathspecs of everything but evidence, for a call in the work tree's root. */
  pathspecs: () => Promise<string[]>;
};

/**
 * Keeps what the work tree is now. For a clean one that is a copy of git's index and no git call; for a dirty one two
 * to four, and what takes longer than `signal` allows or exceeds its bounds leaves the state `unknown`.
 * @param options.dirty as git status said a moment ago; null: not known
 * @param options.evidence folders that are no part of what is tested, absolute
 * @throws WorktreeError no_room
 */
export async function takeSnapshot(
  checkout: Checkout,
  options: {
    program: GitProgram;
    workspace: string;
    dirty: boolean | null;
    evidence: string[];
    runMark: string;
    signal: AbortSignal;
  },
): Promise<Snapshot> {
  const { dir, index, spare } = await makeScratch(options.runMark);
  const evidence = [path.join(options.workspace, '.quoderat'), dir, ...options.evidence];
  const pathspecs = (): Promise<string[]> => toPathspecs(checkout.topLevel, evidence);
  const dispose = (): Promise<void> => rm(dir, { recursive: true, force: true }).catch(() => {});
  const kept = { checkout, index, pathspecs, unkept: new Map(), unseen: [], [Symbol.asyncDispose]: dispose };
  try {
    await copyIndex(checkout.indexFile, index.file);
    if (options.dirty === false) return { ...kept, state: 'clean' };
    if (options.dirty === null) return { ...kept, state: 'unknown' };
    const place = { cwd: options.workspace, checkout };
    const repository = await openRepository(options.program, place, options.signal);
    const dirt = await keepDirt(repository, index, await pathspecs());
    return { ...kept, ...dirt, state: 'dirty' };
  } catch (error) {
    if (!isForeseen(error, options.signal)) throw error;
    // Git may have left a lock on the other.
    await copyIndex(checkout.indexFile, spare.file).catch(() => {});
    return { ...kept, index: spare, state: 'unknown' };
  }
}

/** A private folder in which git may write. @throws WorktreeError no_room */
async function makeScratch(runMark: string): Promise<{ dir: string; index: PrivateIndex; spare: PrivateIndex }> {
  try {
    const dir = await realpath(await mkdtemp(path.join(os.tmpdir(), toScratchPrefix(runMark))));
    const objects = path.join(dir, 'objects');
    await mkdir(objects);
    return {
      dir,
      index: { file: path.join(dir, 'before'), objects },
      spare: { file: path.join(dir, 'spare'), objects },
    };
  } catch (error) {
    throw new WorktreeError('no_room', 'there is no temporary folder in which to keep the state of the work tree', {
      cause: error,
    });
  }
}

/** Takes every file that differs from the index into the index. @throws WorktreeError, or the signal's reason */
async function keepDirt(
  repository: Repository,
  index: PrivateIndex,
  pathspecs: string[],
): Promise<Pick<Snapshot, 'unkept' | 'unseen'>> {
  const listed = await repository.git(index, [...toStatusArgs('normal'), ...pathspecs]);
  const found = parseStatus(listed.bytes).filter(({ differs }) => differs);
  const untracked = found.filter(({ state }) => state === 'untracked');
  const folders = untracked.filter(isFolder);
  const inside = folders.length === 0 ? untracked : await listUntracked(repository, index, pathspecs);
  const files = inside ?? untracked.filter((entry) => !isFolder(entry));
  const entries = [...found.filter(({ state }) => state !== 'untracked'), ...files];
  if (listed.leftOut > 0 || entries.length > limits.worktreeBeforePaths)
    throw new WorktreeError('no_room', 'too much of the work tree differs from the commit');

  const { taken, gone, passed } = await selectFiles(repository, index, entries, {
    fileBytes: limits.worktreeBeforeBytes,
    bytes: limits.worktreeBeforeBytes,
    files: limits.worktreeBeforeFiles,
  });
  const toUnkept = (name: RawPath, reason: PassedOver): Unkept => ({
    reason,
    signature: readSignature(repository.topLevel, name),
  });
  await updateIndex(repository, index, { taken, gone });
  return {
    unkept: new Map(passed.map(({ path: name, reason }) => [name, toUnkept(name, reason)])),
    unseen: inside === null ? folders.map(({ path: name }) => name) : [],
  };
}

/** Status names an untracked folder and not what is in it. null: more is in it than is looked at. */
async function listUntracked(
  repository: Repository,
  index: PrivateIndex,
  pathspecs: string[],
): Promise<StatusEntry[] | null> {
  const args = ['ls-files', '--others', '--exclude-standard', '-z', ...pathspecs];
  const { bytes, leftOut } = await repository.git(index, args);
  const names = splitNul(bytes);
  if (leftOut > 0 || names.length > limits.worktreeBeforePaths) return null;
  return names.map((name) => ({ path: name, state: 'untracked', differs: true, isGone: false }));
}

function isFolder({ path: name }: StatusEntry): boolean {
  return name.endsWith('/');
}
