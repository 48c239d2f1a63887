import { makeApi, type ServerApi } from '../relay/api.ts';
import { makeDeadline } from '../lib/deadline.ts';
import { relayLimits } from '../relay/relay-limits.ts';
import { retrying } from '../relay/retry.ts';
import { makeTransport, type Transport } from '../relay/transport.ts';
import type { ServerOptions } from '../server-options.ts';
import type { Io } from './io.ts';

/** A server that is asked, with patience: how long is up to --server-timeout. Dispose it. */
export type ServerClient = AsyncDisposable & {
  transport: Transport;
  ask<T>(act: (api: ServerApi) => Promise<T>): Promise<T>;
};

/** What somebody who looks at a terminal waits for. */
const PATIENCE_MS = 30_000;

/** @throws RelayError bad_options */
export function openServer(options: ServerOptions, io: Pick<Io, 'env' | 'now'>): ServerClient {
  const transport = makeTransport({ ...options, env: io.env, now: io.now, limits: relayLimits });
  const api = makeApi(transport);
  return {
    transport,
    async ask(act) {
      using deadline = makeDeadline(options.timeoutMs ?? PATIENCE_MS);
      return await retrying(() => act(api), { limits: relayLimits, signal: deadline.signal });
    },
    [Symbol.asyncDispose]: () => transport.close(),
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is an id of a run or of evidence (UUIDv7), and nothing that would lead to another route. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
