import { sql } from 'kysely';
import { limits } from '../../lib/limits.ts';
import type { Db, EventBatchRow } from '../database.ts';

/** Rows of a run's stream, in the server's order. */
export type StreamRow = Pick<
  EventBatchRow,
  'first_server_seq' | 'last_server_seq' | 'kind' | 'payload' | 'received_at'
>;

/**
 * The rows that hold what comes after `after`, about `limits.pageBytes` of them and at least one. Nothing is skipped: a
 * run's numbers are given under its row's lock, so a higher one is never there before a lower one.
 */
export async function readRowsAfter(db: Db, runId: string, after: number): Promise<StreamRow[]> {
  const { rows } = await sql<StreamRow>`
    /* read_rows */ SELECT first_server_seq, last_server_seq, kind, payload, received_at FROM (
      SELECT *, sum(octet_length(payload)) OVER (ORDER BY first_server_seq) - octet_length(payload) AS before
      FROM (
        SELECT * FROM event_batches
        WHERE run_id = ${runId} AND first_server_seq >= coalesce(
          (SELECT max(first_server_seq) FROM event_batches WHERE run_id = ${runId} AND first_server_seq <= ${after + 1}::int8), 0)
          AND last_server_seq > ${after}::int8
        ORDER BY first_server_seq LIMIT ${limits.pageRows}
      ) AS page
    ) AS measured
    WHERE before < ${limits.pageBytes} ORDER BY first_server_seq`.execute(db);
  return rows;
}

export type WorkerRow = { kind: 'events' | 'gap'; first_seq: number; last_seq: number; payload: Buffer };

/** The rows that a worker sent, in the worker's order, after client number `after`; a page as above. */
export async function readWorkerRowsAfter(db: Db, runId: string, after: number): Promise<WorkerRow[]> {
  const { rows } = await sql<WorkerRow>`
    SELECT kind, first_seq, last_seq, payload FROM (
      SELECT *, sum(octet_length(payload)) OVER (ORDER BY first_seq) - octet_length(payload) AS before
      FROM (
        SELECT * FROM event_batches
        WHERE run_id = ${runId} AND first_seq >= coalesce(
          (SELECT max(first_seq) FROM event_batches WHERE run_id = ${runId} AND first_seq <= ${after + 1}::int8), 0)
          AND last_seq > ${after}::int8
        ORDER BY first_seq LIMIT ${limits.pageRows}
      ) AS page
    ) AS measured
    WHERE before < ${limits.pageBytes} ORDER BY first_seq`.execute(db);
  return rows;
}

/** Everything that a worker sent of a run, in its order, a line (the JSON text of an event) at a time. */
export async function* readWorkerLines(db: Db, runId: string): AsyncGenerator<string> {
  let after = 0;
  for (;;) {
    const rows = await readWorkerRowsAfter(db, runId, after);
    for (const { kind, payload, last_seq } of rows) {
      if (kind === 'events') yield* payload.toString().split('\n');
      after = last_seq;
    }
    if (rows.length === 0) return;
  }
}
