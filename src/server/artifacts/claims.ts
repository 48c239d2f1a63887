import { type Kysely, sql } from 'kysely';
import type { Database, Db } from '../database.ts';
import { type Principal, isAdmin } from '../principal.ts';
import { whereProject } from '../store/runs.ts';

/** An artifact as the tables have it. Whether its bytes are there is the store's to say. */
export type KnownArtifact = { sha256: string; size: number };

/**
 * Marks an artifact as wanted now, so that the sweeper leaves it: it holds the row's lock while it removes, and looks at
 * this date under it. To be called before the bytes are looked for or stored.
 */
export async function touchArtifact(db: Db, sha256: string): Promise<void> {
  await db
    .updateTable('artifacts')
    .set({ last_used_at: sql<Date>`clock_timestamp()` })
    .where('sha256', '=', sha256)
    .execute();
}

/** Notes that the bytes are stored, and who sent them. */
export async function noteArtifact(db: Kysely<Database>, principal: Principal, artifact: KnownArtifact): Promise<void> {
  const { sha256, size } = artifact;
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('artifacts')
      .values({ sha256, size })
      .onConflict((conflict) =>
        conflict.column('sha256').doUpdateSet({ size, last_used_at: sql<Date>`clock_timestamp()` }),
      )
      .execute();
    await tx
      .insertInto('artifact_senders')
      .values({ sha256, principal: principal.id })
      .onConflict((conflict) => conflict.columns(['sha256', 'principal']).doNothing())
      .execute();
  });
}

/** Notes that a run uses these: as long as its evidence is kept, they are; and who may see the run may read them. */
export async function claimArtifacts(db: Db, runId: string, artifacts: readonly KnownArtifact[]): Promise<void> {
  // PostgreSQL takes 65,535 parameters in one statement.
  for (let from = 0; from < artifacts.length; from += 10_000) {
    await db
      .insertInto('run_artifacts')
      .values(artifacts.slice(from, from + 10_000).map(({ sha256, size }) => ({ run_id: runId, sha256, size })))
      .onConflict((conflict) => conflict.columns(['run_id', 'sha256']).doNothing())
      .execute();
  }
}

/**
 * Which of these digests a principal may read: those that it sent itself, and those that a run has claimed which it may
 * see. To know a digest is not to have had the bytes.
 */
export async function selectReadable(db: Db, principal: Principal, digests: readonly string[]): Promise<Set<string>> {
  if (isAdmin(principal)) return new Set(digests);
  const { rows } = await sql<{ sha256: string }>`
    SELECT sha256 FROM artifact_senders WHERE principal = ${principal.id} AND sha256 = ANY(${[...digests]}::text[])
    UNION
    SELECT run_artifacts.sha256 FROM run_artifacts JOIN runs USING (run_id)
    WHERE run_artifacts.sha256 = ANY(${[...digests]}::text[])
      AND (runs.principal = ${principal.id} OR ${whereProject(principal)})`.execute(db);
  return new Set(rows.map(({ sha256 }) => sha256));
}
