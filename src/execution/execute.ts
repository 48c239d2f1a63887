import { realpath } from 'node:fs/promises';
import { type Channel, makeChannel } from '../lib/channel.ts';
import { toTimestamp } from '../lib/clock.ts';
import { makeDeferred } from '../lib/deferred.ts';
import { limits } from '../lib/limits.ts';
import type { EventDraft } from '../schema/event.ts';
import type { PlanStep } from '../schema/plan.ts';
import { makeSchedule, type Skip } from './schedule.ts';
import { openScratch } from './scratch.ts';
import { makeServices } from './services.ts';
import { runStep } from './step.ts';
import type { Emit, RunContext, RunStage } from './step-context.ts';
import { makeStop } from './stop.ts';

export type ExecuteOptions = RunStage & {
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
  await using scratch = await openScratch(runnerEnv.PATH, platform, options.runMark);
  const emit: Emit = (draft) => channel.push({ ...draft, timestamp: toTimestamp(now()) }, toWeight(draft));
  const workspace = await realpath(options.workspace);
  const run: RunContext = { ...options, workspace, scratch, stop, platform, emit };
  const schedule = makeSchedule(plan);
  const services = makeServices(plan);
  const active = new Set<PlanStep>();
  const failures: unknown[] = [];
  let changed = makeDeferred();

  const tellSkipped = async (skipped: Skip[]): Promise<void> => {
    for (const { step, reason } of skipped) {
      await emit({ type: 'step_skipped', step_id: step.id, attempt: 0, reason });
    }
  };
  const begin = (step: PlanStep): void => {
    const service = services.add(step, () => {
      schedule.ready(step);
      changed.resolve();
    });
    if (step.kind !== 'service') active.add(step);
    void runStep({ ...run, service }, step)
      .then((status) => schedule.finish(step, status))
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        active.delete(step);
        services.remove(step);
        changed.resolve();
      });
  };
  for (;;) {
    changed = makeDeferred();
    const reason = stop.reason();
    if (reason !== null || failures.length > 0) {
      await tellSkipped(
        schedule.skipRest(reason === 'run_timeout' ? 'the run reached its max_duration' : 'the run was cancelled'),
      );
    }
    while (stop.reason() === null && failures.length === 0) {
      const { start, skip } = schedule.next(active.size < plan.max_parallel ? 'any' : 'services');
      await tellSkipped(skip);
      if (start === null) break;
      begin(start);
    }
    if (active.size === 0) {
      // The run's end may have come while skipped steps were told of.
      if (services.isEmpty() && stop.reason() === reason) break;
      if (failures.length > 0) services.endAll();
      else services.endUnneeded();
    }
    if (active.size > 0 || !services.isEmpty()) await changed.promise;
  }
  if (failures.length > 0) throw failures[0];
}

/** Bytes that a draft keeps in memory, roughly. */
function toWeight(draft: Parameters<Emit>[0]): number {
  return draft.type === 'step_output' ? 512 + draft.bytes : 512;
}
