import type { Readable } from 'node:stream';
import { type Dispatcher, request as send } from 'undici';
import type * as z from 'zod';
import { collectBytes } from '../lib/collect-bytes.ts';
import { toErrorCode } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import { type AgentOptions, makeAgent } from './agent.ts';
import { parseServerUrl, toRouteUrl, toServerName } from './base-url.ts';
import { type Credentials, makeCredentials, type RelayAuth } from './credentials.ts';
import { RelayError } from './errors.ts';
import { toRefusal } from './refusal.ts';

export type TransportOptions = Omit<AgentOptions, 'base'> & {
  url: string;
  /** null: only what everybody may ask is asked. */
  auth: RelayAuth | null;
  /** Takes plain HTTP from other machines too. */
  allowInsecure?: boolean;
  /** Milliseconds since the epoch. */
  now: () => number;
};

export type Request = {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST';
  /** From `/v1` or `/.well-known` on. */
  route: string;
  headers?: Record<string, string>;
  /** Made anew for each try. */
  body?: string | (() => Readable);
  /** How long the answer may say nothing, where that is not as usual. */
  bodyMs?: number;
  signal?: AbortSignal;
};

/** HTTP with one server: its address, its token, and what its answers mean. */
export type Transport = {
  /** How the server is called in messages. */
  name: string;
  /** @throws RelayError; so do the others */
  json: <T>(request: Request, schema: z.ZodType<T>) => Promise<T>;
  bytes: (request: Request, mostBytes: number) => Promise<Buffer>;
  /** The answer's body is the caller's to read or destroy. */
  open: (request: Request) => Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
};

/**
 * Redirects are not followed: the token would go to whoever was named. A token that the server refuses is renewed once,
 * where the forge gives tokens.
 * @throws RelayError bad_options
 */
export function makeTransport(options: TransportOptions): Transport {
  const base = parseServerUrl(options.url, options.allowInsecure ?? false);
  const name = toServerName(base);
  const credentials = options.auth === null ? null : makeCredentials(options.auth, options.now);
  const agent = makeAgent({ ...options, base });

  const dispatch = async (request: Request, token: string | null): Promise<Dispatcher.ResponseData> => {
    try {
      return await send(toRouteUrl(base, request.route), {
        dispatcher: agent,
        method: request.method,
        headers: {
          'user-agent': 'quoderat',
          accept: 'application/json',
          ...(typeof request.body === 'string' && { 'content-type': 'application/json' }),
          ...request.headers,
          ...(token !== null && { authorization: `Bearer ${token}` }),
        },
        body: typeof request.body === 'function' ? request.body() : (request.body ?? null),
        headersTimeout: options.limits.headMs,
        bodyTimeout: request.bodyMs ?? options.limits.bodyMs,
        ...(request.signal && { signal: request.signal }),
      });
    } catch (error) {
      throw toTransportError(error, name);
    }
  };
  const open = async (request: Request): Promise<Dispatcher.ResponseData> => {
    const token = (await credentials?.read()) ?? null;
    const answer = await dispatch(request, token);
    if (answer.statusCode !== 401 || token === null || !isRenewed(credentials, token))
      return assertOk(answer, request, name);
    answer.body.on('error', () => {}).destroy();
    return assertOk(await dispatch(request, (await credentials?.read()) ?? null), request, name);
  };
  const bytes = async (request: Request, mostBytes: number): Promise<Buffer> =>
    readWhole((await open(request)).body, mostBytes, name);

  return {
    name,
    open,
    bytes,
    async json(request, schema) {
      const text = (await bytes(request, limits.serverAnswerBytes)).toString();
      try {
        return schema.parse(JSON.parse(text));
      } catch (error) {
        const message = `${name} gave an answer to ${request.method} ${request.route} that is none of the protocol`;
        throw new RelayError('bad_answer', message, { retryable: true, cause: error });
      }
    },
    close: () => agent.destroy(),
  };
}

function isRenewed(credentials: Credentials | null, token: string): boolean {
  return credentials?.renew(token) ?? false;
}

async function assertOk(
  answer: Dispatcher.ResponseData,
  request: Request,
  name: string,
): Promise<Dispatcher.ResponseData> {
  const { statusCode: status } = answer;
  if (status >= 200 && status < 300) return answer;
  const body = await readWhole(answer.body, limits.serverErrorBytes, name).catch(() => Buffer.alloc(0));
  const retryAfter = answer.headers['retry-after'];
  throw toRefusal({
    name,
    request: `${request.method} ${request.route}`,
    status,
    retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
    body,
  });
}

async function readWhole(body: Readable, mostBytes: number, name: string): Promise<Buffer> {
  const toTooLarge = (): RelayError =>
    new RelayError('too_large', `an answer of ${name} has more than ${mostBytes} bytes`, { retryable: false });
  try {
    return await collectBytes(body, mostBytes, toTooLarge);
  } catch (error) {
    throw toTransportError(error, name);
  }
}

/** It answered, and not in TLS: a server of plain HTTP, most often. */
const NO_TLS_CODE = /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/;
const TLS_CODE = /CERT|ISSUER|SELF_SIGNED|^ERR_TLS|^ERR_SSL|SIGNATURE/;

/** What went wrong below HTTP. The messages of undici are left out: what they hold changes with its versions. */
export function toTransportError(error: unknown, name: string): RelayError {
  if (error instanceof RelayError) return error;
  const code = toErrorCode(error) ?? (error instanceof Error ? error.name : 'unknown');
  const make = (kind: 'timed_out' | 'tls_failed' | 'unreachable', message: string, retryable = true): RelayError =>
    new RelayError(kind, message, { retryable, cause: error });
  const refusedBy = findProxyStatus(error);
  if (refusedBy !== undefined) {
    const why = refusedBy === 407 ? '; is there a user and a password in its address (HTTPS_PROXY, HTTP_PROXY)?' : '';
    return make(
      'unreachable',
      `the proxy on the way to ${name} answers CONNECT with ${refusedBy}${why}`,
      refusedBy >= 500,
    );
  }
  if (/TIMEOUT|TIMEDOUT/.test(code)) return make('timed_out', `${name} did not answer in time (${code})`);
  if (NO_TLS_CODE.test(code))
    return make('tls_failed', `${name} answers without TLS (${code}); is it a server of plain http?`, false);
  if (TLS_CODE.test(code))
    return make(
      'tls_failed',
      `the certificate of ${name} is not trusted (${code}); NODE_EXTRA_CA_CERTS names the CA of an own server`,
      false,
    );
  return make('unreachable', `${name} can't be reached (${code})`);
}

/** Of undici's ProxyAgent, which says it in its message alone. */
function findProxyStatus(error: unknown): number | undefined {
  const [, status] = (error instanceof Error && /^Proxy response \((\d{3})\)/.exec(error.message)) || [];
  return status === undefined ? undefined : Number(status);
}
