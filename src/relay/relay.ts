import { join } from 'node:path';
import { toMessage } from '../lib/errors.ts';
import type { CreateRun, FinalizeAnswer, FinalizeRun, Jwks, RunView, SequenceRange } from '../schema/api.ts';
import type { RunEvent } from '../schema/event.ts';
import type { Artifact } from '../schema/record.ts';
import { makeApi, type ServerApi } from './api.ts';
import { RelayError } from './errors.ts';
import { makeHeartbeat } from './heartbeat.ts';
import { makeOutbox, type Outbox } from './outbox.ts';
import { makePump } from './pump.ts';
import { type RelayLimits, relayLimits } from './relay-limits.ts';
import { retrying } from './retry.ts';
import { openSpool, type Spool } from './spool.ts';
import { makeTransport, type TransportOptions } from './transport.ts';
import { makeUploads } from './uploads.ts';

export type RelayOptions = Omit<TransportOptions, 'limits'> & {
  run: CreateRun;
  /** The evidence folder: artifacts are read there, and output waits there when the server is away. */
  dir: string;
  /** The events of a range as the run's journal has them: all but output. */
  readJournal: (range: SequenceRange) => Promise<readonly RunEvent[]>;
  /** The server was told to cancel the run. Called once. */
  onCancel: () => void;
  /** The server refuses something for good; the run goes on without it. Called once. */
  onProblem: (problem: string) => void;
  limits?: Partial<RelayLimits>;
  /** What the run is gone on with: its spool, and its events up to here. */
  resumed?: {
    spool: Spool;
    fill: (outbox: Outbox) => void;
    artifacts: readonly Pick<Artifact, 'sha256' | 'size_bytes'>[];
  };
};

/** What the server sealed, as it came: nothing of it is checked. */
export type ServerSeal = { answer: FinalizeAnswer; envelope: Buffer; attestation: Buffer; keys: Jwks };

/** One run's line to a Quoderat server. Until finalize() nothing of it is waited for, and nothing of it throws. */
export type Relay = {
  /** How the server is called in messages. */
  serverName: string;
  offer(event: RunEvent): void;
  /** How many events were dropped. To be asked before finalize_started is emitted: later none is dropped. */
  settle(): number;
  /** Bytes of artifacts and events that are still to be sent. */
  openBytes(): number;
  /**
   * Brings what is missing, lets the server seal, and fetches what it sealed.
   * @param signal aborted: the time for it is over
   * @throws RelayError
   */
  finalize(run: FinalizeRun, signal: AbortSignal): Promise<ServerSeal>;
  /** What was kept for later is not needed any more. */
  forget(): void;
  /** Ends what is under way. */
  close(): Promise<void>;
};

/** How often finalize answers that something is missing before that is taken for its last word. */
const ROUNDS = 5;

/** Begins to talk to the server at once, and returns. @throws RelayError bad_options */
export function makeRelay(options: RelayOptions): Relay {
  const limits: RelayLimits = { ...relayLimits, ...options.limits };
  const transport = makeTransport({ ...options, limits });
  const api = makeApi(transport);
  const life = new AbortController();
  const hurry = new AbortController();
  const runId = options.run.run_id;
  let lastError: RelayError | undefined;
  const retry = <T>(act: () => Promise<T>, signal: AbortSignal = life.signal): Promise<T> =>
    retrying(act, { limits, signal, hurry: hurry.signal, onRetry: (error) => (lastError = error) });

  const spool = options.resumed?.spool ?? openSpool(options.dir);
  const outbox = makeOutbox({ spool, limits });
  options.resumed?.fill(outbox);
  let isEnded = false;
  let isCancelled = false;
  const onCancel = (asked: boolean): void => {
    if (!asked || isCancelled) return;
    isCancelled = true;
    options.onCancel();
  };
  const attach = async (): Promise<RunView> => {
    const view = await retry(() => api.createRun(options.run));
    onCancel(view.cancel_requested);
    return view;
  };
  const attached = attach();
  const { readJournal } = options;
  const pump = makePump({ runId, api, outbox, limits, retry, attach, attached, readJournal, onCancel });
  pump.failed.catch((error: unknown) => {
    if (!life.signal.aborted) options.onProblem(`${toMessage(error)}; events wait in the evidence folder`);
  });
  const heartbeat = makeHeartbeat({ runId, api, everyMs: limits.heartbeatMs, onCancel });
  attached.then(
    () => life.signal.aborted || heartbeat.start(),
    () => {},
  );
  const uploads = makeUploads({ dir: join(options.dir, 'artifacts'), api, attached, retry, signal: life.signal });
  for (const artifact of options.resumed?.artifacts ?? []) uploads.add(artifact);

  return {
    serverName: transport.name,
    offer(event) {
      // What comes after it is about sealing, and the server's to say.
      if (isEnded) return;
      isEnded = event.type === 'finalize_started';
      outbox.offer(event);
      pump.wake();
      if (event.type === 'artifact_captured') uploads.add(event.artifact);
    },
    settle: () => outbox.settle(),
    openBytes: () => uploads.openBytes() + outbox.openBytes(),
    async finalize(run, signal) {
      hurry.abort();
      const giveUp = toGiveUp(signal, () => lastError, transport.name);
      try {
        const work = async (): Promise<ServerSeal> => {
          const answer = await seal(run, signal);
          return fetchSeal(api, answer, (act) => retry(act, signal));
        };
        return await Promise.race([work(), giveUp.promise]);
      } finally {
        giveUp.dispose();
      }
    },
    forget: () => spool.remove(),
    async close() {
      life.abort();
      heartbeat.stop();
      await transport.close();
      spool.close();
    },
  };

  async function seal(run: FinalizeRun, signal: AbortSignal): Promise<FinalizeAnswer> {
    for (let round = 1; ; round += 1) {
      await pump.drain();
      await uploads.idle();
      const answer = await retry(() => api.finalize(runId, run).catch(toLacking), signal);
      if (!(answer instanceof RelayError)) return answer;
      if (round === ROUNDS || signal.aborted) throw answer;
      const lacking: number[] = [];
      for (const missing of answer.missing) {
        if (typeof missing === 'string') uploads.again(missing);
        else lacking.push(missing.from);
      }
      if (answer.code === 'not_found') await pump.rewind((await attach()).acked_seq);
      if (lacking.length > 0) await pump.rewind(Math.min(...lacking) - 1);
    }
  }
}

async function fetchSeal(
  api: ServerApi,
  answer: FinalizeAnswer,
  retry: <T>(act: () => Promise<T>) => Promise<T>,
): Promise<ServerSeal> {
  const [envelope, attestation, keys] = await Promise.all([
    retry(() => api.readEnvelope(answer.evidence_id)),
    retry(() => api.readAttestation(answer.evidence_id)),
    retry(() => api.readKeys()),
  ]);
  return { answer, envelope, attestation, keys };
}

/** What the server lacks, and be it the run itself, is sent before the same is asked again. */
function toLacking(error: unknown): RelayError {
  if (error instanceof RelayError && LACKING.has(error.code)) return error;
  throw error;
}

const LACKING: ReadonlySet<string> = new Set(['events_incomplete', 'artifacts_missing', 'not_found']);

/** Rejects when the signal aborts, with what went wrong last. */
function toGiveUp(
  signal: AbortSignal,
  lastError: () => RelayError | undefined,
  name: string,
): { promise: Promise<never>; dispose: () => void } {
  let onAbort = (): void => {};
  const promise = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      const last = lastError();
      const why = last === undefined ? '' : `; last: ${last.message}`;
      reject(new RelayError('gave_up', `${name} has not sealed the run in time${why}`, { retryable: true }));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  promise.catch(() => {});
  return { promise, dispose: () => signal.removeEventListener('abort', onAbort) };
}
