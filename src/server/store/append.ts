import { type Kysely, sql, type Transaction } from 'kysely';
import type { BatchAnswer, SequenceRange } from '../../schema/api.ts';
import { limits } from '../../lib/limits.ts';
import type { Database } from '../database.ts';
import { ApiFault } from '../errors.ts';
import { isAdmin, mayFeed, OIDC, type Principal, toWritableProjects } from '../principal.ts';
import { formatMultirange, isWithin, mergeRanges, parseMultirange, subtractRanges, toContiguous } from './ranges.ts';
import { lockRun, type Run } from './runs.ts';
import { appendServerWords } from './server-words.ts';

/** An event: its number, and where its JSON text stands in the batch's bytes. */
export type Line = { seq: number; from: number; to: number };

export type Batch = {
  /** With a single byte between one event and the next, where they stand as they came. */
  bytes: Buffer;
  /** By seq, each once. */
  lines: readonly Line[];
  /** Merged. */
  dropped: readonly SequenceRange[];
  /** Gates that an event of the batch asks for. */
  asked: readonly { gate_id: string; plan_hash: string }[];
  /** What the batch makes of a running run. */
  nextState: 'running' | 'needs_input' | null;
};

/**
 * Stores what of a batch is not here yet. Resolves after the commit: what is acknowledged outlives any process and the
 * database's. A batch that follows on what is here, as nearly all do, takes one statement; every other one locks the run
 * and is compared with what was received.
 * @throws ApiFault not_found, run_over, bad_request
 */
export async function appendBatch(
  db: Kysely<Database>,
  principal: Principal,
  runId: string,
  batch: Batch,
): Promise<BatchAnswer> {
  const follows = batch.dropped.length === 0 && batch.nextState === null && isUnbroken(batch.lines);
  const answer = follows ? await appendFollowing(db, principal, runId, batch) : undefined;
  return answer ?? db.transaction().execute((tx) => appendAny(tx, principal, runId, batch));
}

function isUnbroken(lines: readonly Line[]): boolean {
  const [first, last] = [lines[0], lines.at(-1)];
  return first !== undefined && last !== undefined && last.seq - first.seq === lines.length - 1;
}

/** undefined: not as simple as that. Under a lock that is waited for, PostgreSQL looks at the conditions again. */
async function appendFollowing(
  db: Kysely<Database>,
  principal: Principal,
  runId: string,
  { bytes, lines }: Batch,
): Promise<BatchAnswer | undefined> {
  const first = lines[0]?.seq ?? 0;
  const last = lines.at(-1)?.seq ?? 0;
  const added = `{[${first},${last + 1})}`;
  const { rows } = await sql<{ acked_seq: number; cancel_requested: boolean }>`
    /* append_following */ WITH run AS (
      UPDATE runs SET
        received = received + ${added}::int8multirange,
        acked_seq = (SELECT upper(part) - 1 FROM unnest(received + ${added}::int8multirange) AS part WHERE lower(part) = 1),
        last_server_seq = last_server_seq + ${lines.length}::int8,
        state = CASE state WHEN 'pending' THEN 'running' ELSE state END,
        heartbeat_at = clock_timestamp(),
        updated_at = clock_timestamp()
      WHERE run_id = ${runId} AND acked_seq = ${first - 1}::int8 AND NOT received && ${added}::int8multirange
        AND NOT terminal AND state IN ('pending', 'running', 'needs_input', 'finalizing')
        AND (${isAdmin(principal)} OR principal = ${principal.id} OR (project = ANY(${[...toWritableProjects(principal)]}::text[]) AND NOT starts_with(principal, ${OIDC})))
      RETURNING last_server_seq, acked_seq, cancel_requested
    ), stored AS (
      INSERT INTO event_batches (run_id, first_server_seq, last_server_seq, kind, first_seq, last_seq, payload)
      SELECT ${runId}, last_server_seq - ${lines.length - 1}::int8, last_server_seq, 'events', ${first}, ${last}, ${toPayload(bytes, lines)}
      FROM run
    )
    SELECT acked_seq, cancel_requested FROM run`.execute(db);
  const [run] = rows;
  return run && { ...run, stored: lines.length };
}

async function appendAny(
  tx: Transaction<Database>,
  principal: Principal,
  runId: string,
  batch: Batch,
): Promise<BatchAnswer> {
  const run = await lockRun(tx, runId);
  if (run === undefined || !mayFeed(principal, run)) throw makeNoRun();
  const received = parseMultirange(run.received);
  const lines = batch.lines.filter(({ seq }) => !isWithin(received, seq));
  // Given up and here after all (the answer was lost): what is here counts.
  const here = mergeRanges([...received, ...lines.map(({ seq }) => ({ from: seq, to: seq }))]);
  const gaps = subtractRanges(batch.dropped, here);
  const known = { acked_seq: run.acked_seq, stored: 0, cancel_requested: run.cancel_requested };
  if (lines.length === 0 && gaps.length === 0 && run.state !== 'stale') return known;
  if (run.terminal)
    throw new ApiFault('run_over', `the run is ${run.state}: it takes no more events`, {
      details: { reason: run.state },
    });
  const all = mergeRanges([...here, ...gaps]);
  if (all.length > limits.receivedRanges)
    throw new ApiFault(
      'bad_request',
      `the events leave more than ${limits.receivedRanges} holes in the sequence: send those that are missing first`,
    );
  const parts = toParts(lines, gaps);
  let next = run.last_server_seq;
  const rows = parts.map((part) => {
    const first_server_seq = next + 1;
    next += part.kind === 'events' ? part.lines.length : 1;
    return {
      run_id: runId,
      first_server_seq,
      last_server_seq: next,
      kind: part.kind,
      first_seq: part.from,
      last_seq: part.to,
      payload: part.kind === 'events' ? toPayload(batch.bytes, part.lines) : toGap(part),
    };
  });
  if (rows.length > 0) await tx.insertInto('event_batches').values(rows).execute();
  await keepGates(tx, runId, batch);
  const acked_seq = toContiguous(all);
  await tx
    .updateTable('runs')
    .set({
      received: formatMultirange(all),
      acked_seq,
      last_server_seq: next,
      dropped: run.dropped + gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0),
      state: toState(run, batch, lines.length),
      heartbeat_at: sql<Date>`clock_timestamp()`,
      updated_at: sql<Date>`clock_timestamp()`,
    })
    .where('run_id', '=', runId)
    .execute();
  if (run.state === 'stale')
    await appendServerWords(tx, runId, { type: 'run_resumed', reason: 'the worker was heard of again' });
  return { ...known, acked_seq, stored: lines.length };
}

/** One answer for a run that is not there and for one that is not to be seen. */
export function makeNoRun(): ApiFault {
  return new ApiFault('not_found', 'there is no such run');
}

function toState(run: Run, { nextState }: Batch, added: number): Run['state'] {
  if (run.state === 'finalizing') return run.state;
  // A batch that was here already says nothing new of gates.
  if (nextState !== null && added > 0) return nextState;
  return run.state === 'needs_input' ? run.state : 'running';
}

type Part = { kind: 'events'; from: number; to: number; lines: Line[] } | { kind: 'gap'; from: number; to: number };

/** Rows to be: events with consecutive numbers together, gaps between them, in the worker's order. */
function toParts(lines: readonly Line[], gaps: readonly SequenceRange[]): Part[] {
  const parts: Part[] = gaps.map((gap) => ({ kind: 'gap', ...gap }));
  let open: Extract<Part, { kind: 'events' }> | undefined;
  for (const line of lines) {
    if (open === undefined || line.seq !== open.to + 1) {
      open = { kind: 'events', from: line.seq, to: line.seq, lines: [] };
      parts.push(open);
    }
    open.to = line.seq;
    open.lines.push(line);
  }
  return parts.toSorted((one, other) => one.from - other.from);
}

/**
 * A row's payload: events, one a line; JSON text holds no raw line feed. Those that stand together in the batch are taken
 * together, with what is between them made a line feed.
 */
export function toPayload(bytes: Buffer, lines: readonly Line[]): Buffer {
  const [first, last] = [lines[0]?.from ?? 0, lines.at(-1)?.to ?? 0];
  if (lines.some(({ from }, index) => index > 0 && from !== (lines[index - 1]?.to ?? 0) + 1))
    return Buffer.from(lines.map(({ from, to }) => bytes.toString('utf8', from, to)).join('\n'));
  const payload = Buffer.from(bytes.subarray(first, last));
  for (const { to } of lines.slice(0, -1)) payload[to - first] = 0x0a;
  return payload;
}

function toGap({ from, to }: SequenceRange): Buffer {
  return Buffer.from(JSON.stringify({ from, to }));
}

async function keepGates(tx: Transaction<Database>, runId: string, { asked }: Batch): Promise<void> {
  if (asked.length === 0) return;
  await tx
    .insertInto('gates')
    .values(
      asked.map((gate) => ({
        ...gate,
        run_id: runId,
        decision: null,
        decided_by: null,
        decided_at: null,
        reason: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['run_id', 'gate_id']).doNothing())
    .execute();
}
