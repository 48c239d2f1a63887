import { type Kysely, sql } from 'kysely';
import type { StateAnswer } from '../../schema/api.ts';
import type { Database } from '../database.ts';
import { isAdmin, mayWrite, type Principal, toWritableProjects } from '../principal.ts';
import { makeNoRun } from './append.ts';
import { lockRun } from './runs.ts';
import { appendServerWords } from './server-words.ts';

/** The state reached, and whether the stream has a new line of which readers are to be told. */
export type Reached = StateAnswer & { hasNews: boolean };

/** The worker lives. A run that was stale goes on. @throws ApiFault not_found */
export async function beat(db: Kysely<Database>, principal: Principal, runId: string): Promise<Reached> {
  return (await beatAsUsual(db, principal, runId)) ?? beatAny(db, principal, runId);
}

/** One statement for a run that goes on; undefined: it does not, or is none of this principal's. */
async function beatAsUsual(db: Kysely<Database>, principal: Principal, runId: string): Promise<Reached | undefined> {
  const { rows } = await sql<StateAnswer>`
    /* beat */ UPDATE runs SET heartbeat_at = clock_timestamp()
    WHERE run_id = ${runId} AND NOT terminal AND state <> 'stale'
      AND (${isAdmin(principal)} OR principal = ${principal.id} OR project = ANY(${[...toWritableProjects(principal)]}::text[]))
    RETURNING state, cancel_requested`.execute(db);
  const [run] = rows;
  return run && { ...run, hasNews: false };
}

async function beatAny(db: Kysely<Database>, principal: Principal, runId: string): Promise<Reached> {
  return db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run === undefined || !mayWrite(principal, run)) throw makeNoRun();
    if (run.terminal) return { state: run.state, cancel_requested: run.cancel_requested, hasNews: false };
    const isBack = run.state === 'stale';
    const state = isBack ? 'running' : run.state;
    await tx
      .updateTable('runs')
      .set({ heartbeat_at: sql<Date>`clock_timestamp()`, state })
      .where('run_id', '=', runId)
      .execute();
    if (isBack) await appendServerWords(tx, runId, { type: 'run_resumed', reason: 'the worker was heard of again' });
    return { state, cancel_requested: run.cancel_requested, hasNews: isBack };
  });
}

/** Asks the worker to stop; it learns so from its next answer. A run that is over stays as it is. @throws ApiFault not_found */
export async function cancel(db: Kysely<Database>, principal: Principal, runId: string): Promise<Reached> {
  return db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run === undefined || !mayWrite(principal, run)) throw makeNoRun();
    const { state, terminal, cancel_requested } = run;
    if (terminal || cancel_requested) return { state, cancel_requested, hasNews: false };
    await tx.updateTable('runs').set({ cancel_requested: true }).where('run_id', '=', runId).execute();
    await appendServerWords(tx, runId, { type: 'cancel_requested', reason: `by ${principal.id}` });
    return { state, cancel_requested: true, hasNews: true };
  });
}

/** Runs looked at in one sweep: the next takes the rest. */
const sweepRuns = 100;

/**
 * Marks runs of which nothing was heard for a lease. Any number of processes may do so at once: each takes the rows that
 * no other holds. The database's clock alone decides.
 * @returns those that turned stale
 */
export async function markStale(db: Kysely<Database>, leaseMs: number): Promise<string[]> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ run_id: string }>`
      UPDATE runs SET state = 'stale' WHERE run_id IN (
        SELECT run_id FROM runs
        WHERE NOT terminal AND state <> 'stale'
          AND heartbeat_at < clock_timestamp() - ${leaseMs}::int8 * interval '1 millisecond'
        LIMIT ${sweepRuns} FOR UPDATE SKIP LOCKED)
      RETURNING run_id`.execute(tx);
    for (const { run_id } of rows)
      await appendServerWords(tx, run_id, {
        type: 'run_stale',
        reason: `nothing was heard of the worker for ${Math.round(leaseMs / 1000)} s`,
      });
    return rows.map(({ run_id }) => run_id);
  });
}

/** Stale runs that are given up by now. */
export async function listAbandoned(db: Kysely<Database>, abandonMs: number): Promise<string[]> {
  const { rows } = await sql<{ run_id: string }>`
    SELECT run_id FROM runs
    WHERE NOT terminal AND state = 'stale'
      AND heartbeat_at < clock_timestamp() - ${abandonMs}::int8 * interval '1 millisecond'
    ORDER BY heartbeat_at LIMIT ${sweepRuns}`.execute(db);
  return rows.map(({ run_id }) => run_id);
}
