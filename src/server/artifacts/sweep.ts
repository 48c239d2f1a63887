import { type Transaction, sql } from 'kysely';
import { limits } from '../../lib/limits.ts';
import type { Database } from '../database.ts';
import type { ServerDeps } from '../deps.ts';

/** How long artifacts are kept, in milliseconds; null: for ever. */
export type Retention = {
  /** Of sealed runs, from the sealing of the last that uses it. The evidence itself is never removed. */
  sealedMs: number | null;
  /** Of no run: sent and never used. Longer than any run may take. */
  unclaimedMs: number;
};

export const defaultRetention: Retention = { sealedMs: null, unclaimedMs: limits.durationMs + 86_400_000 };

/**
 * Removes artifacts whose time is over. Never one that a run has claimed which is not over yet, and never one that was
 * asked for or sent lately: that is looked at again under the row's lock, which senders take first. Any number of
 * processes may sweep at once.
 * @param isStopped asked before each; a busy team's artifacts expire as fast as they come, so there is no other bound
 * @returns how many were removed
 */
export async function sweepArtifacts(
  { db, artifacts: store, metrics, log }: Pick<ServerDeps, 'db' | 'artifacts' | 'metrics' | 'log'>,
  retention: Retention = defaultRetention,
  isStopped: () => boolean = () => false,
): Promise<number> {
  await store.tidy();
  let removed = 0;
  while (!isStopped()) {
    const one = await db.transaction().execute(async (tx) => {
      const sha256 = await takeExpired(tx, retention);
      if (sha256 === undefined) return false;
      // Should the commit fail, the row tells of bytes that are not there; the store is asked before it is believed.
      await store.remove(sha256);
      return true;
    });
    if (!one) break;
    removed += 1;
  }
  if (removed > 0) {
    metrics.swept('artifact', removed);
    log.info({ removed }, 'artifacts removed: their time was over');
  }
  return removed;
}

/** Between two sweeps of one process, about. */
const SWEEP_MS = 10 * 60_000;

/** Sweeps now and then until it is stopped. */
export function startArtifactSweeper(
  deps: Pick<ServerDeps, 'db' | 'artifacts' | 'metrics' | 'log'>,
  retention: Retention,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let underWay: Promise<unknown> = Promise.resolve();
  const plan = (): void => {
    if (isStopped) return;
    // Not all processes at the same moment.
    timer = setTimeout(
      () => {
        underWay = sweepArtifacts(deps, retention, () => isStopped)
          .catch((error: unknown) => deps.log.error({ err: error }, 'removing artifacts failed; it is tried again'))
          .finally(plan);
      },
      SWEEP_MS * (0.75 + Math.random() / 2),
    );
    timer.unref();
  };
  plan();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}

async function takeExpired(
  tx: Transaction<Database>,
  { sealedMs, unclaimedMs }: Retention,
): Promise<string | undefined> {
  const { rows } = await sql<{ sha256: string }>`
    DELETE FROM artifacts WHERE sha256 = (
      SELECT sha256 FROM artifacts
      WHERE last_used_at < clock_timestamp() - ${sealedMs === null ? unclaimedMs : Math.min(sealedMs, unclaimedMs)}::int8 * interval '1 millisecond'
        AND CASE WHEN EXISTS (SELECT FROM run_artifacts WHERE run_artifacts.sha256 = artifacts.sha256) THEN
          ${sealedMs !== null} AND NOT EXISTS (
            SELECT FROM run_artifacts JOIN runs USING (run_id) LEFT JOIN evidence USING (run_id)
            WHERE run_artifacts.sha256 = artifacts.sha256
              AND (NOT runs.terminal
                OR evidence.sealed_at >= clock_timestamp() - ${sealedMs ?? 0}::int8 * interval '1 millisecond'))
        ELSE last_used_at < clock_timestamp() - ${unclaimedMs}::int8 * interval '1 millisecond' END
      ORDER BY last_used_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING sha256`.execute(tx);
  return rows[0]?.sha256;
}
