import type { RunView, SequenceRange } from '../schema/api.ts';
import type { RunEvent } from '../schema/event.ts';
import type { ServerApi } from './api.ts';
import { RelayError } from './errors.ts';
import type { Outbox } from './outbox.ts';
import type { RelayLimits } from './relay-limits.ts';

/** Carries the events of an outbox to the server: one request at a time, in order, as often as it takes. */
export type Pump = {
  /** Something was put into the outbox. */
  wake(): void;
  /** Sends what there is without waiting for more; resolves when the server has all of it. @throws RelayError */
  drain(): Promise<void>;
  /** The server lacks what comes after `seq`. To be called when all was drained. */
  rewind(seq: number): Promise<void>;
  /** Rejects when the server refuses for good. It never resolves. */
  failed: Promise<never>;
};

export type PumpOptions = {
  runId: string;
  api: Pick<ServerApi, 'sendEvents'>;
  outbox: Outbox;
  limits: Pick<RelayLimits, 'batchBytes' | 'batchMostBytes' | 'batchEvents' | 'flushMs'>;
  retry: <T>(act: () => Promise<T>) => Promise<T>;
  /** Makes the run at the server, or finds it there. */
  attach: () => Promise<RunView>;
  /** The first attach(), begun already. */
  attached: Promise<RunView>;
  readJournal: (range: SequenceRange) => Promise<readonly RunEvent[]>;
  onCancel: (asked: boolean) => void;
};

/** Answers in a row without anything new, and times that the server lost something, after which it does not keep what it takes. */
const FUTILE_ROUNDS = 20;

/** Begins at once. */
export function makePump(options: PumpOptions): Pump {
  const { runId, api, outbox, limits } = options;
  let most = { bytes: limits.batchMostBytes, events: limits.batchEvents };
  let isHurried = false;
  let isDue = false;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  /** There while the pump waits for something to do. */
  let begin: (() => void) | undefined;
  const drainers: (() => void)[] = [];
  let before = -1;
  let futile = 0;
  let losses = 0;

  const look = (): void => {
    if (begin === undefined) return;
    if (isOver || !outbox.hasOpen()) {
      for (const resolve of drainers.splice(0)) resolve();
    } else if (isHurried || isDue || outbox.openBytes() >= limits.batchBytes) {
      begin();
    } else {
      timer ??= setTimeout(() => {
        isDue = true;
        look();
      }, limits.flushMs).unref();
    }
  };
  const waitForWork = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      begin = resolve;
      look();
    });
    begin = undefined;
    clearTimeout(timer);
    timer = undefined;
    isDue = false;
  };
  const hear = async (acked: number): Promise<void> => {
    futile = acked > before ? 0 : futile + 1;
    if (acked < before) losses += 1;
    before = acked;
    if (Math.max(futile, losses) >= FUTILE_ROUNDS)
      throw new RelayError('bad_answer', 'the server does not keep the events that it takes', { retryable: false });
    await rewind(acked);
  };
  const rewind = async (seq: number): Promise<void> => {
    outbox.acknowledge(seq);
    const lost = outbox.toRestore();
    if (lost !== null) outbox.restore(lost, await options.readJournal(lost).catch(() => []));
  };
  const recover = async (error: unknown, events: number): Promise<void> => {
    if (!(error instanceof RelayError)) throw error;
    if (error.code === 'too_large' && events > 1) {
      most = { bytes: most.bytes / 2, events: Math.max(1, Math.floor(events / 2)) };
    } else if (error.code === 'too_large' && outbox.dropFirst()) {
      futile = 0;
    } else if (error.code === 'run_over') {
      // Finalized by another, or given up as stale: what finalize answers decides.
      isOver = true;
    } else if (error.code === 'not_found') {
      // A server that came back without its database knows nothing of the run.
      await hear((await options.attach()).acked_seq);
    } else {
      throw error;
    }
  };
  const send = async (): Promise<void> => {
    const batch = outbox.take(most);
    if (batch === null) return;
    try {
      const answer = await options.retry(() => api.sendEvents(runId, batch.body));
      options.onCancel(answer.cancel_requested);
      await hear(answer.acked_seq);
    } catch (error) {
      await recover(error, batch.events);
    }
  };
  const loop = async (): Promise<never> => {
    await hear((await options.attached).acked_seq);
    for (;;) {
      await waitForWork();
      await send();
    }
  };
  const failed = loop();
  failed.catch(() => {});

  return {
    wake: look,
    failed,
    rewind,
    drain() {
      isHurried = true;
      const drained = new Promise<void>((resolve) => drainers.push(resolve));
      look();
      return Promise.race([drained, failed]);
    },
  };
}
