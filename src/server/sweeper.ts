import { limits } from '../lib/limits.ts';
import type { ServerDeps } from './deps.ts';
import { abandonRun } from './finalize/abandon.ts';
import { listAbandoned, markStale } from './store/lifecycle.ts';

/** Work that every server process does now and then; any number of them may. */
export type Sweeper = {
  /** Does it once, now. Never rejects. */
  sweep(): Promise<void>;
  /** Waits for what is under way. */
  stop(): Promise<void>;
};

/**
 * Looks for runs of which nothing is heard: stale after the lease, given up and sealed as aborted after a longer time.
 * Retention of artifacts has a sweeper of its own.
 */
export function startSweeper(deps: ServerDeps): Sweeper {
  const { sweepMs } = deps.config.limits;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();

  const sweep = async (): Promise<void> => {
    try {
      await sweepOnce(deps, () => isStopped);
    } catch (error) {
      deps.log.error({ err: error }, 'looking over runs failed; it is tried again');
    }
  };
  const plan = (): void => {
    if (isStopped) return;
    // Not all processes at the same moment.
    timer = setTimeout(
      () => {
        underWay = sweep().finally(plan);
      },
      sweepMs * (0.75 + Math.random() / 2),
    );
  };
  plan();
  return {
    sweep,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}

async function sweepOnce(deps: ServerDeps, isStopped: () => boolean): Promise<void> {
  const { db, streams, metrics, log, config } = deps;
  const { leaseMs, abandonMs } = config.limits;
  const stale = await markStale(db, leaseMs);
  for (const runId of stale) streams.wake(runId);
  if (stale.length > 0) {
    metrics.swept('stale', stale.length);
    log.warn({ runs: stale.slice(0, limits.loggedRuns), count: stale.length }, 'runs turned stale');
  }
  for (const runId of await listAbandoned(db, abandonMs)) {
    if (isStopped()) return;
    // One that can't be sealed now must not keep the others from it.
    await abandonRun(deps, runId, `nothing was heard of the worker for ${Math.round(abandonMs / 1000)} s`).catch(
      (error: unknown) => log.error({ err: error, run_id: runId }, 'a lost run could not be sealed; it is tried again'),
    );
  }
}
