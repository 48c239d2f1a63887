import { realpath } from 'node:fs/promises';
import { type Channel, makeChannel } from '../lib/channel.ts';
import { toTimestamp } from '../lib/clock.ts';
import { limits } from '../lib/limits.ts';
import type { Redactor } from '../redaction/types.ts';
import type { EventDraft } from '../schema/event.ts';
import type { Plan } from '../schema/plan.ts';
import type { ArtifactStore } from './artifacts.ts';
import { makeSchedule, type Skip } from './schedule.ts';
import { openScratch } from './scratch.ts';
import { runStep } from './step.ts';
import type { Emit, RunContext } from './step-context.ts';
import { makeStop } from './stop.ts';

export type ExecuteOptions = {
  plan: Plan;
  /** What the manifest sets for each step, by step id. */
  environments: Record<string, Record<string, string>>;
  /** The runner's environment; steps get a safe base of it and what pass_env names. */
  runnerEnv: Record<string, string>;
  /** Absolute. */
  workspace: string;
  store: ArtifactStore;
  redactor: Redactor;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Aborted with the reason `cancelled` or `run_timeout`: running steps are ended, the others skipped. */
  signal: AbortSignal;
};

/**
 * Runs the steps of a plan and tells what happens as it happens: for each step exactly one step_finished or step_skipped,
 * whatever comes. A consumer that is slow slows the steps down: nothing piles up. One that leaves ends the steps, which
 * are dead when its loop is over. A throw is a bug, or a workspace that does not exist.
 */
export async function* execute(options: ExecuteOptions): AsyncGenerator<EventDraft, void, undefined> {
  const channel = makeChannel<EventDraft>(limits.eventQueueBytes);
  const left = new AbortController();
  const running = runPlan(options, channel, left.signal).then(
    () => channel.close(),
    (error: unknown) => channel.fail(error),
  );
  try {
    yield* channel;
  } finally {
    left.abort('cancelled');
    await running;
  }
}

async function runPlan(options: ExecuteOptions, channel: Channel<EventDraft>, left: AbortSignal): Promise<void> {
  const { plan, runnerEnv, now } = options;
  const { platform } = process;
  using stop = makeStop(AbortSignal.any([options.signal, left]));
  await using scratch = await openScratch(runnerEnv.PATH, platform);
  const emit: Emit = (draft) => channel.push({ ...draft, timestamp: toTimestamp(now()) }, toWeight(draft));
  const workspace = await realpath(options.workspace);
  const run: RunContext = { ...options, workspace, scratch, stop, platform, emit };
  const schedule = makeSchedule(plan);
  const active = new Set<Promise<void>>();
  const failures: unknown[] = [];

  const tellSkipped = async (skipped: Skip[]): Promise<void> => {
    for (const { step, reason } of skipped) {
      await emit({ type: 'step_skipped', step_id: step.id, attempt: 0, reason });
    }
  };
  for (;;) {
    const reason = stop.reason();
    if (reason !== null || failures.length > 0) {
      await tellSkipped(
        schedule.skipRest(reason === 'run_timeout' ? 'the run reached its max_duration' : 'the run was cancelled'),
      );
    }
    while (active.size < plan.max_parallel && stop.reason() === null && failures.length === 0) {
      const { start, skip } = schedule.next();
      await tellSkipped(skip);
      if (start === null) break;
      const step: Promise<void> = runStep(run, start)
        .then((status) => schedule.finish(start, status))
        .catch((error: unknown) => void failures.push(error))
        .finally(() => active.delete(step));
      active.add(step);
    }
    if (active.size === 0) break;
    await Promise.race(active);
  }
  if (failures.length > 0) throw failures[0];
}

/** Bytes that a draft keeps in memory, roughly. */
function toWeight(draft: Parameters<Emit>[0]): number {
  return draft.type === 'step_output' ? 512 + draft.bytes : 512;
}
