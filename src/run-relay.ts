import { CodedError } from './lib/errors.ts';
import { limits } from './lib/limits.ts';
import { readJournal } from './journal/read-journal.ts';
import type { Evidence, Unsealed } from './outcome.ts';
import { noteServer } from './relayed-folder.ts';
import { makeRelay } from './relay/relay.ts';
import { relayLimits } from './relay/relay-limits.ts';
import { makeTransport } from './relay/transport.ts';
import type { CreateRun } from './schema/api.ts';
import type { RunEvent } from './schema/event.ts';
import type { SealByServerOptions } from './seal-by-server.ts';
import { parseTrustedKey } from './seal/keys.ts';
import type { ServerOptions } from './server-options.ts';

export type StartRelayOptions = {
  server?: ServerOptions;
  run: CreateRun;
  /** The evidence folder. */
  dir: string;
  env: Record<string, string>;
  now: () => number;
  /** Cancels the job, and with it the patience with the server. */
  signal: AbortSignal;
  onCancel: () => void;
  onProblem: (problem: string) => void;
};

/** A run's line to the server that seals it. */
export type RunRelay = {
  offer(event: RunEvent): void;
  /** As of Relay. */
  settle: () => number;
  seal(
    what: Pick<SealByServerOptions, 'record' | 'manifestSha256' | 'dirs' | 'onProblem'>,
  ): Promise<{ evidence: Evidence | null; unsealed?: Unsealed }>;
  close(): Promise<void>;
};

/** Why nothing can be asked of a server with these options; undefined when nothing speaks against it. */
export function findServerFault(server: ServerOptions, env: Record<string, string>): string | undefined {
  try {
    if (server.key !== undefined) parseTrustedKey(server.key);
    void makeTransport({ ...server, env, now: () => 0, limits: relayLimits }).close();
    return undefined;
  } catch (error) {
    if (error instanceof CodedError) return error.message;
    throw error;
  }
}

/** Opens the line, and notes in the folder who is to seal the run. Nothing is waited for. */
export function startRelay({ server, dir, now, signal, ...options }: StartRelayOptions): RunRelay | undefined {
  if (server === undefined) return undefined;
  try {
    noteServer(dir, server);
  } catch {
    // A folder that can't be written is told of by whoever keeps evidence in it.
  }
  let cancelledAt = 0;
  const onAbort = (): void => {
    cancelledAt = now();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const relay = makeRelay({
    ...server,
    ...options,
    dir,
    now,
    readJournal: async ({ from, to }) => (await readJournal(dir)).filter(({ seq }) => seq >= from && seq <= to),
  });
  // Before the first step, which may take this program's files away.
  const sealing = import('./seal-by-server.ts');
  sealing.catch(() => {});
  return {
    offer: (event) => relay.offer(event),
    settle: () => relay.settle(),
    async seal(what) {
      const { sealByServer } = await sealing;
      const openBytes = relay.openBytes();
      const deadline = makeSealDeadline({ server, openBytes, cancel: signal, cancelledAt: () => cancelledAt, now });
      try {
        return await sealByServer({ ...what, relay, server, signal: deadline.signal });
      } finally {
        deadline.dispose();
      }
    },
    async close() {
      signal.removeEventListener('abort', onAbort);
      await relay.close();
    },
  };
}

/**
 * The time that sealing by a server has: what the server was given, and for what is still to be sent as much as
 * uploads are given; once the job was cancelled, what the forge leaves.
 */
export function makeSealDeadline(options: {
  server: Pick<ServerOptions, 'timeoutMs'>;
  openBytes: number;
  /** Cancels the job, and when it did so. */
  cancel: AbortSignal;
  cancelledAt: () => number;
  now: () => number;
}): { signal: AbortSignal; dispose: () => void } {
  const { server, cancel, now } = options;
  const controller = new AbortController();
  const end = (): void => controller.abort();
  const forBytes = Math.min(options.openBytes / limits.uploadBytesPerMs, limits.uploadMaxMs);
  const timers = [setTimeout(end, (server.timeoutMs ?? limits.finalizeMs) + forBytes)];
  const hurry = (): void => {
    const left = options.cancelledAt() + limits.cancelMs - limits.cancelReserveMs - now();
    timers.push(setTimeout(end, Math.max(0, left)));
  };
  if (cancel.aborted) hurry();
  else cancel.addEventListener('abort', hurry, { once: true });
  return {
    signal: controller.signal,
    dispose: () => {
      for (const timer of timers) clearTimeout(timer);
      cancel.removeEventListener('abort', hurry);
    },
  };
}
