import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import * as z from 'zod';
import { toCanonicalJson } from '../../src/lib/canonical.ts';
import { makeUuidV7 } from '../../src/lib/uuid.ts';
import { foldEvents } from '../../src/record/fold.ts';
import {
  type ApiErrorCode,
  createRun,
  type CreateRun,
  eventBatch,
  type FinalizeAnswer,
  finalizeRun,
  type RunView,
  streamedEvent,
} from '../../src/schema/api.ts';
import type { RunRecord } from '../../src/schema/record.ts';
import { toClaims } from '../../src/seal/claims.ts';
import { toJwk } from '../../src/seal/jwks.ts';
import { generateKeys, makeSigner } from '../../src/seal/keys.ts';
import { sealRecord } from '../../src/seal/seal.ts';
import { makeDsseEnvelope, toStatement } from '../../src/seal/statement.ts';
import { type StubRun, toAcked, toListed, toMissing, toView } from './relay-run.ts';

/** What a test may have the server do otherwise. */
export type StubTwist = {
  /** Changes the record that is sealed. */
  record?: (record: RunRecord) => RunRecord;
  /** Changes the envelope's bytes on their way out. */
  envelope?: (bytes: Buffer) => Buffer;
  /** Loses something before it first looks at what it has. */
  lose?: (run: StubRun, artifacts: Map<string, Buffer>) => void;
  /** Refuses to finalize, in these words. */
  refusal?: string;
};

export type RelayServer = {
  url: string;
  token: string;
  publicPem: string;
  runs: Map<string, StubRun>;
  artifacts: Map<string, Buffer>;
  /** Method and route of each request, as they came; artifacts without their digest. */
  requests: string[];
  /** Resolves when one more was answered. */
  nextRequest: () => Promise<void>;
  isTokenGood: (token: string) => boolean;
  twist: StubTwist;
  /** Closes every connection and takes none, until up(). */
  down: () => Promise<void>;
  up: () => Promise<void>;
  /** Ends the connections of streams: a server that is switched. */
  cutStreams: () => void;
  [Symbol.asyncDispose]: () => Promise<void>;
};

class Refusal extends Error {
  readonly status: number;
  readonly body: object;
  constructor(status: number, code: ApiErrorCode, message: string, details?: object) {
    super(message);
    this.status = status;
    const retryable = status >= 500 || code === 'events_incomplete' || code === 'artifacts_missing';
    this.body = { error: { code, message, retryable, ...(details && { details }) } };
  }
}

/** A Quoderat server in memory: real HTTP, strict about the schema of what it is sent, below a path of its own. */
export async function startRelayServer(): Promise<RelayServer> {
  const keys = generateKeys();
  const signer = makeSigner(keys.privatePem);
  const sockets = new Set<Socket>();
  const streams = new Set<ServerResponse>();
  const answered: (() => void)[] = [];
  const prefix = '/team/quoderat';
  const state = {
    url: '',
    token: 'relay-test-token',
    publicPem: keys.publicPem,
    runs: new Map<string, StubRun>(),
    artifacts: new Map<string, Buffer>(),
    requests: [] as string[],
    nextRequest: (): Promise<void> => new Promise((resolve) => answered.push(resolve)),
    isTokenGood: (token: string): boolean => token === state.token,
    twist: {} as StubTwist,
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://stub');
    const method = request.method ?? 'GET';
    const route = url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : '';
    state.requests.push(`${method} ${route.replace(/[0-9a-f]{64}$/, '*')}`);
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (route === '/.well-known/jwks.json') return send(200, { keys: [toJwk(keys.publicPem)] });
    if (!state.isTokenGood((request.headers.authorization ?? '').replace(/^Bearer /, '')))
      throw new Refusal(401, 'unauthorized', 'no good token');
    const [, kind, id = '', rest = ''] = /^\/v1\/(runs|evidence|artifacts)(?:\/([^/]+)(?:\/(.+))?)?$/.exec(route) ?? [];
    if (kind === 'artifacts') return answerArtifact(method, rest, request, response);
    if (kind === 'evidence') return answerEvidence(id, rest, response);
    if (kind !== 'runs') throw new Refusal(404, 'not_found', `no route ${route}`);
    if (id === '' && method === 'POST') return send(200, attach(parse(createRun, await readBody(request))));
    if (id === '') return send(200, { runs: [...state.runs.values()].map(toListed), next: null });
    const run = state.runs.get(id);
    if (run === undefined) throw new Refusal(404, 'not_found', 'there is no such run');
    if (rest === '') return send(200, toView(run));
    if (rest === 'events' && method === 'GET') return stream(run, request, url, response);
    if (rest === 'events') return send(200, append(run, parse(eventBatch, await readBody(request))));
    if (rest === 'finalize') return send(200, await finalize(run, parse(finalizeRun, await readBody(request))));
    if (rest === 'cancel') run.isCancelled = true;
    return send(200, { state: 'running', cancel_requested: run.isCancelled });
  };

  const attach = (created: CreateRun): RunView => {
    const known = state.runs.get(created.run_id);
    if (known !== undefined) {
      if (toCanonicalJson(known.created) !== toCanonicalJson(created))
        throw new Refusal(409, 'run_conflict', 'another run has this id');
      return toView(known);
    }
    const run = {
      created,
      events: new Map(),
      dropped: new Set<number>(),
      streamed: [],
      isCancelled: false,
      sealed: null,
    };
    state.runs.set(created.run_id, run);
    return toView(run);
  };
  const append = (run: StubRun, batch: z.infer<typeof eventBatch>): object => {
    let stored = 0;
    for (const event of batch.events) {
      if (event.run_id !== run.created.run_id) throw new Refusal(400, 'bad_request', 'a foreign event');
      if (run.events.has(event.seq)) continue;
      if (run.sealed !== null) throw new Refusal(409, 'run_over', 'the run is over');
      run.events.set(event.seq, event);
      publish(run, { event });
      stored += 1;
    }
    for (const gap of batch.dropped) {
      for (let seq = gap.from; seq <= gap.to; seq += 1) run.dropped.add(seq);
      publish(run, { gap });
    }
    return { acked_seq: toAcked(run), stored, cancel_requested: run.isCancelled };
  };
  const publish = (run: StubRun, what: object): void => {
    const stamp = { server_seq: run.streamed.length + 1, received_at: new Date().toISOString() };
    run.streamed.push(streamedEvent.parse({ ...stamp, ...what }));
    for (const response of streams) response.emit('news');
  };
  const finalize = async (run: StubRun, asked: z.infer<typeof finalizeRun>): Promise<FinalizeAnswer> => {
    if (run.sealed !== null) return run.sealed.answer;
    if (state.twist.refusal !== undefined) throw new Refusal(409, 'record_invalid', state.twist.refusal);
    if (asked.plan_hash !== run.created.plan_hash) throw new Refusal(409, 'plan_mismatch', 'another plan');
    state.twist.lose?.(run, state.artifacts);
    delete state.twist.lose;
    if (!state.runs.has(run.created.run_id)) throw new Refusal(404, 'not_found', 'there is no such run');
    const missing = toMissing(run, asked.last_seq);
    if (missing.length > 0) throw new Refusal(409, 'events_incomplete', 'events are missing', { missing });
    const record = foldEvents(run.events.values());
    const absent = record.artifacts.map(({ sha256 }) => sha256).filter((sha256) => !state.artifacts.has(sha256));
    if (absent.length > 0) throw new Refusal(409, 'artifacts_missing', 'bytes are missing', { missing: absent });
    if (createHash('sha256').update(toCanonicalJson(record)).digest('hex') !== asked.record_sha256)
      throw new Refusal(422, 'record_mismatch', 'the events give another record');
    const sealedRecord = state.twist.record?.(record) ?? record;
    const now = Date.now();
    const sealed = await sealRecord({
      record: sealedRecord,
      evidenceId: makeUuidV7(now, randomBytes(10)),
      sealedAt: new Date(now).toISOString(),
      producer: { name: 'quoderat', version: '0.0.0', component: 'server', instance: 'stub' },
      claims: toClaims(sealedRecord, 'server', true),
      signer,
    });
    const { evidence_id, integrity, execution } = sealed.envelope;
    const told = { evidence_id, envelope_sha256: sealed.sha256, head_entry_hash: integrity.head_entry_hash };
    const attestation = await makeDsseEnvelope(toStatement(sealed.envelope, sealed.sha256), signer);
    run.sealed = { answer: { ...told, status: execution.status }, bytes: sealed.bytes, attestation };
    publish(run, { server: { type: 'run_finalized', reason: 'asked', ...told } });
    return run.sealed.answer;
  };
  const answerEvidence = (id: string, rest: string, response: ServerResponse): void => {
    const sealed = [...state.runs.values()].find((run) => run.sealed?.answer.evidence_id === id)?.sealed;
    if (sealed === undefined || sealed === null) throw new Refusal(404, 'not_found', 'there is no such evidence');
    const twisted = state.twist.envelope?.(sealed.bytes) ?? sealed.bytes;
    response.writeHead(200).end(rest === 'attestation' ? sealed.attestation : twisted);
  };
  const answerArtifact = async (
    method: string,
    rest: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const sha256 = rest.replace('sha256/', '');
    if (method === 'PUT') {
      const bytes = await readBody(request);
      if (createHash('sha256').update(bytes).digest('hex') !== sha256)
        throw new Refusal(422, 'digest_mismatch', 'other bytes');
      state.artifacts.set(sha256, bytes);
      return void response.writeHead(201).end();
    }
    const bytes = state.artifacts.get(sha256);
    if (bytes === undefined) throw new Refusal(404, 'not_found', 'not here');
    response.writeHead(200, { 'content-length': bytes.length }).end(method === 'HEAD' ? undefined : bytes);
  };
  const stream = (run: StubRun, request: IncomingMessage, url: URL, response: ServerResponse): void => {
    let at = Number(request.headers['last-event-id'] ?? url.searchParams.get('after') ?? 0);
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    response.write(': hello\n\n');
    const write = (): void => {
      for (const item of run.streamed.slice(at)) {
        response.write(`id: ${item.server_seq}\ndata: ${JSON.stringify(item)}\n\n`);
        at = item.server_seq;
      }
      if (run.sealed !== null) response.end();
    };
    streams.add(response.on('news', write).on('close', () => streams.delete(response)));
    write();
  };

  const server = createServer((request, response) => {
    response.on('close', () => {
      for (const resolve of answered.splice(0)) resolve();
    });
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      const refusal = error instanceof Refusal ? error : new Refusal(500, 'internal', String(error));
      response.writeHead(refusal.status, { 'content-type': 'application/json' }).end(JSON.stringify(refusal.body));
    });
  });
  server.on('connection', (socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- listening on a port
    return (server.address() as AddressInfo).port;
  };
  const down = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const port = await listen(0);
  state.url = `http://127.0.0.1:${port}${prefix}/`;
  return Object.assign(state, {
    down,
    up: async () => void (await listen(port)),
    cutStreams: () => {
      for (const response of streams) response.destroy();
    },
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await down();
    },
  });
}

function parse<T>(schema: z.ZodType<T>, bytes: Buffer): T {
  const parsed = schema.safeParse(JSON.parse(bytes.toString()));
  if (parsed.success) return parsed.data;
  throw new Refusal(400, 'bad_request', z.prettifyError(parsed.error));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
