import { describe, expect, it } from 'vitest';
import type { RequestListener } from 'node:http';
import { exchange } from '../../src/execution/http/exchange.ts';
import { follow, type FollowOptions } from '../../src/execution/http/follow.ts';
import { isRefusedAddress, isRefusedName } from '../../src/execution/http/address-guard.ts';
import { RequestError } from '../../src/execution/http/request-error.ts';
import { serveHttp } from './http-server.ts';

const base = {
  method: 'GET',
  headers: [],
  secretHeaders: [],
  body: null,
  ca: null,
  verifyTls: true,
  allowLinkLocal: false,
  maxRedirects: 5,
  bodyBytes: 1000,
  signal: new AbortController().signal,
};
const send = (url: string, more: Partial<FollowOptions> = {}) => follow({ ...base, url: new URL(url), ...more });
const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof RequestError ? error.code : `no error: ${String(error)}`;
};
const redirectTo =
  (location: string, status = 302): RequestListener =>
  (_, response) =>
    response.writeHead(status, { Location: location }).end();

describe('redirects', () => {
  it('are answers when none is to be followed', async () => {
    await using server = await serveHttp(redirectTo('/next'));
    expect(await send(server.url, { maxRedirects: 0 })).toMatchObject({ status: 302, redirects: [] });
  });

  it('are followed and recorded', async () => {
    await using server = await serveHttp((request, response) => {
      if (request.url === '/end') response.end('here');
      else response.writeHead(307, { Location: request.url === '/' ? 'mid' : '/end' }).end();
    });
    const answer = await send(server.url);
    expect(answer).toMatchObject({ status: 200, url: new URL(`${server.url}/end`) });
    expect(answer.redirects).toEqual([
      { status: 307, url: `${server.url}/` },
      { status: 307, url: `${server.url}/mid` },
    ]);
  });

  it('are bounded', async () => {
    let asked = 0;
    await using server = await serveHttp((_, response) => {
      asked += 1;
      response.writeHead(302, { Location: '/again' }).end();
    });
    expect(await codeOf(send(server.url, { maxRedirects: 3 }))).toBe('too_many_redirects');
    expect(asked).toBe(4);
  });

  it('lead nowhere but to http and https', async () => {
    for (const location of ['file:///etc/passwd', 'ftp://127.0.0.1/', 'http://', 'javascript:alert(1)']) {
      await using server = await serveHttp(redirectTo(location));
      expect(await codeOf(send(server.url))).toBe('bad_redirect');
    }
  });

  it('keep credentials within an origin', async () => {
    await using server = await serveHttp((request, response) => {
      if (request.url === '/end') response.end(JSON.stringify(request.headers));
      else response.writeHead(302, { Location: '/end' }).end();
    });
    const answer = await send(server.url, { secretHeaders: [{ name: 'X-Key', value: 'k' }] });
    expect(JSON.parse(String(answer.body))).toMatchObject({ 'x-key': 'k' });
  });

  it('drop credentials when they lead to another origin, for good', async () => {
    const seen: Record<string, unknown>[] = [];
    await using home = await serveHttp((request, response) => {
      seen.push(request.headers);
      if (request.url === '/back') response.end();
      else response.writeHead(302, { Location: `${away.url}/x` }).end();
    });
    await using away = await serveHttp((request, response) => {
      seen.push(request.headers);
      response.writeHead(302, { Location: `${home.url}/back` }).end();
    });
    await send(home.url, {
      headers: [
        { name: 'Authorization', value: 'a' },
        { name: 'Cookie', value: 'c' },
        { name: 'Host', value: 'app.example' },
        { name: 'Accept-Language', value: 'de' },
      ],
      secretHeaders: [{ name: 'X-Key', value: 'k' }],
    });
    const names = ['authorization', 'cookie', 'x-key', 'accept-language', 'host'];
    expect(seen.map((headers) => names.map((name) => headers[name]))).toEqual([
      ['a', 'c', 'k', 'de', 'app.example'],
      [undefined, undefined, undefined, 'de', `127.0.0.1:${away.port}`],
      [undefined, undefined, undefined, 'de', `127.0.0.1:${home.port}`],
    ]);
  });

  it.each([
    [301, 'POST', 'GET ""'],
    [302, 'POST', 'GET ""'],
    [303, 'PUT', 'GET ""'],
    [307, 'POST', 'POST "x"'],
    [308, 'PUT', 'PUT "x"'],
    [301, 'PUT', 'PUT "x"'],
  ])('with status %i turn a %s into %s', async (status, method, expected) => {
    await using server = await serveHttp((request, response) => {
      if (request.url !== '/end') {
        response.writeHead(status, { Location: '/end' }).end();
        return;
      }
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => response.end(`${request.method} ${JSON.stringify(body)}`));
    });
    expect(String((await send(server.url, { method, body: 'x' })).body)).toBe(expected);
  });
});

describe('addresses where clouds hand out credentials', () => {
  const metadata = [
    'http://169.254.169.254/latest/meta-data/',
    'http://169.254.170.2/v2/credentials',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://0xa9.0xfe.0xa9.0xfe/',
    'http://0251.0376.0251.0376/',
    'http://169.254.43518/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[::169.254.169.254]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[2002:a9fe:a9fe::]/',
    'http://[fe80::1]/',
    'http://[febf:ffff::1]/',
    'http://[fd00:ec2::254]/',
    'http://100.100.100.200/',
    'http://168.63.129.16/',
    'http://metadata.google.internal/',
    'http://METADATA.google.internal./',
    'http://１６９.254.169.254/',
  ];

  it.each(metadata)('are refused: %s', async (url) => {
    expect(await codeOf(send(url))).toBe('address_refused');
  });

  it.each(metadata)('are refused behind a redirect: %s', async (url) => {
    await using server = await serveHttp(redirectTo(url.replace('１６９', '%EF%BC%91%EF%BC%96%EF%BC%99')));
    expect(await codeOf(send(server.url))).toBe('address_refused');
  });

  it('are refused without a byte being sent, in words that say how to allow it', async () => {
    const signal = AbortSignal.timeout(5000);
    const error: unknown = await send('http://169.254.169.254/', { signal }).catch((reason: unknown) => reason);
    expect(String(error)).toContain('169.254.169.254 is link-local or a cloud');
    expect(String(error)).toContain('allow_link_local: true');
  });

  it('are asked when the manifest allows it', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const url = new URL('http://169.254.1.1:9/');
    const code = await codeOf(exchange({ ...base, url, allowLinkLocal: true, signal: controller.signal }));
    expect(code).not.toBe('address_refused');
  });

  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '192.168.1.1',
    '169.253.255.255',
    '169.255.0.0',
    '::1',
    'fec0::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '2002:7f00:1::',
    '64:ff9b::7f00:1',
    'localhost',
  ])('are not: %s', (address) => {
    expect(isRefusedAddress(address)).toBe(false);
    expect(isRefusedName(address)).toBe(false);
  });

  it('are known with a zone', () => {
    expect(isRefusedAddress('fe80::1%eth0')).toBe(true);
  });
});
