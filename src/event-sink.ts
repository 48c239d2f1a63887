import { randomBytes } from 'node:crypto';
import { toMessage } from './lib/errors.ts';
import { makeUuidV7 } from './lib/uuid.ts';
import type { Journal } from './journal/journal.ts';
import type { JobLog } from './log/job-log.ts';
import { makeRecordFold } from './record/fold.ts';
import type { EventDraft, RunEvent } from './schema/event.ts';
import type { RunRecord, StepRecord } from './schema/record.ts';

export type EventSink = {
  /** Stamps a draft and hands the event to journal, record and job log; resolves when the log has taken it. */
  emit(draft: EventDraft): Promise<void>;
  /** The events stamped so far. */
  emitted(): number;
  /** Every planned step as far as it is known. */
  steps(): StepRecord[];
  /** The record, once finalize_started was emitted. */
  record(): RunRecord;
};

/**
 * The fan-out behind redaction: one numbered event, the same for everybody who is told. A journal that can't be written
 * (full disk) is given up with a problem; the run goes on and is sealed from memory.
 */
export function makeEventSink(options: {
  runId: string;
  journal: Journal | null;
  log: JobLog;
  /** Who else is told, without being waited for. */
  relay?: { offer(event: RunEvent): void };
  now: () => number;
  onProblem: (problem: string) => void;
  /** What the run's journal holds already; the next event continues it. */
  earlier?: RunEvent[];
  /** The highest number that an event of this run may bear already, where the journal does not have all. */
  after?: number;
}): EventSink {
  const fold = makeRecordFold();
  const { earlier = [] } = options;
  for (const event of earlier) fold.apply(event);
  let seq = Math.max(earlier.at(-1)?.seq ?? 0, options.after ?? 0);
  let { journal } = options;

  const keep = (event: RunEvent): void => {
    try {
      journal?.append(event);
    } catch (error) {
      journal = null;
      options.onProblem(
        `the journal can't be written any more (${toMessage(error)}); if this process is killed, the run can't be sealed`,
      );
    }
  };

  return {
    async emit(draft) {
      seq += 1;
      const stamp = { event_id: makeUuidV7(options.now(), randomBytes(10)), run_id: options.runId, seq };
      const event: RunEvent = { ...draft, ...stamp };
      keep(event);
      fold.apply(event);
      options.relay?.offer(event);
      await options.log.write(event);
    },
    emitted: () => seq,
    steps: () => fold.steps(),
    record: () => fold.result(),
  };
}
