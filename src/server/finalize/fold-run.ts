import { CanonicalError, toCanonicalJson } from '../../lib/canonical.ts';
import { RecordError } from '../../record/errors.ts';
import { makeRecordFold } from '../../record/fold.ts';
import { toRunStatus } from '../../record/status.ts';
import type { CreateRun } from '../../schema/api.ts';
import { type RunEvent, runEvent } from '../../schema/event.ts';
import type { RunRecord } from '../../schema/record.ts';
import type { Db } from '../database.ts';
import { ApiFault } from '../errors.ts';
import { readWorkerLines } from '../store/read-events.ts';

/** Events that are folded before others get their turn of the process. */
const EVENTS_AT_ONCE = 500;

/**
 * The run's record, out of the events as they were stored, a page at a time; and how many those were.
 * @param lastSeq what came after it is not of the record
 * @throws ApiFault record_invalid, with the RecordError's code as the reason
 */
export async function foldRun(
  db: Db,
  runId: string,
  lastSeq: number,
): Promise<{ record: RunRecord; received: number }> {
  const fold = makeRecordFold();
  let received = 0;
  for await (const event of readEvents(db, runId)) {
    if (event.seq > lastSeq) continue;
    refusing(() => fold.apply(event));
    received += 1;
  }
  return { record: refusing(() => fold.result()), received };
}

/** What was received is the sealer's to say: a worker counts before it sends, and may have lost some since. */
export function withReceived(record: RunRecord, received: number): RunRecord {
  const { emitted } = record.events;
  return { ...record, events: { emitted, acknowledged: received, dropped: emitted - received } };
}

/** Every stored event, in the worker's order. */
export async function* readEvents(db: Db, runId: string): AsyncGenerator<RunEvent> {
  let count = 0;
  for await (const line of readWorkerLines(db, runId)) {
    yield parseStored(line);
    count += 1;
    if (count % EVENTS_AT_ONCE === 0) await new Promise((resolve) => void setImmediate(resolve));
  }
}

/** Output is not of the record, and the rest was checked when it came in; only what decides is checked again. */
function parseStored(line: string): RunEvent {
  const value: unknown = JSON.parse(line);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- stored by src/server/store, which parses with runEvent
  const event = value as RunEvent;
  return event.type === 'finalize_started' ? runEvent.parse(value) : event;
}

/** A fold's refusal as the server's. */
export function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw makeInvalid(error.message, error.code, error);
  }
}

/**
 * That the events tell of the very run that was created: it is by what that said that readers and claims were judged.
 * @throws ApiFault plan_mismatch, record_invalid
 */
export function assertSameRun(record: RunRecord, request: CreateRun): void {
  if (record.run_id !== request.run_id) throw makeInvalid('the events are of another run', 'foreign_event');
  if (record.plan.plan_hash !== request.plan_hash)
    throw new ApiFault('plan_mismatch', 'the events carry another plan hash than the run was created with');
  if (toRecordSha256Text(record.subject) !== toRecordSha256Text(request.subject))
    throw makeInvalid('the events name another subject than the run was created with', 'foreign_subject');
  // The hash is of the plan before redaction, which only the worker has: it does not tell one list of steps from another.
  if (toRecordSha256Text(toStepIds(record.execution.steps)) !== toRecordSha256Text(toStepIds(request.plan.steps)))
    throw makeInvalid('the events tell of other steps than the run was created with', 'foreign_plan');
}

/** That a run is called a success only when its steps are: lists and readers of streams take the word for it. @throws ApiFault record_invalid */
export function assertEarned({ execution }: RunRecord): void {
  const { status, steps, termination } = execution;
  if (status === 'success' && toRunStatus(steps, termination) !== 'success')
    throw makeInvalid('the run is called a success, which its steps are not', 'status_mismatch');
}

function toStepIds(steps: readonly { id: string; index: number }[]): string[] {
  return steps.toSorted((one, other) => one.index - other.index).map(({ id }) => id);
}

/** The RFC 8785 form whose digest worker and server compare. @throws ApiFault record_invalid */
export function toRecordSha256Text(value: unknown): string {
  try {
    return toCanonicalJson(value);
  } catch (error) {
    if (!(error instanceof CanonicalError)) throw error;
    throw makeInvalid(`the record cannot be written down: ${error.message}`, error.code, error);
  }
}

export function makeInvalid(message: string, reason: string, cause?: unknown): ApiFault {
  return new ApiFault('record_invalid', message, { details: { reason }, cause });
}
