import { toTimestamp } from '../../lib/clock.ts';
import { type CreateRun, type RunList, type RunView } from '../../schema/api.ts';
import { subject } from '../../schema/context.ts';
import type { Db } from '../database.ts';
import type { Run } from '../store/runs.ts';

type Seal = { evidence_id: string; envelope_sha256: string };

/** A run as the list shows it. */
export function toListed(run: Run, seal: Seal | undefined): RunList['runs'][number] {
  return {
    run_id: run.run_id,
    state: run.state,
    name: run.name,
    plan_hash: run.plan_hash,
    subject: subject.parse(JSON.parse(run.subject.toString())),
    created_at: toTimestamp(run.created_at.getTime()),
    updated_at: toTimestamp(run.updated_at.getTime()),
    heartbeat_at: toTimestamp(run.heartbeat_at.getTime()),
    status: run.status,
    evidence_id: seal?.evidence_id ?? null,
    envelope_sha256: seal?.envelope_sha256 ?? null,
    acked_seq: run.acked_seq,
    last_server_seq: run.last_server_seq,
    cancel_requested: run.cancel_requested,
  };
}

export function toView(run: Run, seal: Seal | undefined, { plan }: CreateRun): RunView {
  return {
    ...toListed(run, seal),
    steps: plan.steps.map(({ id, kind, name, needs }) => ({ id, kind, name, needs })),
  };
}

/** The seals of those runs that have one. */
export async function readSeals(db: Db, runIds: readonly string[]): Promise<Map<string, Seal>> {
  if (runIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('evidence')
    .select(['run_id', 'evidence_id', 'envelope_sha256'])
    .where('run_id', 'in', runIds)
    .execute();
  return new Map(rows.map((row) => [row.run_id, row]));
}
