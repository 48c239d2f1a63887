import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as sendRequest,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is done to one request. */
export type Fault =
  /** Nothing: the next fault is for the next request. */
  | 'pass'
  /** The connection is reset before the server has heard anything, or after it has done what was asked. */
  | 'reset_before'
  | 'reset_after'
  /** No answer ever comes; or its head and half of its body, and then nothing. */
  | 'stall_head'
  | 'stall_body'
  /** The answer ends in the middle, though its length was announced. */
  | 'truncate'
  /** The server gets it twice. */
  | 'duplicate'
  /** The server never gets it, and the answer says that all of it is stored. */
  | 'swallow'
  /** The server gets it only after the next request: by then the client has given up and tried again. */
  | 'delay'
  /** The answer comes byte by byte. */
  | 'trickle'
  | { status: number; retryAfter?: number };

export type FlakyProxy = {
  url: string;
  /** For the next requests whose `METHOD /route` matches, in order: one fault each. */
  script: (matches: RegExp, ...faults: Fault[]) => void;
  /** The faults that happened. */
  done: Fault[];
  /** Resolves when that many have. */
  until: (count: number) => Promise<void>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** A real HTTP proxy in front of `target` that goes wrong as it was told, request by request; never by the clock. */
export async function startFlakyProxy(target: string): Promise<FlakyProxy> {
  const upstream = new URL(target);
  const scripts: { matches: RegExp; faults: Fault[] }[] = [];
  const done: Fault[] = [];
  const waiting = new Set<() => void>();
  let late: (() => Promise<unknown>)[] = [];

  const forward = (request: IncomingMessage, body: Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { ...request.headers, host: upstream.host, connection: 'close' };
      const path = request.url ?? '/';
      const options = { host: upstream.hostname, port: upstream.port, method: request.method, path, headers };
      sendRequest(options, (answer) => {
        readAll(answer).then(
          (bytes) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: bytes }),
          reject,
        );
      })
        .on('error', reject)
        .end(body);
    });
  const takeFault = (what: string): Fault | undefined => {
    const script = scripts.find(({ matches, faults }) => faults.length > 0 && matches.test(what));
    return script?.faults.shift();
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = takeFault(`${request.method} ${request.url}`);
    const body = await readAll(request);
    if (fault !== undefined && fault !== 'delay' && fault !== 'pass') tell(fault);
    if (fault === 'reset_before') return void request.socket.resetAndDestroy();
    if (fault === 'stall_head') return;
    if (typeof fault === 'object') {
      const wait = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      return void response.writeHead(fault.status, wait).end('<html>no</html>');
    }
    if (fault === 'swallow') return void response.end(toLie(body));
    if (fault === 'delay') {
      late.push(async () => {
        await forward(request, body).catch(() => {});
        tell(fault);
      });
      return void request.socket.resetAndDestroy();
    }
    if (fault === 'duplicate') await forward(request, body);
    const answer = await forward(request, body);
    for (const send of late.splice(0)) await send();
    if (fault === 'reset_after') return void request.socket.resetAndDestroy();
    const { 'transfer-encoding': _chunked, connection: _close, ...headers } = answer.headers;
    const length = request.method === 'HEAD' ? headers['content-length'] : String(answer.body.length);
    response.writeHead(answer.status, { ...headers, ...(length !== undefined && { 'content-length': length }) });
    if (fault === 'truncate' || fault === 'stall_body') {
      response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)));
      if (fault === 'truncate') response.destroy();
      return;
    }
    if (fault === 'trickle') for (const byte of answer.body) response.write(Buffer.from([byte]));
    response.end(fault === 'trickle' ? undefined : answer.body);
  };
  const tell = (fault: Fault): void => {
    done.push(fault);
    for (const look of waiting) look();
  };

  const server = createServer((request, response) => {
    // What the upstream can't be asked is for the client a connection that breaks.
    serve(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- listening on a port
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${upstream.pathname}`,
    script: (matches, ...faults) => void scripts.push({ matches, faults }),
    done,
    until: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (done.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      late = [];
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What a server would say that had stored the batch. */
function toLie(body: Buffer): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the client's own batch
  const { events } = JSON.parse(body.toString()) as { events: { seq: number }[] };
  return JSON.stringify({ acked_seq: events.at(-1)?.seq ?? 0, stored: events.length, cancel_requested: false });
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
