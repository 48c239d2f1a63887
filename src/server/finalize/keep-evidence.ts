import type { Kysely } from 'kysely';
import type { FinalizeAnswer } from '../../schema/api.ts';
import type { RunStatus } from '../../schema/record.ts';
import { type KnownArtifact, claimArtifacts } from '../artifacts/claims.ts';
import type { Database, Db } from '../database.ts';
import { endRun } from '../store/server-words.ts';
import { lockRun } from '../store/runs.ts';
import type { SealedRun } from './seal.ts';

/** What was answered when the run was sealed; undefined: it was not yet. */
export async function readAnswer(db: Db, runId: string): Promise<FinalizeAnswer | undefined> {
  return db
    .selectFrom('evidence')
    .select(['evidence_id', 'envelope_sha256', 'head_entry_hash', 'status'])
    .where('run_id', '=', runId)
    .executeTakeFirst();
}

export type Kept = { answer: FinalizeAnswer; isNew: boolean };

/**
 * Keeps the evidence and ends the run, in one transaction under the run's lock: of two processes that sealed the same run,
 * one is kept, and both answer with it. `null`: the run changed meanwhile (`stillTrue` said no).
 */
export async function keepEvidence(
  db: Kysely<Database>,
  runId: string,
  {
    sealed,
    artifacts,
    end,
    stillTrue,
  }: {
    sealed: SealedRun;
    artifacts: readonly KnownArtifact[];
    end: { state: 'finalized' | 'aborted'; reason: string };
    /** Asked under the lock. */
    stillTrue?: (run: { state: string; last_server_seq: number }) => boolean;
  },
): Promise<Kept | null> {
  const { envelope, bytes, sha256, attestation } = sealed;
  return db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run === undefined) return null;
    const known = await readAnswer(tx, runId);
    if (known !== undefined) return { answer: known, isNew: false };
    if (run.terminal || stillTrue?.(run) === false) return null;
    const status: RunStatus = envelope.execution.status;
    const answer: FinalizeAnswer = {
      evidence_id: envelope.evidence_id,
      envelope_sha256: sha256,
      head_entry_hash: envelope.integrity.head_entry_hash,
      status,
    };
    await tx
      .insertInto('evidence')
      .values({ ...answer, run_id: runId, envelope: bytes, attestation })
      .execute();
    await claimArtifacts(tx, runId, artifacts);
    const { evidence_id, envelope_sha256, head_entry_hash } = answer;
    await endRun(tx, runId, {
      state: end.state,
      status,
      words: {
        type: end.state === 'aborted' ? 'run_aborted' : 'run_finalized',
        reason: end.reason,
        evidence_id,
        envelope_sha256,
        head_entry_hash,
      },
    });
    return { answer, isNew: true };
  });
}
