import { claimFolder, readLivingOwner, releaseFolder } from './journal/owner.ts';
import { JournalError, readJournal } from './journal/read-journal.ts';
import { toMessage } from './lib/errors.ts';
import { limits } from './lib/limits.ts';
import { endLostRun } from './lost-run.ts';
import type { RunOutcome } from './outcome.ts';
import { readSealed } from './read-sealed.ts';
import { RecordError } from './record/errors.ts';
import { foldEvents } from './record/fold.ts';
import { attachRun } from './relay/attach.ts';
import type { Outbox } from './relay/outbox.ts';
import { makeRelay } from './relay/relay.ts';
import { openSpool, type Place, readSpoolIndex } from './relay/spool.ts';
import { findServerFault, makeSealDeadline } from './run-relay.ts';
import type { CreateRun } from './schema/api.ts';
import type { RunEvent } from './schema/event.ts';
import type { RunRecord } from './schema/record.ts';
import { sealByServer } from './seal-by-server.ts';
import type { ServerOptions } from './server-options.ts';

export type PushOptions = {
  dir: string;
  /** The server: the one that the run was told of, or another. */
  options: ServerOptions;
  env: Record<string, string>;
  now: () => number;
  signal: AbortSignal;
};

/**
 * Lets a server seal a run from what its evidence folder holds: finds or makes the run there, sends the events and
 * artifacts that are missing, and takes the seal. What is there already is not sent again, so it may be tried as often as
 * it takes. A run whose process was lost is ended as aborted first. A sealed folder is given as it is.
 * @throws JournalError, RecordError when the folder holds no run that could be sealed
 */
export async function pushRun({ dir, options: server, env, now, signal }: PushOptions): Promise<RunOutcome> {
  const owner = readLivingOwner(dir);
  const fault =
    owner === undefined
      ? findServerFault(server, env)
      : `the run in ${dir} is not over: process ${owner} is still writing it`;
  if (fault !== undefined) return { kind: 'refused', message: fault, diagnostics: [] };
  const sealed = await readSealed(dir);
  if (sealed !== null) return sealed;

  const problems: string[] = [];
  const onProblem = (problem: string): void => void problems.push(problem);
  const journal = await readJournal(dir);
  const run = toCreateRun(journal);
  const { places, end } = await readSpoolIndex(dir, run.run_id);
  let known = 0;
  for (const seq of [...journal.map((event) => event.seq), ...places.keys()]) known = Math.max(known, seq);
  assertCountable(known, dir);
  const cancelledAt = now();
  const reach = { ...server, env, now };
  claimOrNot(dir);
  try {
    let ended: { record: RunRecord; events: RunEvent[] };
    if (journal.some(({ type }) => type === 'finalize_started')) {
      ended = { record: foldEvents(journal), events: journal };
    } else {
      const there = await attach(reach, run, { server, signal, now });
      if (typeof there === 'string') {
        onProblem(`the run is not sealed: ${there}`);
        const unsealed = { dir, recordPath: null, serverName: server.url, reason: there };
        return { ...toLost(run), evidence: null, unsealed, problems };
      }
      const after = Math.max(there, known);
      assertCountable(after, server.url);
      const dropped = countMissing(there + 1, after, new Set([...journal.map(({ seq }) => seq), ...places.keys()]));
      ended = await endLostRun(dir, journal, { now, onProblem, after, dropped });
    }
    const { record, events } = ended;
    const relay = makeRelay({
      ...reach,
      run,
      dir,
      readJournal: () => Promise.resolve(events),
      onCancel: () => {},
      onProblem,
      resumed: {
        spool: openSpool(dir, end),
        fill: (outbox) => fillOutbox(outbox, { events, places, last: record.events.emitted }),
        artifacts: record.artifacts,
      },
    });
    const openBytes = relay.openBytes();
    const deadline = makeSealDeadline({ server, openBytes, cancel: signal, cancelledAt: () => cancelledAt, now });
    try {
      const outcome = await sealByServer({
        record,
        relay,
        server,
        manifestSha256: record.artifacts.find(({ id }) => id === 'manifest')?.sha256 ?? '',
        dirs: [dir],
        onProblem,
        signal: deadline.signal,
      });
      const { status, termination } = record.execution;
      const planHash = record.plan.plan_hash;
      return { kind: 'finished', status, termination, runId: run.run_id, planHash, ...outcome, problems };
    } finally {
      deadline.dispose();
      await relay.close();
    }
  } finally {
    releaseFolder(dir);
  }
}

/** Every number up to the last is looked at. @throws JournalError for one that no worker has given */
function assertCountable(seq: number, where: string): void {
  if (seq > limits.pushedEvents)
    throw new JournalError(
      'damaged',
      `${where} numbers an event ${seq}; of a run at most ${limits.pushedEvents} can be pushed`,
    );
}

/** The run as it was made known, or would have been. @throws RecordError */
function toCreateRun(events: RunEvent[]): CreateRun {
  const started = events.find((event) => event.type === 'run_started');
  const planned = events.find((event) => event.type === 'plan_ready');
  if (started === undefined || planned === undefined)
    throw new RecordError('no_plan', 'the journal ends before the plan was made: there is no run that could be sealed');
  const { run_id, worker, identities, intent, subject, runner_context } = started;
  const { plan, plan_hash } = planned;
  return { run_id, plan, plan_hash, worker, identities, intent, subject, runner_context };
}

/**
 * Up to which event the server has heard of a lost run; its own end must not bear a number that is taken.
 * @returns a sentence when the server can't be asked
 */
async function attach(
  reach: Parameters<typeof attachRun>[0],
  run: CreateRun,
  wait: { server: ServerOptions; signal: AbortSignal; now: () => number },
): Promise<number | string> {
  const deadline = makeSealDeadline({ ...wait, openBytes: 0, cancel: wait.signal, cancelledAt: wait.now });
  try {
    return (await attachRun(reach, run, deadline.signal)).acked_seq;
  } catch (error) {
    return toMessage(error);
  } finally {
    deadline.dispose();
  }
}

function toLost(run: CreateRun) {
  return {
    kind: 'finished',
    status: 'aborted',
    termination: 'process_lost',
    runId: run.run_id,
    planHash: run.plan_hash,
  } as const;
}

function countMissing(from: number, to: number, known: ReadonlySet<number>): number {
  let missing = 0;
  for (let seq = from; seq <= to; seq += 1) if (!known.has(seq)) missing += 1;
  return missing;
}

function fillOutbox(
  outbox: Outbox,
  { events, places, last }: { events: RunEvent[]; places: Map<number, Place>; last: number },
): void {
  const known = new Map(events.map((event) => [event.seq, event]));
  for (let seq = 1; seq <= last; seq += 1) {
    const event = known.get(seq);
    if (event === undefined) outbox.offerSpooled(seq, places.get(seq));
    else outbox.offer(event);
  }
}

/** A folder that can't be written can still be pushed, though nothing will come to lie in it. */
function claimOrNot(dir: string): void {
  try {
    claimFolder(dir);
  } catch {
    // Told when the evidence is written.
  }
}
