import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Probe } from '../../src/schema/plan-http.ts';
import type { PlanStep } from '../../src/schema/plan.ts';
import { makeRedactor } from '../../src/redaction/redactor.ts';
import { httpValue } from '../../src/schema/step-observations.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { serveBytes, serveHttp, serveHttps } from './http-server.ts';
import { findFreePort } from './free-port.ts';
import { executePlan, type Execution, makePlan, makeWordRedactor, type RigOptions } from './rig.ts';

type More = {
  request?: Partial<Probe['request']>;
  expect?: Partial<Probe['expect']>;
  until_ms?: number | null;
  step?: Partial<PlanStep>;
};

type Probed = Execution & {
  /** The response artifact of the first attempt. */
  response: Buffer;
};

/** One probe, executed. */
async function probe(url: string, more: More = {}, options: RigOptions = {}): Promise<Probed> {
  await using dir = await makeTempDir();
  const step = {
    id: 'p',
    kind: 'http_probe' as const,
    command: null,
    probe: makeProbe(url, more),
    ...more.step,
  };
  const found = await executePlan(options.workspace ?? dir.path, makePlan([step]), options);
  const hasResponse = found.of('artifact_captured').some(({ artifact }) => artifact.kind === 'response');
  return { ...found, response: hasResponse ? await found.content('p/1/response') : Buffer.alloc(0) };
}

function makeProbe(url: string, { request, expect: expected, until_ms = null }: More): Probe {
  return {
    request: {
      url,
      method: 'GET',
      headers: [],
      headers_from_env: [],
      body: null,
      timeout_ms: 5000,
      max_redirects: 0,
      ca: null,
      verify_tls: true,
      allow_link_local: false,
      ...request,
    },
    expect: { status: [{ from: 200, to: 299 }], headers: [], body: [], json: [], within_ms: null, ...expected },
    until_ms,
  };
}

const valueOf = (found: Execution) => httpValue.parse(found.of('observation_recorded')[0]?.observation.value);
const outcomeOf = (found: Execution) => {
  const { status, termination, exit_code, cause } = found.result('p');
  return { status, termination, exit_code, code: cause?.code, message: cause?.message };
};

describe('an http_probe', () => {
  it('is a success when the answer is as expected, and has no exit code', async () => {
    await using server = await serveHttp((_, response) => response.end('all ok'));
    const found = await probe(server.url, { expect: { body: [{ contains: 'ok' }], within_ms: 5000 } });
    expect(outcomeOf(found)).toMatchObject({ status: 'success', termination: 'completed', exit_code: null });
    expect(found.result('p')).toMatchObject({
      stdout_artifact_id: 'p/1/stdout',
      stderr_artifact_id: null,
      output_artifact_ids: ['p/1/response'],
    });
    expect(found.text('p')).toMatch(new RegExp(`^GET ${server.url}\\n200 in [0-9]+ ms, body matched\\n$`));
  });

  it('records status, timings, address and expectations, and cites the response', async () => {
    await using server = await serveHttp((_, response) => response.end('all ok'));
    const found = await probe(`${server.url}/x?y=1`, { expect: { body: [{ contains: 'ok' }] } });
    expect(found.of('observation_recorded')[0]?.observation).toMatchObject({
      id: 'p/1/http',
      type: 'http',
      basis_artifact_ids: ['p/1/response'],
      informational: false,
      parser: { name: 'quoderat/http_probe', version: '1' },
    });
    const value = valueOf(found);
    expect(value).toMatchObject({
      method: 'GET',
      url: `${server.url}/x?y=1`,
      status: 200,
      http_version: '1.1',
      remote_address: '127.0.0.1',
      remote_port: server.port,
      tls: null,
      redirects: [],
      body_bytes: 6,
      body_cut: false,
      requests: 1,
      expectations: [
        { name: 'status', holds: true, message: 'status 200' },
        { name: 'body', holds: true, message: 'body contains "ok"' },
      ],
    });
    expect(value.timings.dns_ms).toBeNull();
    expect(value.timings.total_ms).toBeGreaterThanOrEqual(value.timings.first_byte_ms);
  });

  it('times the lookup of a name', async () => {
    await using server = await serveHttp((_, response) => response.end('ok'));
    const value = valueOf(await probe(`http://localhost:${server.port}/`));
    expect(value.timings.dns_ms).not.toBeNull();
    expect(value.remote_address).toBe('127.0.0.1');
  });

  it('keeps the answer as it came, without what lets its holder in', async () => {
    await using server = await serveHttp((_, response) =>
      response
        .writeHead(200, { 'Set-Cookie': ['a=1; Path=/', 'b=2'], 'X-Word': 'hush', Date: 'x' })
        .end('body with hush'),
    );
    const found = await probe(server.url, {}, { redactor: makeWordRedactor('hush') });
    const text = String(found.response);
    expect(text.split('\r\n')).toEqual([
      'HTTP/1.1 200 OK',
      'Set-Cookie: [redacted:http-header]',
      'Set-Cookie: [redacted:http-header]',
      'X-Word: ***',
      'Date: x',
      'Connection: close',
      'Transfer-Encoding: chunked',
      '',
      'body with ***',
    ]);
    expect(found.artifact('p/1/response')).toMatchObject({
      kind: 'response',
      name: 'response.http',
      media_type: 'message/http',
      redaction: { class: 'text', applied: true },
      truncated: false,
    });
    expect(found.of('redaction_applied').map(({ receipt }) => [receipt.rule_id, receipt.match_count])).toEqual([
      ['http-header', 2],
      ['word', 2],
    ]);
  });

  it('names every expectation that does not hold', async () => {
    await using server = await serveHttp((_, response) =>
      response.writeHead(503, { 'Content-Type': 'text/plain' }).end('{"a": {"b": [1]}}'),
    );
    const found = await probe(server.url, {
      expect: {
        status: [
          { from: 200, to: 200 },
          { from: 300, to: 399 },
        ],
        headers: [
          { name: 'content-type', test: { equals: 'application/json' } },
          { name: 'x-request-id', test: { contains: 'x' } },
        ],
        body: [{ contains: 'ok' }, { matches: '^ready$' }],
        json: [
          { path: '$.a.b[0]', equals: 2 },
          { path: '$.a.c', equals: null },
        ],
      },
    });
    expect(outcomeOf(found)).toEqual({
      status: 'failed',
      termination: 'completed',
      exit_code: null,
      code: 'expectation_failed',
      message: [
        'status 503 in place of 200 or 300 to 399',
        'header content-type must be "application/json", but is "text/plain"',
        'there is no header x-request-id',
        'body does not contain "ok"',
        'body does not match /^ready$/',
        'body $.a.b[0] is 1 in place of 2',
        'body has no $.a.c',
      ].join('; '),
    });
  });

  it('compares values of JSON whatever the order of their members', async () => {
    await using server = await serveHttp((_, response) => response.end('{"items": [{"b": 1, "a": [true, null]}]}'));
    const json = [{ path: '$.items[0]', equals: { a: [true, null], b: 1 } }];
    expect(outcomeOf(await probe(server.url, { expect: { json } })).status).toBe('success');
  });

  it('does not show half of a secret where it cuts what it quotes, nor a cookie', async () => {
    const secret = 'a-long-secret-value';
    const padding = 'x'.repeat(70);
    await using server = await serveHttp((_, response) =>
      response.writeHead(200, { 'Set-Cookie': 'session=cookie-value' }).end(JSON.stringify({ a: padding + secret })),
    );
    const found = await probe(
      server.url,
      {
        expect: {
          headers: [{ name: 'Set-Cookie', test: { equals: 'x' } }],
          json: [{ path: '$.a', equals: 1 }],
        },
      },
      { redactor: makeRedactor({ secrets: [{ name: 'S', value: secret }], rules: [] }) },
    );
    expect(outcomeOf(found).message).toContain('header Set-Cookie must be "x"; body $.a is "xxx');
    expect(JSON.stringify(found.drafts)).not.toContain('a-long');
    expect(JSON.stringify(found.drafts)).not.toContain('cookie-value');
  });

  it('says so when a body is no JSON', async () => {
    await using server = await serveHttp((_, response) => response.end('<html>'));
    const json = [{ path: '$', equals: {} }];
    expect(outcomeOf(await probe(server.url, { expect: { json } })).message).toBe('body is no JSON that can be read');
  });

  it('has failed when the answer took too long, however good it is', async () => {
    await using server = await serveHttp((_, response) => void setTimeout(() => response.end('ok'), 80));
    const found = await probe(server.url, { expect: { within_ms: 20 } });
    expect(outcomeOf(found).message).toMatch(/^took \d+ ms, longer than 20 ms$/);
  });

  it('sends method, headers and body, and asks for no compression', async () => {
    const seen: string[] = [];
    await using server = await serveHttp((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => seen.push(text));
      request.on('end', () => response.end(JSON.stringify([request.method, request.headers])));
    });
    const found = await probe(server.url, {
      request: { method: 'POST', headers: [{ name: 'content-type', value: 'application/json' }], body: '{"tea": "ü"}' },
      expect: {
        json: [
          { path: '$[0]', equals: 'POST' },
          { path: '$[1]["content-type"]', equals: 'application/json' },
          { path: '$[1]["accept-encoding"]', equals: 'identity' },
          { path: '$[1].host', equals: `127.0.0.1:${server.port}` },
          { path: '$[1]["content-length"]', equals: '13' },
        ],
      },
    });
    expect(outcomeOf(found).message).toBeUndefined();
    expect(seen.join('')).toBe('{"tea": "ü"}');
  });

  it('takes headers from variables of the manifest, then of the runner, and never shows their values', async () => {
    await using server = await serveHttp((request, response) =>
      response.end(`${request.headers.authorization} ${String(request.headers['x-key'])}`),
    );
    const secrets = ['first-secret-value', 'second-secret-value'];
    const found = await probe(
      server.url,
      {
        request: {
          headers_from_env: [
            { name: 'Authorization', env: 'A_TOKEN', prefix: 'Bearer ' },
            { name: 'X-Key', env: 'B_TOKEN', prefix: '' },
          ],
        },
        expect: { body: [{ equals: 'Bearer first-secret-value second-secret-value' }, { contains: 'nowhere' }] },
      },
      {
        environments: { p: { A_TOKEN: 'first-secret-value' } },
        runnerEnv: { A_TOKEN: 'not this', B_TOKEN: 'second-secret-value' },
        redactor: makeRedactor({
          secrets: secrets.map((value, index) => ({ name: `secret ${index}`, value })),
          rules: [],
        }),
      },
    );
    expect(outcomeOf(found).message).toBe('body does not contain "nowhere"');
    const all = JSON.stringify(found.drafts) + String(found.response);
    for (const secret of secrets) expect(all).not.toContain(secret.slice(2));
  });

  it.each([
    [undefined, 'the variable TOKEN, which the header X-Key is taken from, is not set'],
    ['', 'the value of TOKEN is empty, or not one line of printable ASCII, and so no header'],
    ['a\r\nInjected: yes', 'the value of TOKEN is empty, or not one line of printable ASCII, and so no header'],
  ])('sends nothing when a variable holds %j', async (value, message) => {
    let asked = 0;
    await using server = await serveHttp((_, response) => {
      asked += 1;
      response.end();
    });
    const request = { headers_from_env: [{ name: 'X-Key', env: 'TOKEN', prefix: '' }] };
    const found = await probe(server.url, { request }, { runnerEnv: value === undefined ? {} : { TOKEN: value } });
    expect(outcomeOf(found)).toMatchObject({ status: 'failed', code: 'request_failed', message });
    expect(asked).toBe(0);
  });

  it('does not use a proxy', async () => {
    await using server = await serveHttp((_, response) => response.end('ok'));
    const dead = `http://127.0.0.1:${await findFreePort()}`;
    const found = await probe(server.url, {}, { runnerEnv: { HTTP_PROXY: dead, http_proxy: dead, ALL_PROXY: dead } });
    expect(outcomeOf(found).status).toBe('success');
  });
});

describe('an http_probe that asks again', () => {
  it('asks until the answer is as expected, and keeps the last one', async () => {
    let asked = 0;
    await using server = await serveHttp((_, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 200).end(`answer ${asked}`);
    });
    const found = await probe(server.url, { until_ms: 10_000 });
    expect(outcomeOf(found).status).toBe('success');
    expect(valueOf(found).requests).toBe(3);
    expect(String(found.response)).toMatch(/answer 3$/);
    expect(
      found
        .text('p')
        .split('\n')
        .map((line) => line.replace(/in \d+ ms/, 'in time')),
    ).toEqual([
      `GET ${server.url}`,
      '503 in time, but status 503 in place of 200 to 299',
      '503 in time, but status 503 in place of 200 to 299 (request 2)',
      '200 in time (request 3)',
      '',
    ]);
  });

  it('waits for a server that is not there yet, and fails with the last reason', async () => {
    const port = await findFreePort();
    const found = await probe(`http://127.0.0.1:${port}/`, { until_ms: 300 });
    expect(outcomeOf(found)).toMatchObject({
      status: 'failed',
      code: 'request_failed',
      message: `nothing listens at 127.0.0.1:${port} (ECONNREFUSED)`,
    });
    expect(found.of('observation_recorded')).toEqual([]);
    expect(found.result('p').output_artifact_ids).toEqual([]);
    expect(found.text('p').split('\n').length).toBeGreaterThan(3);
  });

  it('is made again as a whole by retry', async () => {
    let asked = 0;
    await using server = await serveHttp((_, response) => {
      asked += 1;
      response.writeHead(asked === 1 ? 500 : 200).end();
    });
    const retry = { max_attempts: 2, backoff_ms: 1, max_backoff_ms: 1 };
    const found = await probe(server.url, { step: { retry } });
    expect(found.result('p')).toMatchObject({ attempt: 2, status: 'success' });
    expect(found.of('observation_recorded').map(({ observation }) => observation.id)).toEqual(['p/1/http', 'p/2/http']);
  });

  it('is ended by its timeout and by the end of the run', async () => {
    await using server = await serveHttp((_, response) => response.writeHead(503).end());
    const late = await probe(server.url, { until_ms: 60_000, step: { timeout_ms: 300 } });
    expect(outcomeOf(late)).toMatchObject({ status: 'timed_out', termination: 'timed_out', code: 'timeout' });
    const controller = new AbortController();
    const onDraft = (draft: { type: string }): void => {
      if (draft.type === 'step_output') controller.abort('cancelled');
    };
    const cut = await probe(server.url, { until_ms: 60_000 }, { signal: controller.signal, onDraft });
    expect(outcomeOf(cut)).toMatchObject({ status: 'aborted', termination: 'aborted', code: 'cancelled' });
  });
});

describe('an http_probe of a server that misbehaves', () => {
  it('stops to wait for a body that drips', async () => {
    await using server = await serveHttp((_, response) => {
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const found = await probe(server.url, { request: { timeout_ms: 200 } });
    expect(outcomeOf(found)).toMatchObject({ code: 'request_failed', message: 'no whole answer within 200 ms' });
  });

  it('keeps a MiB of a huge body, counts the rest, and says where it looked', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    await using server = await serveHttp((_, response) => {
      for (let index = 0; index < 3; index += 1) response.write(piece);
      response.end('the end');
    });
    const found = await probe(server.url, { expect: { body: [{ contains: 'the end' }] } });
    expect(outcomeOf(found).message).toBe(
      'body does not contain "the end" (of it the first 1048576 bytes were looked at)',
    );
    expect(valueOf(found)).toMatchObject({ body_bytes: 3 * 1024 * 1024 + 7, body_cut: true });
    const artifact = found.artifact('p/1/response');
    expect(artifact.truncated).toBe(true);
    expect(artifact.size_bytes).toBeLessThan(1024 * 1024 + 1000);
  });

  it('does not read a body without end', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    await using server = await serveHttp((_, response) => {
      const go = (): void => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', go);
      go();
    });
    const found = await probe(server.url, { request: { timeout_ms: 30_000 } });
    expect(outcomeOf(found).status).toBe('success');
    expect(valueOf(found).body_cut).toBe(true);
  });

  it.each([
    [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello',
      /^the answer of .* is not well-formed HTTP \(HPE_/,
    ],
    ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort', /ended before it was whole/],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n', /ended before it was whole/],
    ['hello', /is not well-formed HTTP/],
    ['', /ended before it was whole/],
    [`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, /is not well-formed HTTP \(HPE_HEADER_OVERFLOW\)/],
  ])('has failed for %j', async (bytes, message) => {
    await using server = await serveBytes((socket) => socket.end(bytes));
    const { status, code, message: said } = outcomeOf(await probe(server.url));
    expect({ status, code }).toEqual({ status: 'failed', code: 'request_failed' });
    expect(said).toMatch(message);
  });

  it('takes a body of bytes that are no text', async () => {
    await using server = await serveHttp((_, response) => response.end(Buffer.from([0, 255, 254, 10])));
    const found = await probe(server.url);
    expect(found.response.subarray(-4)).toEqual(Buffer.from([0, 255, 254, 10]));
  });

  it('does not resolve a name that is not there', async () => {
    const found = await probe('http://nowhere.invalid/');
    expect(outcomeOf(found)).toMatchObject({ code: 'request_failed' });
    expect(outcomeOf(found).message).toMatch(/^the name of nowhere\.invalid is not known \(/);
  });
});

describe('an http_probe over TLS', () => {
  it('refuses a certificate that is not trusted', async () => {
    await using dir = await makeTempDir();
    await using server = await serveHttps(dir.path, (_, response) => response.end('ok'));
    const found = await probe(`https://localhost:${server.port}/`);
    expect(outcomeOf(found)).toMatchObject({ status: 'failed', code: 'request_failed' });
    expect(outcomeOf(found).message).toMatch(/signed by itself and not trusted; name it in ca \(DEPTH_ZERO_SELF/);
  });

  it('trusts the one that the manifest names, and records what was agreed on', async () => {
    await using dir = await makeTempDir();
    await using server = await serveHttps(dir.path, (_, response) => response.end('ok'));
    const found = await probe(
      `https://localhost:${server.port}/`,
      { request: { ca: 'cert.pem' } },
      { workspace: dir.path },
    );
    expect(outcomeOf(found).message).toBeUndefined();
    const { tls, timings } = valueOf(found);
    const certificate = new X509Certificate(readFileSync(`${dir.path}/cert.pem`));
    expect(tls).toMatchObject({
      version: 'TLSv1.3',
      authorized: true,
      refusal: null,
      certificate: {
        subject: 'CN=localhost, O=Quoderat test',
        issuer: 'CN=localhost, O=Quoderat test',
        fingerprint_sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
        valid_to: new Date(certificate.validTo).toISOString(),
      },
    });
    expect(tls?.cipher).toMatch(/^TLS_/);
    expect(timings.tls_ms).not.toBeNull();
  });

  it('refuses a certificate for another host', async () => {
    await using dir = await makeTempDir();
    await using server = await serveHttps(dir.path, (_, response) => response.end('ok'));
    const found = await probe(server.url, { request: { ca: 'cert.pem' } }, { workspace: dir.path });
    expect(outcomeOf(found).message).toMatch(/its certificate is for another host/);
  });

  it('records, when it is not to verify, that nothing vouches for the certificate', async () => {
    await using dir = await makeTempDir();
    await using server = await serveHttps(dir.path, (_, response) => response.end('ok'));
    const found = await probe(server.url, { request: { verify_tls: false } });
    expect(outcomeOf(found).status).toBe('success');
    expect(valueOf(found).tls).toMatchObject({ authorized: false, refusal: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  it('says so when the other side speaks no TLS', async () => {
    await using server = await serveHttp((_, response) => response.end('ok'));
    expect(outcomeOf(await probe(server.url.replace('http', 'https'))).message).toMatch(/^TLS with .* failed: /);
  });

  it('needs the ca to be there', async () => {
    const found = await probe('https://localhost:1/', { request: { ca: 'missing.pem' } });
    expect(outcomeOf(found).message).toBe('its ca missing.pem is no readable PEM file in the workspace');
  });
});
