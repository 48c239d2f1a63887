import { type Kysely, sql } from 'kysely';
import type { GateAnswer, GateDecision } from '../../schema/api.ts';
import { toTimestamp } from '../../lib/clock.ts';
import type { Database } from '../database.ts';
import { ApiFault } from '../errors.ts';
import { maySee, type Principal } from '../principal.ts';
import { makeNoRun } from './append.ts';
import { lockRun } from './runs.ts';
import { appendServerWords } from './server-words.ts';

/**
 * Keeps a decision on a gate that a step of the run has asked for, and says so in the stream. It is for one plan: who
 * approves must name what was approved. The first decision stands; the same again is answered the same.
 * @throws ApiFault not_found, plan_mismatch, run_over, run_conflict
 */
export async function decideGate(
  db: Kysely<Database>,
  principal: Principal,
  { runId, gateId, decision }: { runId: string; gateId: string; decision: GateDecision },
): Promise<GateAnswer> {
  return db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run === undefined || !maySee(principal, run)) throw makeNoRun();
    const gate = await tx
      .selectFrom('gates')
      .selectAll()
      .where('run_id', '=', runId)
      .where('gate_id', '=', gateId)
      .executeTakeFirst();
    if (gate === undefined) throw new ApiFault('not_found', 'no step of the run has asked for that gate (yet)');
    if (decision.plan_hash !== gate.plan_hash || decision.plan_hash !== run.plan_hash)
      throw new ApiFault('plan_mismatch', 'the decision is on another plan than the one that runs: look at it again');
    const { decision: decided, decided_by, decided_at } = gate;
    if (decided !== null && decided_by !== null && decided_at !== null) {
      if (decided !== decision.decision)
        throw new ApiFault('run_conflict', `the gate is ${decided} already`, { details: { reason: decided } });
      return { gate: gateId, decision: decided, by: decided_by, at: toTimestamp(decided_at.getTime()) };
    }
    if (run.terminal) throw new ApiFault('run_over', `the run is ${run.state}`, { details: { reason: run.state } });
    const { at } = await tx
      .updateTable('gates')
      .set({
        decision: decision.decision,
        decided_by: principal.id,
        decided_at: sql<Date>`clock_timestamp()`,
        reason: decision.reason,
      })
      .where('run_id', '=', runId)
      .where('gate_id', '=', gateId)
      .returning('decided_at as at')
      .executeTakeFirstOrThrow();
    const answer: GateAnswer = {
      gate: gateId,
      decision: decision.decision,
      by: principal.id,
      at: toTimestamp(at?.getTime() ?? 0),
    };
    await appendServerWords(tx, runId, { type: 'gate_decided', reason: decision.reason, ...answer });
    return answer;
  });
}
