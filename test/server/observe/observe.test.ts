import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Hono } from 'hono';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toErrorResponse, ApiFault } from '../../../src/server/errors.ts';
import type { AppEnv } from '../../../src/server/deps.ts';
import { parseProxies, toClientKey } from '../../../src/server/observe/address.ts';
import { makeLogger, makeRequestLogger } from '../../../src/server/observe/log.ts';
import { makeServerMetrics } from '../../../src/server/observe/metrics.ts';
import { defaultRateLimits, makeRateLimit } from '../../../src/server/observe/rate-limit.ts';
import { makeBuckets } from '../../../src/server/observe/token-bucket.ts';
import { startTestCluster, type TestCluster } from '../../support/database.ts';
import { finalize, makeSampleRun, sendFiles, sendRun, startServer, type TestServer, tokens } from '../harness.ts';

const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes: z.array(
    z.object({
      key: z.string(),
      value: z.object({ stringValue: z.string().optional(), intValue: z.number().optional() }),
    }),
  ),
});
type Span = z.infer<typeof span>;
const traces = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

/** An OTLP/HTTP collector that keeps what it is sent. */
async function startCollector(): Promise<{
  url: string;
  spans: () => Promise<Span[]>;
  server: Server;
}> {
  const kept: Span[] = [];
  let told = (): void => {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = traces.parse(JSON.parse(Buffer.concat(chunks).toString()));
      kept.push(...body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
      response.end('{}');
      told();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: toUrl(server),
    server,
    async spans() {
      if (kept.length === 0) await new Promise<void>((resolve) => (told = resolve));
      return kept;
    },
  };
}

function toUrl(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

let cluster: TestCluster;
let server: TestServer;
let collector: Awaited<ReturnType<typeof startCollector>>;
beforeAll(async () => {
  cluster = await startTestCluster();
  collector = await startCollector();
  server = await startServer(await cluster.makeDatabase(), { env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await cluster[Symbol.asyncDispose]();
  collector.server.close();
});

describe('traces', () => {
  it('tell a sealed run and its steps as spans with the CI/CD conventions, under an id that the run gives', async () => {
    const run = makeSampleRun();
    await sendRun(server, run);
    await sendFiles(server, run);
    expect((await finalize(server, run)).status).toBe(200);
    const spans = await collector.spans();
    const byName = new Map(spans.map((span) => [span.name, span]));
    expect([...byName.keys()].toSorted()).toEqual(['RUN lint', 'RUN release', 'RUN unit']);
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([run.runId.replaceAll('-', '')]));
    const whole = byName.get('RUN release');
    const unit = byName.get('RUN unit');
    expect(unit?.parentSpanId).toBe(whole?.spanId);
    const attributes = (span: Span | undefined): Record<string, unknown> =>
      Object.fromEntries(span?.attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]) ?? []);
    expect(attributes(whole)).toMatchObject({
      'cicd.pipeline.name': 'release',
      'cicd.pipeline.run.id': run.runId,
      'cicd.pipeline.result': 'success',
      'vcs.repository.url.full': 'https://github.com/acme/shop',
      'vcs.ref.head.revision': '3f786850e387550fdab836ed7e6dc881de23001b',
    });
    expect(attributes(unit)).toMatchObject({
      'cicd.pipeline.task.name': 'unit',
      'cicd.pipeline.task.run.result': 'success',
    });
    expect(Number(unit?.endTimeUnixNano) - Number(unit?.startTimeUnixNano)).toBe(500 * 1e6);
  });

  it('never hold up a finalize when the collector is gone', async () => {
    await using lonely = await startServer(await cluster.makeDatabase(), {
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
    });
    const run = makeSampleRun();
    await sendRun(lonely, run);
    await sendFiles(lonely, run);
    expect((await finalize(lonely, run)).status).toBe(200);
  });
});

describe('metrics', () => {
  it('are for who may read them, count by the template of a route, and have no label that a client chooses', async () => {
    await server.ask('worker', '/v1/runs/019aa5c1-7d00-7000-8000-00000000abcd');
    await server.ask('worker', '/v1/no/such/route/4711');
    await server.ask('worker', '/v1/runs', { method: 'PROPFIND' });
    expect((await server.ask('worker', '/metrics')).status).toBe(403);
    const answer = await server.ask('prometheus', '/metrics');
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(text).toMatch(
      /quoderat_http_request_duration_seconds_count\{method="GET",route="\/v1\/runs\/:id",status="404"\} 1/,
    );
    expect(text).toMatch(/quoderat_http_request_duration_seconds_count\{method="GET",route="none",status="404"\} 1/);
    expect(text).toMatch(/method="other"/);
    expect(text).toMatch(/quoderat_finalizations_total\{outcome="sealed"\} 1/);
    expect(text).toMatch(/quoderat_events_ingested_total \d+/);
    expect(text).toMatch(/quoderat_artifact_bytes_total\{direction="in"\} \d+/);
    expect(text).toMatch(/quoderat_database_connections\{state="total"\} [1-9]/);
    expect(text).not.toMatch(/4711|abcd|PROPFIND/);
  });
});

describe('the log', () => {
  it('is a line of JSON for each request, by its template', async () => {
    const answer = await server.ask('worker', '/v1/runs?limit=1&secret=in-the-query');
    const id = answer.headers.get('x-request-id');
    const lines = server.logged.map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
    const line = lines.find(({ request_id }) => request_id === id);
    expect(line).toMatchObject({
      level: 'info',
      method: 'GET',
      route: '/v1/runs',
      status: 200,
      principal: 'token:worker',
    });
    expect(server.logged.join('')).not.toContain('in-the-query');
  });

  it('has of a request nothing but what is named, wherever a client puts a secret', async () => {
    const secret = 'planted-4711';
    const hide = { 'user-agent': secret, cookie: secret, 'x-forwarded-for': secret, 'x-request-id': secret };
    const json = { ...hide, 'content-type': 'application/json', origin: secret, traceparent: secret };
    const from = server.logged.length;
    const body = JSON.stringify({ [secret]: secret });
    await server.ask('worker', `/v1/runs/${secret}?token=${secret}`, { headers: hide });
    await server.ask('worker', `/${secret}`, { headers: hide });
    await server.ask('worker', '/healthz', { headers: { ...hide, authorization: `Bearer ${secret}` } });
    await server.ask('worker', '/v1/runs', { headers: { ...hide, authorization: `Bearer ${secret}` } });
    await server.ask('worker', '/v1/runs', { headers: { ...hide, authorization: `Basic ${secret}` } });
    await server.ask('worker', '/v1/runs', { method: 'POST', headers: json, body });
    await server.ask('worker', `/v1/runs/${makeSampleRun().runId}/events`, { method: 'POST', headers: json, body });
    await server.ask('worker', '/metrics', { headers: hide });
    const lines = server.logged.slice(from).map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
    expect(lines.map(({ status }) => status)).toEqual([400, 404, 200, 401, 401, 400, 400, 403]);
    const named = ['level', 'time', 'service', 'version', 'request_id', 'method', 'route', 'status', 'ms', 'msg'];
    for (const line of lines)
      expect([...named, 'bytes', 'principal']).toEqual(expect.arrayContaining(Object.keys(line)));
    for (const line of lines) expect(Object.keys(line)).toEqual(expect.arrayContaining(named));
    const text = server.logged.slice(from).join('');
    for (const word of [secret, ...Object.values(tokens)]) expect(text).not.toContain(word);
  });

  it('takes of a request entry nothing but its members, though it masks nothing there', () => {
    const lines: string[] = [];
    const log = makeLogger({ level: 'info', version: '1', destination: { write: (line) => void lines.push(line) } });
    const entry = { request_id: 'a', method: 'GET', route: '/x', status: 200, ms: 1, principal: 'token:a' };
    const careless = {
      ...entry,
      headers: { authorization: 'hunter22' },
      token: 'hunter22',
      err: new Error('hunter22'),
    };
    const requests = makeRequestLogger(log);
    requests.debug(careless);
    requests.info(careless);
    requests.error(careless);
    const expected = { ...entry, time: expect.any(String), service: 'quoderat', version: '1', msg: 'request' };
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      { ...expected, level: 'info' },
      { ...expected, level: 'error' },
    ]);
  });

  it('masks credentials that a careless caller hands it', () => {
    const lines: string[] = [];
    const log = makeLogger({ level: 'info', version: '1', destination: { write: (line) => void lines.push(line) } });
    const error = Object.assign(new Error('connect postgres://user:hunter22@db/x failed with Bearer abc.def.ghi'), {
      detail: 'row (hunter22)',
      config: { password: 'hunter22' },
      cause: new Error('https://bucket/x?X-Amz-Signature=hunter22'),
    });
    log.warn({ headers: { authorization: 'Bearer hunter22' }, request: { token: 'hunter22' }, err: error }, 'careless');
    expect(lines.join('')).toContain('careless');
    expect(lines.join('')).not.toMatch(/hunter22|abc\.def/);
  });
});

describe('rate limits', () => {
  const makeApp = (change: object, now: () => number): Hono<AppEnv> => {
    const metrics = makeServerMetrics({ processMetrics: false });
    const rates = makeRateLimit({ ...defaultRateLimits, ...change }, { metrics, now });
    const app = new Hono<AppEnv>();
    app.onError((error) => toErrorResponse(error instanceof ApiFault ? error : new ApiFault('internal', 'x')));
    app.use(rates.around);
    app.use(async (context, next) => {
      const id = context.req.header('authorization');
      if (id === undefined) throw new ApiFault('unauthorized', 'who?');
      context.set('principal', { id, scopes: [] });
      await next();
    });
    app.use(rates.behindAuth);
    return app.get('/x', (context) => context.text('ok'));
  };
  const as = (id: string): RequestInit => ({ headers: { authorization: id } });

  it('let a burst through, then say when to come again, for each principal apart', async () => {
    let clock = 0;
    const app = makeApp({ perPrincipal: { perSecond: 0.5, burst: 3 } }, () => clock);
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await app.request('/x', as('one'))).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await app.request('/x', as('one'));
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(await refused.json()).toMatchObject({ error: { code: 'rate_limited', retryable: true } });
    expect((await app.request('/x', as('other'))).status).toBe(200);
    clock += 2000;
    expect((await app.request('/x', as('one'))).status).toBe(200);
  });

  it('make an address wait whose tokens are refused, and nobody there who has a good one', async () => {
    let clock = 0;
    const app = makeApp({ failures: { perSecond: 1, burst: 5 } }, () => clock);
    for (let n = 0; n < 5; n += 1) expect((await app.request('/x')).status).toBe(401);
    const refused = await app.request('/x');
    expect({ status: refused.status, wait: refused.headers.get('retry-after') }).toEqual({ status: 429, wait: '1' });
    expect((await app.request('/x', as('right'))).status).toBe(200);
    clock += 1000;
    expect((await app.request('/x')).status).toBe(401);
  });

  it('forget the address met longest ago rather than grow without end', () => {
    const buckets = makeBuckets({ perSecond: 0.001, burst: 1 }, () => 0);
    expect(buckets.take('first')).toBe(0);
    for (let n = 0; n < 50_000; n += 1) buckets.take(`address ${n}`);
    expect(buckets.take('first')).toBe(0);
    expect(buckets.take('address 49999')).toBeGreaterThan(0);
  });

  it.each([
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['::ffff:10.0.0.1', undefined, '10.0.0.1'],
    ['203.0.113.9', '1.1.1.1', '203.0.113.9'],
    ['10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['10.0.0.1', '1.1.1.1, 198.51.100.7', '198.51.100.7'],
    ['10.0.0.1', '1.1.1.1, 198.51.100.7, 10.0.0.2', '198.51.100.7'],
    ['10.0.0.1', 'nonsense', '10.0.0.1'],
    ['2001:db8:1:2:3::1', undefined, '2001:db8:1:2::/64'],
    ['2001:DB8::9', undefined, '2001:db8:0:0::/64'],
    ['::1', undefined, '0:0:0:0::/64'],
  ])('take %s with X-Forwarded-For %s for %s', (peer, forwarded, expected) => {
    expect(toClientKey(peer, forwarded, parseProxies(['10.0.0.0/8']))).toBe(expected);
  });

  it('refuse a list of proxies with what is no address', () => {
    for (const entry of ['proxy.internal', '10.0.0.0/33', '10.0.0/8', ''])
      expect(() => parseProxies([entry])).toThrow('no IP address');
  });
});
