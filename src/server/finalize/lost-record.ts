import { randomBytes } from 'node:crypto';
import { toTimestamp } from '../../lib/clock.ts';
import { makeUuidV7 } from '../../lib/uuid.ts';
import { foldEvents } from '../../record/fold.ts';
import { toClosingEvents } from '../../record/lost.ts';
import type { CreateRun } from '../../schema/api.ts';
import type { EventDraft, RunEvent } from '../../schema/event.ts';
import type { RunRecord } from '../../schema/record.ts';
import { withReceived } from './fold-run.ts';

export type LostRun = {
  request: CreateRun;
  /** What was received, in the worker's order; of the output only the last event is needed. */
  events: readonly RunEvent[];
  /** Events of the worker that are stored. */
  received: number;
  /** Of these, up to finalize_started. */
  receivedToEnd: number;
  /** The highest number that the worker gave, as far as is known. */
  lastSeq: number;
  /** Every number up to the last is stored. */
  isGapless: boolean;
  createdAt: number;
  now: number;
};

/**
 * The record of a run whose worker fell silent, out of what was received. A run that had come to its end, with nothing
 * missing, is what its worker says; every other one is aborted (`process_lost`): what was going on ends at the last moment
 * of which anything is known, what was not begun is skipped. The run's beginning is told by what it was created with.
 * @throws RecordError when the events are not of the plan
 */
export function toLostRecord(lost: LostRun): RunRecord {
  const { events, request, now } = lost;
  const ended = events.find(({ type }) => type === 'finalize_started');
  if (ended !== undefined && lost.isGapless)
    return withReceived(foldEvents(events.filter(({ seq }) => seq <= ended.seq)), lost.receivedToEnd);

  // Its end is not the end when something before it is missing: an outcome may be among that.
  const heard = events.filter(({ type }) => type !== 'finalize_started');
  const begun = [...toBeginning(lost, heard), ...heard];
  const closing = toClosingEvents(begun, { now, partials: new Map() });
  let seq = lost.lastSeq;
  const stamped = closing.map((draft): RunEvent => {
    seq += 1;
    const last = lost.lastSeq + closing.length;
    const acknowledged = lost.received + closing.length;
    const counted = { acknowledged, dropped: last - acknowledged };
    return stamp(draft.type === 'finalize_started' ? { ...draft, events: counted } : draft, { request, seq, now });
  });
  return foldEvents([...begun, ...stamped]);
}

/** run_started and plan_ready, where they were never received: the request that created the run says the same. */
function toBeginning({ request, createdAt, now }: LostRun, heard: readonly RunEvent[]): RunEvent[] {
  const { worker, identities, intent, subject, runner_context, plan, plan_hash } = request;
  const timestamp = toTimestamp(createdAt);
  const drafts: EventDraft[] = [
    { type: 'run_started', timestamp, worker, identities, intent, subject, runner_context },
    { type: 'plan_ready', timestamp, plan, plan_hash },
  ];
  return drafts
    .filter(({ type }) => !heard.some((event) => event.type === type))
    .map((draft, index) => stamp(draft, { request, seq: index + 1, now }));
}

function stamp(draft: EventDraft, { request, seq, now }: { request: CreateRun; seq: number; now: number }): RunEvent {
  return { ...draft, event_id: makeUuidV7(now, randomBytes(10)), run_id: request.run_id, seq };
}
