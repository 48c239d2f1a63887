import { sql } from 'kysely';
import { sha256 } from '../../lib/hash.ts';
import { limits } from '../../lib/limits.ts';
import { makeTurns } from '../../lib/turns.ts';
import type { FinalizeAnswer, FinalizeRun } from '../../schema/api.ts';
import type { RunRecord } from '../../schema/record.ts';
import type { ServerDeps } from '../deps.ts';
import { ApiFault } from '../errors.ts';
import { type Principal, isAllowed, mayWrite } from '../principal.ts';
import { parseMultirange, toMissing } from '../store/ranges.ts';
import { type Run, readCreateRequest, readRun } from '../store/runs.ts';
import { appendServerWords } from '../store/server-words.ts';
import { checkArtifacts } from './check-artifacts.ts';
import { assertEarned, assertSameRun, foldRun, toRecordSha256Text, withReceived } from './fold-run.ts';
import { type Kept, keepEvidence, readAnswer } from './keep-evidence.ts';
import { readRunIdentity } from './run-identity.ts';
import { sealAsServer } from './seal.ts';

/** Of this process: each holds a record and an envelope. */
const sealing = makeTurns(limits.sealsAtOnce);

/** Digests or ranges that one refusal lists. */
const MOST_MISSING = 1000;

/**
 * Seals a run whose worker says that it is over (POST /v1/runs/{id}/finalize). Idempotent, and safe against itself in
 * another process: the evidence's row is made once, and whoever comes later gets what is in it.
 * @throws ApiFault not_found, forbidden, plan_mismatch, run_over, events_incomplete, artifacts_missing, record_mismatch,
 * record_invalid
 */
export async function finalizeRun(
  deps: ServerDeps,
  principal: Principal,
  runId: string,
  request: FinalizeRun,
): Promise<FinalizeAnswer> {
  const { db, metrics, log, streams } = deps;
  const run = await readRun(db, runId);
  if (run === undefined || !mayWrite(principal, run)) throw new ApiFault('not_found', 'there is no such run');
  if (!isAllowed(principal, 'write')) throw new ApiFault('forbidden', 'finalizing needs the scope "write"');
  const known = await readAnswer(db, runId);
  if (known !== undefined) return known;
  try {
    const { kept, record } = await sealing(() => seal(deps, principal, run, request));
    if (kept.isNew) {
      metrics.finalized('sealed');
      log.info({ run_id: runId, evidence_id: kept.answer.evidence_id, status: kept.answer.status }, 'run sealed');
      streams.wake(runId);
    } else log.debug({ run_id: runId, steps: record.execution.steps.length }, 'sealed by another request meanwhile');
    return kept.answer;
  } catch (error) {
    const code = error instanceof ApiFault ? error.code : 'internal';
    metrics.finalized(code);
    if (error instanceof ApiFault) {
      log.warn({ run_id: runId, code, reason: error.details?.reason }, 'finalize refused');
      await tellRefusal(deps, runId, error);
    }
    throw error;
  }
}

async function seal(
  deps: ServerDeps,
  principal: Principal,
  run: Run,
  request: FinalizeRun,
): Promise<{ kept: Kept; record: RunRecord }> {
  const { db, traces } = deps;
  const { run_id: runId } = run;
  if (request.plan_hash !== run.plan_hash)
    throw new ApiFault('plan_mismatch', 'the run was created with another plan hash than it is to be finalized with');
  if (run.terminal)
    throw new ApiFault('run_over', `the run is ${run.state}, and there is no evidence of it`, {
      details: { reason: run.state },
    });
  assertComplete(run, request.last_seq);
  await markFinalizing(deps, runId);

  const { record, received } = await foldRun(db, runId, request.last_seq);
  assertSameRun(record, await readCreateRequest(db, runId));
  assertEarned(record);
  if (record.events.emitted !== request.last_seq)
    throw new ApiFault(
      'record_mismatch',
      `finalize_started has seq ${record.events.emitted}, not ${request.last_seq}`,
      {
        details: { reason: 'last_seq' },
      },
    );
  const found = sha256(toRecordSha256Text(record));
  if (found !== request.record_sha256)
    throw new ApiFault(
      'record_mismatch',
      `the events give a record with the SHA-256 ${found}, the worker has another`,
      {
        details: { reason: 'record_sha256' },
      },
    );

  const { here, missing } = await checkArtifacts(deps, principal, record);
  if (missing.length > 0)
    throw new ApiFault(
      'artifacts_missing',
      `the bytes of ${missing.length} artifacts are not here: send them, then again`,
      {
        details: { missing: missing.slice(0, MOST_MISSING) },
      },
    );
  const sealed = await sealAsServer(deps, withReceived(record, received), await readRunIdentity(db, runId));
  const kept = await keepEvidence(db, runId, {
    sealed,
    artifacts: here,
    end: { state: 'finalized', reason: record.execution.status },
  });
  if (kept === null) throw new ApiFault('run_over', 'the run was ended meanwhile', { details: { reason: 'ended' } });
  if (kept.isNew) traces.sealed(sealed.envelope);
  return { kept, record };
}

function assertComplete({ received }: Run, lastSeq: number): void {
  const missing = toMissing(parseMultirange(received), lastSeq);
  if (missing.length === 0) return;
  throw new ApiFault('events_incomplete', `events up to ${lastSeq} are missing: send them, then finalize again`, {
    details: { missing: missing.slice(0, MOST_MISSING) },
  });
}

/** The worker was heard of, and is not stale while it waits for its evidence. */
async function markFinalizing({ db }: ServerDeps, runId: string): Promise<void> {
  await db
    .updateTable('runs')
    .set({ state: 'finalizing', heartbeat_at: sql<Date>`clock_timestamp()`, updated_at: sql<Date>`clock_timestamp()` })
    .where('run_id', '=', runId)
    .where('terminal', '=', false)
    .execute();
}

/** Says so to those who watch, unless the worker only has to send what is missing; the run goes on as it was. */
async function tellRefusal({ db, streams, log }: ServerDeps, runId: string, { code }: ApiFault): Promise<void> {
  try {
    await db.transaction().execute(async (tx) => {
      const back = await tx
        .updateTable('runs')
        .set({ state: 'running' })
        .where('run_id', '=', runId)
        .where('state', '=', 'finalizing')
        .returning('run_id')
        .executeTakeFirst();
      const isLasting = code !== 'events_incomplete' && code !== 'artifacts_missing';
      if (back !== undefined && isLasting)
        await appendServerWords(tx, runId, { type: 'finalize_failed', reason: code });
    });
    streams.wake(runId);
  } catch (error) {
    log.warn({ run_id: runId, err: error }, 'the refusal could not be told to the readers of the run');
  }
}
