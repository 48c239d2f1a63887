import { limits } from '../lib/limits.ts';
import type { WorktreeUnknown } from '../schema/worktree.ts';
import { type Checkout, readCheckout } from './checkout.ts';
import { type Comparison, compareWithSnapshot } from './compare.ts';
import { type Materials, readMaterials } from './materials.ts';
import type { GitProgram } from './run-git.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import { isForeseen, WorktreeError } from './worktree-error.ts';

export type Unknown = { ok: false; reason: WorktreeUnknown['reason'] };
export type Answer<Value> = { ok: true; value: Value } | Unknown;

/** The work tree of one run, from before its first step. What can't be told is an answer; nothing rejects but for a bug. */
export type WorktreeWatch = AsyncDisposable & {
  /** To be called while the steps run: it does not look at the work tree. */
  materials(): Promise<Answer<Materials>>;
  /** To be called when no step runs any more. */
  changes(): Promise<Answer<Comparison>>;
};

export type WatchOptions = {
  /** Settles to null where there is no git. */
  program: Promise<GitProgram | null>;
  /** Absolute. */
  workspace: string;
  /** Folders that are no part of what is tested, absolute. */
  evidence: string[];
  /** By which dropScratch finds what is kept in a temporary folder, should this process be killed. */
  runMark: string;
  /** Ends whatever goes on; what was asked for is then unknown. */
  signal: AbortSignal;
};

/**
 * Prepares to watch the work tree that `workspace` lies in: one git call, meant to go on beside others. What comes back
 * keeps its state and is awaited before anything may change it.
 */
export function openWorktree(options: WatchOptions): { watch(dirty: boolean | null): Promise<WorktreeWatch> } {
  const { workspace, evidence, runMark, signal } = options;
  const opening = attempt(signal, limits.gitMs, (until) => open(options, until));
  return {
    async watch(dirty) {
      const opened = await opening;
      if (!opened.ok) return blind(opened);
      const { program, checkout } = opened.value;
      const taken = await attempt(signal, limits.worktreeBeforeMs, (until) =>
        takeSnapshot(checkout, { program, workspace, dirty, evidence, runMark, signal: until }),
      );
      return taken.ok ? watchFrom(taken.value, program, options) : blind(taken);
    },
  };
}

async function open(options: WatchOptions, signal: AbortSignal): Promise<{ program: GitProgram; checkout: Checkout }> {
  const program = await options.program;
  if (program === null) throw new WorktreeError('git_not_found', 'git is not on PATH');
  return { program, checkout: await readCheckout(program, options.workspace, signal) };
}

function watchFrom(snapshot: Snapshot, program: GitProgram, { workspace, signal }: WatchOptions): WorktreeWatch {
  return {
    materials: () => attempt(signal, limits.materialsMs, (until) => readMaterials(snapshot, program, until)),
    changes: () =>
      attempt(signal, limits.worktreeAfterMs, (until) =>
        compareWithSnapshot(snapshot, { program, workspace, signal: until }),
      ),
    [Symbol.asyncDispose]: () => snapshot[Symbol.asyncDispose](),
  };
}

function blind(unknown: Unknown): WorktreeWatch {
  const answer = (): Promise<Unknown> => Promise.resolve(unknown);
  return { materials: answer, changes: answer, [Symbol.asyncDispose]: () => Promise.resolve() };
}

async function attempt<Value>(
  cancel: AbortSignal,
  ms: number,
  ask: (signal: AbortSignal) => Promise<Value>,
): Promise<Answer<Value>> {
  const controller = new AbortController();
  const onCancel = (): void => controller.abort('cancelled');
  const timer = setTimeout(() => controller.abort('timed_out'), ms);
  cancel.addEventListener('abort', onCancel);
  if (cancel.aborted) onCancel();
  try {
    return { ok: true, value: await ask(controller.signal) };
  } catch (error) {
    if (!isForeseen(error, controller.signal)) throw error;
    if (controller.signal.aborted) return { ok: false, reason: cancel.aborted ? 'cancelled' : 'timed_out' };
    return { ok: false, reason: error instanceof WorktreeError ? error.code : 'git_failed' };
  } finally {
    clearTimeout(timer);
    cancel.removeEventListener('abort', onCancel);
  }
}
