import { sql, type Transaction } from 'kysely';
import type { StreamedEvent } from '../../schema/api.ts';
import type { RunStatus } from '../../schema/record.ts';
import type { Database } from '../database.ts';

/** What the server itself says of a run in its stream. */
export type ServerWords = Extract<StreamedEvent, { server: unknown }>['server'];

/** Adds a line of the server's own to the run's stream; the run's row stays locked until the transaction ends. */
export async function appendServerWords(tx: Transaction<Database>, runId: string, words: ServerWords): Promise<number> {
  const { last_server_seq } = await tx
    .updateTable('runs')
    .set({ last_server_seq: sql<number>`last_server_seq + 1`, updated_at: sql<Date>`clock_timestamp()` })
    .where('run_id', '=', runId)
    .returning('last_server_seq')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('event_batches')
    .values({
      run_id: runId,
      first_server_seq: last_server_seq,
      last_server_seq,
      kind: 'server',
      first_seq: null,
      last_seq: null,
      payload: Buffer.from(JSON.stringify(words)),
    })
    .execute();
  return last_server_seq;
}

export type RunEnd = {
  /** finalized: by its worker. aborted: by the server, after it was lost. failed: there can't be evidence of it. */
  state: 'finalized' | 'aborted' | 'failed';
  status: RunStatus | null;
  /** The last line of the stream: run_finalized or run_aborted. */
  words: ServerWords;
};

/** Ends a run in the transaction that seals it: the stream has its last line, and no event is taken from then on. */
export async function endRun(
  tx: Transaction<Database>,
  runId: string,
  { state, status, words }: RunEnd,
): Promise<void> {
  await appendServerWords(tx, runId, words);
  await tx.updateTable('runs').set({ state, status, terminal: true }).where('run_id', '=', runId).execute();
}
