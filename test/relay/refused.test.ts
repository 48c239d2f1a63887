import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/lib/hash.ts';
import { makeApi } from '../../src/relay/api.ts';
import { makeCredentials } from '../../src/relay/credentials.ts';
import { makeTransport } from '../../src/relay/transport.ts';
import { relayLimits } from '../../src/relay/relay-limits.ts';
import { retrying } from '../../src/relay/retry.ts';
import { makeUploads } from '../../src/relay/uploads.ts';
import { parseServerUrl, toRouteUrl } from '../../src/relay/base-url.ts';
import { serverInfo } from '../../src/schema/api.ts';
import type { RunRecord } from '../../src/schema/record.ts';
import { generateKeys } from '../../src/seal/keys.ts';
import { serveHttps } from '../execution/http-server.ts';
import { startRelayServer, type StubTwist } from '../support/relay-server.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { makeEvents, quick, startRelayed } from './relayed-run.ts';

/** Relays the sample run to a server that does not seal what it was told. */
async function relayTwisted(twist: StubTwist, key?: string) {
  await using dir = await makeTempDir();
  await using server = await startRelayServer();
  Object.assign(server.twist, twist);
  const events = makeEvents(1);
  const run = await startRelayed({ dir: dir.path, url: server.url, auth: { token: server.token }, events });
  for (const event of events) run.emit(event);
  const outcome = await run.finish(key === undefined ? {} : { key: key === 'own' ? server.publicPem : key });
  return { ...outcome, problems: run.problems, files: await readdir(dir.path) };
}

function withStep(record: RunRecord, change: Partial<RunRecord['execution']['steps'][number]>): RunRecord {
  const [first, ...rest] = record.execution.steps;
  if (first === undefined) throw new Error('the sample has steps');
  return { ...record, execution: { ...record.execution, steps: [{ ...first, ...change }, ...rest] } };
}

/** The record's counts, with so many events lost since. */
function withLost({ events }: RunRecord, lost: number): RunRecord['events'] {
  return { ...events, acknowledged: events.acknowledged - lost, dropped: events.dropped + lost };
}

/** The record with the receipt of a redaction by the server. */
function withReceipt(record: RunRecord, path: string): RunRecord {
  const receipt: RunRecord['redactions'][number] = {
    id: 'server/1',
    rule_id: 'server-rule',
    path,
    match_type: 'pattern',
    match_count: 1,
    artifact_id: null,
    stage: 'record',
    timestamp: record.execution.finished_at,
  };
  return { ...record, redactions: [...record.redactions, receipt] };
}

describe('what a server gives back', () => {
  it('is taken when it adds only what it may: a checked identity, lost events, and redactions with their receipts', async () => {
    const { evidence, problems } = await relayTwisted(
      {
        record: (record) => ({
          ...withReceipt(withStep(record, { name: '[redacted:server-rule]' }), '/execution/steps/0/name'),
          runner_context: {
            ...record.runner_context,
            basis: 'oidc_verified',
            verified_claims: { sub: 'repo:acme/shop' },
          },
          events: withLost(record, 2),
        }),
      },
      'own',
    );
    expect(problems).toEqual([]);
    expect(evidence?.verdict.authentic.answer).toBe('yes');
  });

  const STEP_END = '/execution/steps/0/finished_at';
  const others: [string, (record: RunRecord) => RunRecord, string][] = [
    ['another outcome of a step', (record) => withStep(record, { exit_code: 1 }), '/execution/steps/0/exit_code'],
    ['a text without a receipt', (record) => withStep(record, { name: 'harmless' }), '/execution/steps/0/name'],
    [
      'another text under a receipt',
      (record) => withReceipt(withStep(record, { name: 'harmless' }), '/execution/steps/0/name'),
      '/execution/steps/0/name',
    ],
    [
      'words of its own beside what was taken out',
      (record) => withReceipt(withStep(record, { name: '[redacted:x] passed' }), '/execution/steps/0/name'),
      '/execution/steps/0/name',
    ],
    [
      'another time under a receipt',
      (record) => withReceipt(withStep(record, { finished_at: record.execution.finished_at }), STEP_END),
      STEP_END,
    ],
    ['a step of another kind', (record) => withStep(record, { kind: 'lint' }), '/execution/steps/0/kind'],
    ['another commit', (record) => ({ ...record, subject: { ...record.subject, meta: {} } }), '/subject/meta'],
    [
      'verified claims that it did not verify',
      (record) => ({ ...record, runner_context: { ...record.runner_context, verified_claims: { actor: 'root' } } }),
      '/runner_context/verified_claims',
    ],
    ['more events', (record) => ({ ...record, events: { ...record.events, emitted: 99 } }), '/events'],
    ['a redaction less', (record) => ({ ...record, redactions: [] }), '/redactions'],
    [
      'a gate more',
      (record) => ({ ...record, gates: record.gates.flatMap((gate) => [gate, { ...gate, id: 'x' }]) }),
      '/gates/1',
    ],
    [
      'another worker',
      (record) => ({ ...record, worker: { ...record.worker, version: '9' } }),
      '/producer/worker/version',
    ],
  ];
  it.each(others)('is refused with %s, and the run is kept unsealed', async (_case, record, pointer) => {
    const { evidence, unsealed, files } = await relayTwisted({ record });
    expect(evidence).toBeNull();
    expect(unsealed?.reason).toContain(`sealed another record than this run's: ${pointer}`);
    expect(files).toContain('record.unsealed.json');
    expect(files).not.toContain('envelope.json');
  });

  it.each([
    [
      'changed on its way',
      { envelope: (bytes: Buffer) => Buffer.from(bytes.toString().replace('octocat', 'octopus')) },
    ],
    ['no envelope', { envelope: () => Buffer.from('{"evil":true}') }],
    ['no JSON', { envelope: () => randomBytes(100) }],
  ] as [string, StubTwist][])('is refused when it is %s', async (_case, twist) => {
    const { evidence, unsealed } = await relayTwisted(twist);
    expect(evidence).toBeNull();
    expect(unsealed).toBeDefined();
  });

  it('is refused when another key has signed than the pinned one', async () => {
    const { evidence, unsealed } = await relayTwisted({}, generateKeys().publicPem);
    expect(evidence).toBeNull();
    expect(unsealed?.reason).toMatch(/signed, but by no key that is trusted here/);
  });
});

const open = (url: string, more: Partial<Parameters<typeof makeTransport>[0]> = {}) =>
  makeTransport({
    url,
    auth: { token: 'secret-token' },
    env: {},
    now: Date.now,
    limits: { ...relayLimits, ...quick },
    ...more,
  });

describe('the way to a server', () => {
  it('leads to no other one: a redirect is refused, and whoever it names hears nothing', async () => {
    const heard: string[] = [];
    const other = createServer((request, response) => {
      heard.push(request.headers.authorization ?? '');
      response.end('{}');
    }).listen(0, '127.0.0.1');
    const first = createServer((_request, response) => {
      const address = other.address();
      const port = typeof address === 'object' ? address?.port : 0;
      response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
    }).listen(0, '127.0.0.1');
    await Promise.all([once(other, 'listening'), once(first, 'listening')]);
    const address = first.address();
    const transport = open(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
    await expect(transport.json({ method: 'GET', route: '/v1/info' }, serverInfo)).rejects.toMatchObject({
      code: 'redirected',
      retryable: false,
    });
    expect(heard).toEqual([]);
    await transport.close();
    first.close();
    other.close();
  });

  it('is open to a server whose certificate an own CA has signed, once that is named', async () => {
    await using dir = await makeTempDir();
    await using server = await serveHttps(dir.path, (_request, response) => void response.end('{"keys":[]}'));
    const ca = await readFile(join(dir.path, 'cert.pem'), 'utf8');
    const url = `https://localhost:${server.port}`;
    const untrusting = open(url);
    await expect(untrusting.bytes({ method: 'GET', route: '/x' }, 100)).rejects.toMatchObject({
      code: 'tls_failed',
      retryable: false,
    });
    const trusting = open(url, { ca });
    expect((await trusting.bytes({ method: 'GET', route: '/x' }, 100)).toString()).toBe('{"keys":[]}');
    await Promise.all([untrusting.close(), trusting.close()]);
  });

  it('tells a server without TLS from one whose certificate is not trusted', async () => {
    await using server = await startRelayServer();
    const transport = open(server.url.replace('http:', 'https:'));
    await expect(transport.bytes({ method: 'GET', route: '/x' }, 100)).rejects.toMatchObject({
      code: 'tls_failed',
      retryable: false,
      message: expect.stringMatching(/answers without TLS .*plain http/),
    });
    await transport.close();
  });

  it('goes through the proxy that the environment names, but for the hosts that it excepts', async () => {
    await using server = await startRelayServer();
    const tunnels: string[] = [];
    const proxy = createServer().listen(0, '127.0.0.1');
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const [host = '', port] = (request.url ?? '').split(':');
      const upstream = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on('error', () => socket.destroy());
    });
    await once(proxy, 'listening');
    const address = proxy.address();
    const HTTP_PROXY = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const ask = async (env: Record<string, string>): Promise<void> => {
      const transport = open(server.url, { env });
      await transport.bytes({ method: 'GET', route: '/.well-known/jwks.json' }, 10_000);
      await transport.close();
    };
    await ask({ HTTP_PROXY, NO_PROXY: '127.0.0.1' });
    expect(tunnels).toEqual([]);
    await ask({ HTTP_PROXY });
    expect(tunnels).toHaveLength(1);
    proxy.close();
  });

  it('is closed by a proxy that refuses, which is said with what it answers, and tried again only where that may help', async () => {
    const heard: (string | undefined)[] = [];
    const answers = ['407 Proxy Authentication Required', '502 Bad Gateway'];
    const proxy = createServer().listen(0, '127.0.0.1');
    proxy.on('connect', (request, socket) => {
      heard.push(request.headers['proxy-authorization']);
      socket.end(`HTTP/1.1 ${answers.shift()}\r\ncontent-length: 0\r\n\r\n`);
    });
    await once(proxy, 'listening');
    const address = proxy.address();
    const HTTPS_PROXY = `http://us%40er:pass%3Aword@127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    for (const [status, retryable] of [
      [407, false],
      [502, true],
    ] as const) {
      const transport = open('https://quoderat.invalid', { env: { HTTPS_PROXY } });
      const error: unknown = await transport
        .bytes({ method: 'GET', route: '/x' }, 10)
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'unreachable', retryable });
      expect(String(error)).toContain(`answers CONNECT with ${status}`);
      expect(String(error)).not.toMatch(/us@er|us%40er/);
      await transport.close();
    }
    expect(heard).toEqual(Array(2).fill(`Basic ${Buffer.from('us@er:pass:word').toString('base64')}`));
    proxy.close();
  });

  it('may break while an artifact is sent: it is sent again', async () => {
    await using dir = await makeTempDir();
    const bytes = randomBytes(8 * 1024 * 1024);
    const digest = sha256(bytes);
    await writeFile(join(dir.path, digest), bytes);
    let puts = 0;
    const got: Buffer[] = [];
    const server = createServer((request, response) => {
      if (request.method === 'HEAD') return void response.writeHead(404).end();
      puts += 1;
      if (puts === 1) return void request.once('data', () => request.socket.resetAndDestroy());
      request.on('data', (chunk: Buffer) => got.push(chunk));
      return void request.on('end', () => response.end('{}'));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const transport = open(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
    const { signal } = new AbortController();
    const uploads = makeUploads({
      dir: dir.path,
      api: makeApi(transport),
      attached: Promise.resolve(),
      retry: (act) => retrying(act, { limits: quick, signal }),
      signal,
    });
    uploads.add({ sha256: digest, size_bytes: bytes.length });
    await uploads.idle();
    expect(puts).toBe(2);
    expect(Buffer.concat(got).equals(bytes)).toBe(true);
    await transport.close();
    server.close();
  });

  it('asks the forge for another token when the server takes one no more, once', async () => {
    await using dir = await makeTempDir();
    await using server = await startRelayServer();
    let given = 0;
    server.isTokenGood = (token) => token === `token-${given}` && given !== 1;
    const oidc = () => Promise.resolve(`token-${(given += 1)}`);
    const events = makeEvents(0);
    const run = await startRelayed({ dir: dir.path, url: server.url, auth: { oidc }, events });
    for (const event of events) run.emit(event);
    const { evidence } = await run.finish();
    expect(evidence).not.toBeNull();
    expect(given).toBe(2);
  });

  it('is given up when no token is good, with one problem, and the steps go on', async () => {
    await using dir = await makeTempDir();
    await using server = await startRelayServer();
    server.isTokenGood = () => false;
    const events = makeEvents(2);
    const run = await startRelayed({ dir: dir.path, url: server.url, auth: { token: 'bad' }, events });
    for (const event of events) run.emit(event);
    const { unsealed } = await run.finish();
    expect(unsealed?.reason).toMatch(/\(unauthorized\)/);
    expect(run.problems).toHaveLength(2);
    expect(server.requests).toEqual(['POST /v1/runs']);
  });

  it('asks for a token again before the one it has runs out', async () => {
    let now = 0;
    let asked = 0;
    const oidc = () => {
      asked += 1;
      const claims = Buffer.from(JSON.stringify({ exp: now / 1000 + 300 })).toString('base64url');
      return Promise.resolve(`e30.${claims}.${sha256(String(asked))}`);
    };
    const credentials = makeCredentials({ oidc }, () => now);
    await credentials.read();
    await credentials.read();
    expect(asked).toBe(1);
    now = 280_000;
    await credentials.read();
    expect(asked).toBe(2);
  });
});

describe('the address of a server', () => {
  it.each([
    ['https://ci.example.com', 'https://ci.example.com/v1/runs'],
    ['https://ci.example.com/team/quoderat/', 'https://ci.example.com/team/quoderat/v1/runs'],
    [' http://localhost:8080 ', 'http://localhost:8080/v1/runs'],
    ['http://[::1]:8080/q', 'http://[::1]:8080/q/v1/runs'],
    ['http://127.1.2.3', 'http://127.1.2.3/v1/runs'],
  ])('may be %s', (url, route) => {
    expect(toRouteUrl(parseServerUrl(url, false), '/v1/runs').href).toBe(route);
  });

  it.each([
    'http://ci.example.com',
    'http://127.evil.com',
    'http://localhost.evil.com',
    'ftp://x',
    '//x',
    'https://a:b@x',
    'https://x?y',
    'https://x#y',
    '',
  ])('may not be %j', (url) => {
    expect(() => parseServerUrl(url, false)).toThrow(expect.objectContaining({ code: 'bad_options' }));
  });
});
