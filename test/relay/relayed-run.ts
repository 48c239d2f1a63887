import { writeFile } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../../src/journal/journal.ts';
import { readJournal } from '../../src/journal/read-journal.ts';
import type { Evidence, Unsealed } from '../../src/outcome.ts';
import { foldEvents } from '../../src/record/fold.ts';
import { makeRelay, type Relay } from '../../src/relay/relay.ts';
import type { RelayLimits } from '../../src/relay/relay-limits.ts';
import type { RelayAuth } from '../../src/relay/credentials.ts';
import { sealByServer } from '../../src/seal-by-server.ts';
import type { CreateRun } from '../../src/schema/api.ts';
import type { Envelope } from '../../src/schema/envelope.ts';
import type { EventDraft, EventOf, RunEvent } from '../../src/schema/event.ts';
import type { RunRecord } from '../../src/schema/record.ts';
import { at, finalizeStarted, fullRun, hex, runId } from '../record/sample-run.ts';

/** Waits that a test has time for. */
export const quick = {
  connectMs: 1000,
  headMs: 300,
  bodyMs: 300,
  retryFirstMs: 2,
  retryMostMs: 10,
  retryAfterMs: 10,
  flushMs: 2,
  heartbeatMs: 20,
} satisfies Partial<RelayLimits>;

/** What the artifacts of the sample run hold. */
const contents = [
  'version: 1\n',
  '{}',
  '',
  '<testsuites/>',
  ...['install 1', 'unit 1', 'unit 2'].map((attempt) => `${attempt} said so\n`),
];

/** The sample run, with output: `pieces` for each attempt, of `bytes` each. It has no end yet. */
export function makeEvents(pieces: number, bytes = 400): RunEvent[] {
  const drafts = fullRun()
    .filter(({ type }) => type !== 'finalize_started' && type !== 'run_finalized')
    .flatMap((event): EventDraft[] => {
      const { event_id: _event, run_id: _run, seq: _seq, ...draft } = event;
      return event.type === 'step_started' ? [draft].concat(makeOutputs(event, pieces, bytes)) : [draft];
    });
  return drafts.map((draft, index) => stampOne(draft, index + 1));
}

export function makeOutputs(
  { step_id, attempt }: Pick<EventOf<'step_started'>, 'step_id' | 'attempt'>,
  pieces: number,
  bytes: number,
): EventDraft[] {
  return Array.from({ length: pieces }, (_, index) => ({
    type: 'step_output',
    timestamp: at(1000 + index),
    step_id,
    attempt,
    stream: 'stdout',
    offset: index * bytes,
    bytes,
    text: `${index} `.padEnd(bytes - 1, 'x').concat('\n'),
  }));
}

export function stampOne(draft: EventDraft, seq: number): RunEvent {
  const event_id = `019aa5c1-7d00-7000-9000-${seq.toString(16).padStart(12, '0')}`;
  return { ...draft, event_id, run_id: runId, seq };
}

export function toCreated(events: readonly RunEvent[]): CreateRun {
  const started = events.find((event) => event.type === 'run_started');
  const planned = events.find((event) => event.type === 'plan_ready');
  if (started === undefined || planned === undefined) throw new Error('the sample has no beginning');
  const { run_id, worker, identities, intent, subject, runner_context } = started;
  return {
    run_id,
    worker,
    identities,
    intent,
    subject,
    runner_context,
    plan: planned.plan,
    plan_hash: planned.plan_hash,
  };
}

export type Relayed = {
  relay: Relay;
  dir: string;
  problems: string[];
  cancelled: number;
  /** As the event sink does: journal, then relay. */
  emit: (event: RunEvent) => void;
  /** Emits the end, and lets the server seal. */
  finish: (options?: { ms?: number; key?: string }) => Promise<{
    evidence: Evidence | null;
    unsealed?: Unsealed;
    record: RunRecord;
  }>;
};

/** One run's line to a server, with journal and artifacts as a run has them. */
export async function startRelayed(options: {
  dir: string;
  url: string;
  auth: RelayAuth;
  events: readonly RunEvent[];
  limits?: Partial<RelayLimits>;
  ca?: string;
  env?: Record<string, string>;
}): Promise<Relayed> {
  const { dir, url, auth } = options;
  mkdirSync(join(dir, 'artifacts'), { recursive: true });
  for (const text of contents) await writeFile(join(dir, 'artifacts', hex(text)), text);
  const journal = openJournal(dir);
  const emitted: RunEvent[] = [];
  const relayed: Relayed = {
    dir,
    problems: [],
    cancelled: 0,
    relay: makeRelay({
      url,
      auth,
      run: toCreated(options.events),
      dir,
      env: options.env ?? {},
      now: Date.now,
      ...(options.ca !== undefined && { ca: options.ca }),
      readJournal: async ({ from, to }) => (await readJournal(dir)).filter(({ seq }) => seq >= from && seq <= to),
      onCancel: () => (relayed.cancelled += 1),
      onProblem: (problem) => relayed.problems.push(problem),
      limits: { ...quick, ...options.limits },
    }),
    emit(event) {
      emitted.push(event);
      journal.append(event);
      relayed.relay.offer(event);
    },
    async finish({ ms = 20_000, key } = {}) {
      const seq = (emitted.at(-1)?.seq ?? 0) + 1;
      const dropped = relayed.relay.settle();
      const end = { ...finalizeStarted('success'), events: { acknowledged: seq - dropped, dropped } };
      relayed.emit(stampOne(end, seq));
      const record = foldEvents(emitted);
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), ms);
      try {
        const outcome = await sealByServer({
          record,
          relay: relayed.relay,
          server: key === undefined ? {} : { key },
          manifestSha256: hex('version: 1\n'),
          dirs: [dir],
          onProblem: (problem) => relayed.problems.push(problem),
          signal: deadline.signal,
        });
        return { ...outcome, record };
      } finally {
        clearTimeout(timer);
        journal.close();
        await relayed.relay.close();
      }
    },
  };
  return relayed;
}

/** The record inside an envelope. */
export function toRecordOf(envelope: Envelope | undefined): RunRecord | string {
  if (envelope === undefined) return 'there is no envelope';
  const {
    schema_version: _version,
    evidence_id: _evidence,
    generated_at: _generated,
    sealed_at: _sealed,
    claims: _claims,
    integrity: _integrity,
    producer,
    ...recorded
  } = envelope;
  return { worker: producer.worker, ...recorded };
}
