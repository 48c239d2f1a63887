import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiError, serverInfo } from '../../src/schema/api.ts';
import { startTestCluster, type TestCluster } from '../support/database.ts';
import { createTestRun, makeCreateRun, makeOutputs, send } from '../support/run-requests.ts';
import { startServer, type TestServer, tokens } from '../support/server.ts';

let cluster: TestCluster;
let server: TestServer;
let runId: string;
beforeAll(async () => {
  cluster = await startTestCluster();
  server = await startServer(await cluster.makeDatabase());
  runId = await createTestRun(server.url);
});
afterAll(async () => {
  await server.stop();
  await cluster[Symbol.asyncDispose]();
});

const json = 'application/json';

type Case = {
  method?: string;
  path: string;
  body?: string | Uint8Array<ArrayBuffer>;
  type?: string;
  encoding?: string;
  status: number;
  code: string;
};

const wellFormed = JSON.stringify(makeCreateRun());
const withRoot = (text: string): string => `${wellFormed.slice(0, -1)},${text}}`;

const cases: Record<string, Case> = {
  'an address that is nowhere': { path: '/v1/nothing', status: 404, code: 'not_found' },
  'a method that the address does not take': {
    method: 'DELETE',
    path: '/v1/runs',
    status: 405,
    code: 'method_not_allowed',
  },
  'a method that a run does not take': { method: 'PUT', path: '/v1/runs/RUN', status: 405, code: 'method_not_allowed' },
  'percent-encoding that is none': { path: '/v1/runs/%zz', status: 400, code: 'bad_request' },
  'percent-encoding cut short': { path: '/v1/runs/%e', status: 400, code: 'bad_request' },
  'percent-encoding that is no UTF-8': { path: '/v1/runs/%ff%fe', status: 400, code: 'bad_request' },
  'a NUL in the address': { path: '/v1/runs/%00', status: 400, code: 'bad_request' },
  'percent-encoding in the query that is none': { path: '/v1/runs?repo=%zz', status: 400, code: 'bad_request' },
  'a NUL in the query': { path: '/v1/runs?repo=%00', status: 400, code: 'bad_request' },
  'half a character in the query': { path: '/v1/runs?repo=%ed%a0%80', status: 400, code: 'bad_request' },
  'a run id that is none': { path: '/v1/runs/1', status: 400, code: 'bad_request' },
  'a run id with SQL in it': { path: "/v1/runs/1'%20OR%20'1'='1", status: 400, code: 'bad_request' },
  'a run that is not there': {
    path: '/v1/runs/0198f3c0-7b5a-7000-8000-000000000000',
    status: 404,
    code: 'not_found',
  },
  'a cursor that is none': { path: '/v1/runs?before=x', status: 400, code: 'bad_request' },
  'a state that is none': { path: '/v1/runs?state=x', status: 400, code: 'bad_request' },
  'too long an address': { path: `/v1/runs?repo=${'a'.repeat(9000)}`, status: 400, code: 'bad_request' },
  'no content type': {
    method: 'POST',
    path: '/v1/runs',
    body: wellFormed,
    type: '',
    status: 415,
    code: 'unsupported_media_type',
  },
  'a form': {
    method: 'POST',
    path: '/v1/runs',
    body: 'a=1',
    type: 'application/x-www-form-urlencoded',
    status: 415,
    code: 'unsupported_media_type',
  },
  'a compressed body': {
    method: 'POST',
    path: '/v1/runs',
    body: wellFormed,
    encoding: 'gzip',
    status: 415,
    code: 'unsupported_media_type',
  },
  'an empty body': { method: 'POST', path: '/v1/runs', body: '', status: 400, code: 'bad_request' },
  'no JSON': { method: 'POST', path: '/v1/runs', body: '{"a":', status: 400, code: 'bad_request' },
  'JSON and more': { method: 'POST', path: '/v1/runs', body: `${wellFormed} {}`, status: 400, code: 'bad_request' },
  'a list': { method: 'POST', path: '/v1/runs', body: '[]', status: 400, code: 'bad_request' },
  null: { method: 'POST', path: '/v1/runs', body: 'null', status: 400, code: 'bad_request' },
  'bytes that are no UTF-8': {
    method: 'POST',
    path: '/v1/runs',
    body: Buffer.from([0x22, 0xff, 0x22]),
    status: 400,
    code: 'bad_request',
  },
  'a key that stands twice': {
    method: 'POST',
    path: '/v1/runs',
    body: withRoot('"plan_hash":"x"'),
    status: 400,
    code: 'bad_request',
  },
  'an unknown key': { method: 'POST', path: '/v1/runs', body: withRoot('"more":1'), status: 400, code: 'bad_request' },
  'a key __proto__': {
    method: 'POST',
    path: '/v1/runs',
    body: wellFormed.replace('"meta":{}', '"meta":{"__proto__":1}'),
    status: 400,
    code: 'bad_request',
  },
  'a key __proto__ in disguise': {
    method: 'POST',
    path: '/v1/runs',
    body: wellFormed.replace('"meta":{}', String.raw`"meta":{"\u005f_pro\u0074o__":1}`),
    status: 400,
    code: 'bad_request',
  },
  'a lone surrogate': {
    method: 'POST',
    path: '/v1/runs',
    body: wellFormed.replace('"actor":"ada"', String.raw`"actor":"\ud800"`),
    status: 400,
    code: 'bad_request',
  },
  'a NUL in a name': {
    method: 'POST',
    path: '/v1/runs',
    body: wellFormed.replace('"name":"story"', String.raw`"name":"\u0000"`),
    status: 400,
    code: 'bad_request',
  },
  'deep nesting': { method: 'POST', path: '/v1/runs', body: '['.repeat(200_000), status: 400, code: 'bad_request' },
  'deep nesting that is closed': {
    method: 'POST',
    path: '/v1/runs/RUN/events',
    body: `{"events":[${'['.repeat(200_000)}${']'.repeat(200_000)}]}`,
    status: 400,
    code: 'bad_request',
  },
  'a list of gaps that is nested deep': {
    method: 'POST',
    path: '/v1/runs/RUN/events',
    body: `{"events":[],"dropped":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    status: 400,
    code: 'bad_request',
  },
  'a batch with a key that stands twice': {
    method: 'POST',
    path: '/v1/runs/RUN/events',
    body: '{"events":[],"events":[]}',
    status: 400,
    code: 'bad_request',
  },
  'events that are no list': {
    method: 'POST',
    path: '/v1/runs/RUN/events',
    body: '{"events":{}}',
    status: 400,
    code: 'bad_request',
  },
  'a batch over its bytes': {
    method: 'POST',
    path: '/v1/runs/RUN/events',
    body: ' '.repeat(4 * 1024 * 1024 + 1),
    status: 413,
    code: 'too_large',
  },
  'a gate with a NUL': { method: 'POST', path: '/v1/runs/RUN/gates/%00', body: '{}', status: 400, code: 'bad_request' },
  'a decision that is none': {
    method: 'POST',
    path: '/v1/runs/RUN/gates/deploy',
    body: '{"decision":"maybe"}',
    status: 400,
    code: 'bad_request',
  },
};

describe('a malformed request', () => {
  it.each(Object.entries(cases))(
    'is refused: %s',
    async (_, { method = 'GET', path, body, type = json, encoding, status, code }) => {
      const response = await fetch(server.url + path.replace('RUN', runId), {
        method,
        headers: {
          authorization: `Bearer ${tokens.worker}`,
          ...(body !== undefined && { 'content-type': type }),
          ...(encoding !== undefined && { 'content-encoding': encoding }),
        },
        ...(body !== undefined && { body }),
      });
      const answer = apiError.parse(await response.json());
      expect([response.status, answer.error.code]).toEqual([status, code]);
      expect(answer.error.message).not.toMatch(/\bat \/|node_modules|SELECT|pg_/);
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      if (status === 405) expect(response.headers.get('allow')).toMatch(/GET/);
    },
  );

  it('leaves a server that works', async () => {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await send(server.url, runId, makeOutputs(runId, 1, 2))).status).toBe(200);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a target that is none', 'GET http://[::1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a host that is none', 'GET /healthz HTTP/1.1\r\nhost: a b/c\r\nconnection: close\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'headers over the bound',
      `GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 /,
    ],
    [
      'two lengths',
      'POST /v1/runs HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'a length and chunks (request smuggling)',
      'POST /v1/runs HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
  ])('below HTTP gets an answer and no more: %s', async (_, text, expected) => {
    expect(await talk(server, text)).toMatch(expected);
  });
});

describe('a client that is slow', () => {
  it('is not waited for when its body does not come', async () => {
    await using impatient = await startServer(await cluster.makeDatabase(), { limits: { bodyMs: 100 } });
    const answer = await talk(
      impatient,
      `POST /v1/runs HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${tokens.worker}\r\ncontent-type: ${json}\r\ncontent-length: 1000\r\n\r\n{`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"request_timeout"');
  });
});

describe('a client that is still sending', () => {
  it('hears that it is too much, instead of a connection that breaks', async () => {
    // Another process: in this one the client would always read before the connection is reset.
    const program = `
      const [, url, token] = process.argv;
      const headers = { authorization: 'Bearer ' + token, 'content-type': 'application/json' };
      const ask = () => fetch(url, { method: 'POST', headers, body: Buffer.alloc(9_500_000, ' ') });
      for (let i = 0; i < 10; i += 1) console.log(await ask().then((answer) => answer.status, (error) => error.cause?.code));
    `;
    const args = ['--input-type=module', '-e', program, `${server.url}/v1/runs`, tokens.worker];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30_000 });
    expect(stdout).toBe('413\n'.repeat(10));
  });
});

describe('what anyone may ask', () => {
  it('is what the server is and whether it works', async () => {
    const info = serverInfo.parse(await (await fetch(`${server.url}/v1/info`)).json());
    expect(info).toMatchObject({ name: 'quoderat', protocol: 1, limits: { batch_events: 1000 } });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  it('is nothing else', async () => {
    for (const path of [
      '/v1/runs',
      `/v1/runs/${runId}`,
      `/v1/runs/${runId}/events`,
      `/v1/runs/${runId}/logs`,
      '/metrics',
    ])
      expect((await fetch(server.url + path)).status).toBe(401);
  });
});

describe('a server that stops', () => {
  it('finishes what is under way, and takes nothing more', async () => {
    const stopping = await startServer(await cluster.makeDatabase(), { limits: { drainMs: 10_000 } });
    const id = await createTestRun(stopping.url);
    const body = JSON.stringify({ events: makeOutputs(id, 1, 3) });
    const { port } = new URL(stopping.url);
    const socket = connectTcp(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const head = `POST /v1/runs/${id}/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${tokens.worker}\r\ncontent-type: ${json}\r\ncontent-length: ${body.length}\r\n\r\n`;
    socket.write(head + body.slice(0, 10));
    // The request is there once the server asks for more of it: another one behind it has been answered.
    await fetch(`${stopping.url}/healthz`);
    const stopped = stopping.stop();
    await expect(refusal(Number(port))).resolves.toBe('ECONNREFUSED');
    const answered = readAll(socket);
    socket.write(body.slice(10));
    expect(await answered).toContain('"acked_seq":3');
    await stopped;
  });
});

/** Sends bytes as they are, and gives all that comes until the server closes. */
async function talk({ url }: TestServer, text: string): Promise<string> {
  const socket = connectTcp(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(text);
  return readAll(socket);
}

async function readAll(socket: ReturnType<typeof connectTcp>): Promise<string> {
  let text = '';
  socket.on('error', () => {});
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(socket, 'close');
  return text;
}

/** Connecting is refused as soon as the server listens no more. */
async function refusal(port: number): Promise<string> {
  for (;;) {
    const socket = connectTcp(port, '127.0.0.1');
    const code = await new Promise<string | null>((resolve) => {
      socket.once('connect', () => resolve(null));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    });
    socket.destroy();
    if (code !== null) return code;
  }
}
