import { type IncomingMessage, request } from 'node:http';
import { limits } from '../../lib/limits.ts';
import { type Connection, type ConnectOptions, openConnection } from './connection.ts';
import { RequestError, toErrorCode } from './request-error.ts';

export type Header = { name: string; value: string };

export type ExchangeOptions = ConnectOptions & {
  method: string;
  headers: readonly Header[];
  body: string | null;
  /** How much of the answer's body is kept; the rest is counted. */
  bodyBytes: number;
};

/** One request and its answer. Times in ms, fractions kept. */
export type Exchange = {
  url: URL;
  method: string;
  status: number;
  statusText: string;
  httpVersion: string;
  /** As received: in order, repeated names and their case kept. */
  headers: Header[];
  body: Buffer;
  /** How long the body was, as far as it was read. */
  bodyLength: number;
  /** true: it was longer than what was read of it. */
  bodyCut: boolean;
  connection: Omit<Connection, 'socket'>;
  firstByteMs: number;
};

/**
 * Sends one HTTP/1.1 request over a connection of its own, and reads the answer to its end, bounded. Redirects are answers.
 * @throws RequestError
 */
export async function exchange(options: ExchangeOptions): Promise<Exchange> {
  const { url, method, headers, body, bodyBytes } = options;
  const { socket, ...connection } = await openConnection(options);
  const sentAt = performance.now();
  // What the parser says once the answer has begun; the answer itself only knows that it was cut off.
  let parserError: unknown;
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const fail = (error: unknown): void => reject(toExchangeError(error, options));
      let message;
      try {
        message = request({
          createConnection: () => socket,
          method,
          path: `${url.pathname}${url.search}`,
          setHost: false,
          headers: toOutgoing(url, headers, body),
        });
      } catch (error) {
        reject(new RequestError('not_sendable', `a header can't be sent (${toErrorCode(error)})`, { cause: error }));
        return;
      }
      message.once('response', resolve).on('error', (error) => {
        parserError ??= error;
        fail(error);
      });
      message.once('close', () => fail(new Error('closed')));
      message.end(body ?? undefined);
    });
    const firstByteMs = performance.now() - sentAt;
    const read = await readBody(response, bodyBytes).catch((error: unknown) => {
      throw toExchangeError(parserError ?? error, options);
    });
    return {
      url,
      method,
      status: response.statusCode ?? 0,
      statusText: response.statusMessage ?? '',
      httpVersion: response.httpVersion,
      headers: toHeaders(response.rawHeaders),
      ...read,
      connection,
      firstByteMs,
    };
  } finally {
    socket.destroy();
  }
}

/** Ours first, so that the manifest's own win. The body comes as it is: a compressed one could not be searched. */
function toOutgoing(url: URL, headers: readonly Header[], body: string | null): string[] {
  const given = new Set(headers.map(({ name }) => name.toLowerCase()));
  const ours: Header[] = [
    { name: 'Host', value: url.host },
    { name: 'User-Agent', value: 'quoderat' },
    { name: 'Accept', value: '*/*' },
    { name: 'Accept-Encoding', value: 'identity' },
    ...(body === null ? [] : [{ name: 'Content-Type', value: 'text/plain; charset=utf-8' }]),
  ].filter(({ name }) => !given.has(name.toLowerCase()));
  const framing = [
    { name: 'Connection', value: 'close' },
    ...(body === null ? [] : [{ name: 'Content-Length', value: String(Buffer.byteLength(body)) }]),
  ];
  return [...ours, ...headers, ...framing].flatMap(({ name, value }) => [name, value]);
}

type ReadBody = Pick<Exchange, 'body' | 'bodyLength' | 'bodyCut'>;

async function readBody(response: IncomingMessage, keepBytes: number): Promise<ReadBody> {
  const kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (length < keepBytes) kept.push(Buffer.from(chunk.subarray(0, keepBytes - length)));
    length += chunk.length;
    if (length > limits.probeCountedBytes) break;
  }
  const isWhole = length <= limits.probeCountedBytes;
  if (isWhole && !response.complete) throw new Error('closed');
  return { body: Buffer.concat(kept), bodyLength: length, bodyCut: length > keepBytes };
}

function toHeaders(raw: readonly string[]): Header[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [{ name, value: raw[index + 1] ?? '' }] : []));
}

function toExchangeError(error: unknown, { url, signal }: ExchangeOptions): RequestError {
  if (error instanceof RequestError) return error;
  if (signal.aborted) return new RequestError('stopped', `${url.host} was no longer waited for`, { cause: error });
  const code = toErrorCode(error);
  const words = code.startsWith('HPE_')
    ? `is not well-formed HTTP (${code})`
    : 'ended before it was whole: the connection was closed';
  return new RequestError('bad_answer', `the answer of ${url.host} ${words}`, { cause: error });
}
