import {
  type CreateRun,
  type FinalizeAnswer,
  type RunView,
  runView,
  type SequenceRange,
  type StreamedEvent,
} from '../../src/schema/api.ts';
import type { RunEvent } from '../../src/schema/event.ts';

type Sealed = { answer: FinalizeAnswer; bytes: Buffer; attestation: Buffer };
/** What test/support/relay-server.ts knows of a run. */
export type StubRun = {
  created: CreateRun;
  events: Map<number, RunEvent>;
  dropped: Set<number>;
  streamed: StreamedEvent[];
  isCancelled: boolean;
  /** Its worker fell silent, and the server has sealed what it had. */
  isLost?: boolean;
  sealed: Sealed | null;
};
export function toAcked(run: StubRun): number {
  let seq = 0;
  while (run.events.has(seq + 1) || run.dropped.has(seq + 1)) seq += 1;
  return seq;
}

export function toMissing(run: StubRun, last: number): SequenceRange[] {
  const missing: SequenceRange[] = [];
  for (let seq = 1; seq <= last; seq += 1)
    if (!run.events.has(seq) && !run.dropped.has(seq)) missing.push({ from: seq, to: seq });
  return missing;
}

export function toView(run: StubRun): RunView {
  const { run_id, plan, plan_hash, subject } = run.created;
  const at = new Date().toISOString();
  return runView.parse({
    run_id,
    state: run.sealed === null ? 'running' : run.isLost === true ? 'aborted' : 'finalized',
    name: plan.name,
    plan_hash,
    subject,
    created_at: at,
    updated_at: at,
    heartbeat_at: at,
    status: run.sealed?.answer.status ?? null,
    evidence_id: run.sealed?.answer.evidence_id ?? null,
    envelope_sha256: run.sealed?.answer.envelope_sha256 ?? null,
    acked_seq: toAcked(run),
    last_server_seq: run.streamed.length,
    cancel_requested: run.isCancelled,
    steps: plan.steps.map(({ id, kind, name, needs }) => ({ id, kind, name, needs })),
  });
}

export function toListed(run: StubRun): Omit<RunView, 'steps'> {
  const { steps: _steps, ...listed } = toView(run);
  return listed;
}
