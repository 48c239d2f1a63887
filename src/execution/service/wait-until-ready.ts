import { connect } from 'node:net';
import { formatDuration } from '../../lib/duration.ts';
import type { Readiness } from '../../schema/plan-http.ts';
import { makeDeadline, sleepUntil } from '../../lib/deadline.ts';
import { exchange } from '../http/exchange.ts';
import { RequestError } from '../http/request-error.ts';

const TRY_MS = 2000;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 500;

/** A readiness that is found out by asking. */
export type AskedReadiness = Extract<Readiness, { by: 'http' | 'port' }>;

/**
 * Asks a service until it is ready.
 * @returns null when it is; else what came of the last time it was asked, also when `signal` ends the asking
 */
export async function waitUntilReady(readiness: AskedReadiness, signal: AbortSignal): Promise<string | null> {
  const deadline = performance.now() + readiness.timeout_ms;
  let problem: string | undefined;
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const left = deadline - performance.now();
    if (left <= 0) break;
    const tryMs = Math.ceil(Math.min(left, TRY_MS));
    using tryDeadline = makeDeadline(tryMs, signal);
    const last = await ask(readiness, tryDeadline.signal);
    if (last === null) return null;
    // That the time ran out in the middle of a request says less than what the one before it was told.
    if (!tryDeadline.isLate()) problem = last;
    else if (problem === undefined || tryMs === TRY_MS) problem = `${last} in ${formatDuration(tryMs)}`;
    await sleepUntil(Math.min(pause, Math.max(0, deadline - performance.now())), signal);
  }
  return problem ?? 'it was not asked';
}

/**
 * Asks once. For http any status from 200 to 399 will do, and redirects are not followed.
 * @returns null: it is ready; else why it is not
 */
export async function ask(readiness: AskedReadiness, signal: AbortSignal): Promise<string | null> {
  if (readiness.by === 'port') {
    // A server may listen on one of the two loopback addresses only.
    const answers = await Promise.all(['127.0.0.1', '::1'].map((host) => isListening(host, readiness.port, signal)));
    return answers.includes(true) ? null : `nothing listens on port ${readiness.port}`;
  }
  try {
    const { status } = await exchange({ ...plainRequest, url: new URL(readiness.url), bodyBytes: 0, signal });
    return status >= 200 && status < 400 ? null : `${readiness.url} answers ${status}`;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return error.code === 'stopped' ? `${readiness.url} did not answer` : error.message;
  }
}

const plainRequest = {
  method: 'GET',
  headers: [],
  body: null,
  ca: null,
  verifyTls: false,
  allowLinkLocal: false,
} as const;

function isListening(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (listening: boolean): void => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(listening);
    };
    const onAbort = (): void => finish(false);
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    if (signal.aborted) finish(false);
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
