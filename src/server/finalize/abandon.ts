import { RecordError } from '../../record/errors.ts';
import type { FinalizeAnswer } from '../../schema/api.ts';
import type { RunEvent } from '../../schema/event.ts';
import type { RunRecord } from '../../schema/record.ts';
import type { ServerDeps } from '../deps.ts';
import { ApiFault } from '../errors.ts';
import type { Principal } from '../principal.ts';
import { parseMultirange, toMissing } from '../store/ranges.ts';
import { type Run, lockRun, readCreateRequest, readRun } from '../store/runs.ts';
import { endRun } from '../store/server-words.ts';
import { checkArtifacts } from './check-artifacts.ts';
import { assertEarned, assertSameRun, readEvents } from './fold-run.ts';
import { keepEvidence, readAnswer } from './keep-evidence.ts';
import { type LostRun, toLostRecord } from './lost-record.ts';
import { readRunIdentity } from './run-identity.ts';
import { sealAsServer } from './seal.ts';
import { toVerifiedContext } from './verified-context.ts';
import { withoutArtifacts } from './without-artifacts.ts';

/**
 * Seals a run of which nothing is heard any more with what was received of it. Any process may do so; one does. Artifacts
 * that never arrived are left out and told of. A run that was heard of meanwhile is left alone.
 * @param reason for the run's stream
 * @returns null when the run goes on, or there can be no evidence of it (then it is `failed`)
 */
export async function abandonRun(deps: ServerDeps, runId: string, reason: string): Promise<FinalizeAnswer | null> {
  const { db, metrics, log, streams, traces } = deps;
  const run = await readRun(db, runId);
  if (run === undefined) return null;
  const known = await readAnswer(db, runId);
  if (known !== undefined || run.terminal) return known ?? null;
  try {
    const request = await readCreateRequest(db, runId);
    const record = toLostRecord({
      request,
      ...(await readHeard(deps, run)),
      createdAt: run.created_at.getTime(),
      now: deps.now(),
    });
    assertSameRun(record, request);
    assertEarned(record);
    const { here, missing } = await checkArtifacts(deps, toOwner(run), record);
    const left = withoutArtifacts(asAborted(record, missing), new Set(missing));
    const sealed = await sealAsServer(deps, left, await readIdentityThatAgrees(deps, left));
    const kept = await keepEvidence(db, runId, {
      sealed,
      artifacts: here,
      // All of it came, and its end: only the last request was missing.
      end: { state: left.execution.termination === 'process_lost' ? 'aborted' : 'finalized', reason },
      stillTrue: ({ last_server_seq }) => last_server_seq === run.last_server_seq,
    });
    if (kept?.isNew !== true) return kept?.answer ?? null;
    metrics.finalized('abandoned');
    metrics.swept('abandoned', 1);
    log.warn({ run_id: runId, evidence_id: kept.answer.evidence_id, missing: missing.length }, 'lost run sealed');
    streams.wake(runId);
    traces.sealed(sealed.envelope);
    return kept.answer;
  } catch (error) {
    const lasting = toLasting(error);
    if (lasting === undefined) throw error;
    metrics.finalized(lasting);
    log.error({ run_id: runId, code: lasting }, 'there can be no evidence of a lost run');
    await failRun(deps, run, lasting);
    return null;
  }
}

/** What was received, without the output but for its last event, which tells when the run was last heard of. */
async function readHeard(
  { db }: ServerDeps,
  run: Run,
): Promise<Pick<LostRun, 'events' | 'received' | 'receivedToEnd' | 'lastSeq' | 'isGapless'>> {
  const events: RunEvent[] = [];
  let lastOutput: RunEvent | undefined;
  let received = 0;
  let receivedToEnd = 0;
  let lastSeq = 0;
  for await (const event of readEvents(db, run.run_id)) {
    received += 1;
    lastSeq = Math.max(lastSeq, event.seq);
    if (event.type === 'finalize_started' && receivedToEnd === 0) receivedToEnd = received;
    if (event.type !== 'step_output') events.push(event);
    else if (lastOutput === undefined || event.timestamp > lastOutput.timestamp) lastOutput = event;
  }
  if (lastOutput !== undefined) events.push(lastOutput);
  const ranges = parseMultirange(run.received);
  lastSeq = Math.max(lastSeq, ranges.at(-1)?.to ?? 0);
  return { events, received, receivedToEnd, lastSeq, isGapless: toMissing(ranges, lastSeq).length === 0 };
}

/** A run that ended well by its own account, and whose files are not here, was lost while it sent them. */
function asAborted(record: RunRecord, missing: readonly string[]): RunRecord {
  if (missing.length === 0 || record.execution.termination === 'process_lost') return record;
  return { ...record, execution: { ...record.execution, status: 'aborted', termination: 'process_lost' } };
}

/** It may read what the run's own principal sent, and nothing for the sake of the project that the run names. */
function toOwner({ principal }: Run): Principal {
  return { id: principal, scopes: ['write'] };
}

/** A lost run's description that does not agree with its token is sealed as self-reported: there is nobody to refuse. */
async function readIdentityThatAgrees(
  deps: ServerDeps,
  record: RunRecord,
): Promise<Awaited<ReturnType<typeof readRunIdentity>>> {
  const identity = await readRunIdentity(deps.db, record.run_id);
  try {
    toVerifiedContext(record, identity);
    return identity;
  } catch (error) {
    if (error instanceof ApiFault && error.code === 'forbidden') return null;
    throw error;
  }
}

/** The code of what will be the same at every further try; undefined: it may pass. */
function toLasting(error: unknown): string | undefined {
  if (error instanceof RecordError) return 'record_invalid';
  if (!(error instanceof ApiFault)) return undefined;
  return error.code === 'record_invalid' || error.code === 'plan_mismatch' ? error.code : undefined;
}

async function failRun({ db, streams }: ServerDeps, run: Run, code: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const now = await lockRun(tx, run.run_id);
    if (now === undefined || now.terminal || now.last_server_seq !== run.last_server_seq) return;
    await endRun(tx, run.run_id, { state: 'failed', status: null, words: { type: 'run_aborted', reason: code } });
  });
  streams.wake(run.run_id);
}
