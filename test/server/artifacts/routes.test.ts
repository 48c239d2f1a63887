import { request as httpRequest } from 'node:http';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/lib/hash.ts';
import { apiError, finalizeAnswer } from '../../../src/schema/api.ts';
import { sweepArtifacts } from '../../../src/server/artifacts/sweep.ts';
import { startTestCluster, type TestCluster } from '../../support/database.ts';
import { finalize, makeSampleRun, sendFiles, sendRun, startFreshServer, tokens, type TestServer } from '../harness.ts';

let cluster: TestCluster;
let server: TestServer;
beforeAll(async () => {
  cluster = await startTestCluster();
  server = await startFreshServer(cluster);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await cluster[Symbol.asyncDispose]();
});

const html = '<script>alert(document.cookie)</script>';
const path = (text: string): string => `/v1/artifacts/sha256/${sha256(text)}`;

async function put(text: string, who: keyof typeof tokens = 'worker', query = ''): Promise<Response> {
  return server.ask(who, `${path(text)}${query}`, { method: 'PUT', body: text });
}

async function codeOf(answer: Response): Promise<string> {
  return apiError.parse(await answer.json()).error.code;
}

describe('PUT of an artifact', () => {
  it('takes the bytes once, by their length or chunked', async () => {
    const first = await put('a file');
    expect(first.status).toBe(201);
    expect(await first.json()).toEqual({ sha256: sha256('a file'), size_bytes: 6 });
    expect((await put('a file')).status).toBe(200);
    const chunks = ReadableStream.from([Buffer.from('in '), Buffer.from('pieces')]);
    const chunked = await server.ask('worker', path('in pieces'), { method: 'PUT', body: chunks, duplex: 'half' });
    expect(chunked.status).toBe(201);
    expect(await (await server.ask('worker', path('in pieces'))).text()).toBe('in pieces');
    expect((await put('')).status).toBe(201);
  });

  it('refuses bytes of another digest, and keeps none of them', async () => {
    const wrong = await server.ask('worker', path('wanted'), { method: 'PUT', body: 'others' });
    expect(wrong.status).toBe(422);
    expect(await codeOf(wrong)).toBe('digest_mismatch');
    expect((await server.ask('admin', path('wanted'))).status).toBe(404);
  });

  it('refuses what is no digest, compressed bytes, another repository’s run, and who may not write', async () => {
    const bad = await server.ask('worker', '/v1/artifacts/sha256/ABC', { method: 'PUT', body: 'x' });
    expect([bad.status, await codeOf(bad)]).toEqual([400, 'bad_request']);
    const gzip = { 'content-encoding': 'gzip' };
    const packed = await server.ask('worker', path('x'), { method: 'PUT', body: 'x', headers: gzip });
    expect(packed.status).toBe(415);
    expect((await put('x', 'reader')).status).toBe(403);
    const run = makeSampleRun();
    await sendRun(server, run, { events: [] });
    expect((await put('x', 'stranger', `?run_id=${run.runId}`)).status).toBe(404);
    expect((await put('x', 'worker', '?run_id=1')).status).toBe(400);
  });

  it('says before the bytes come that they are too many, and stops reading when they turn out to be', async () => {
    const { maxBytes, status } = await new Promise<{ maxBytes: number; status: number | undefined }>(
      (resolve, reject) => {
        const most = server.server.deps.config.limits.artifactBytes;
        const outgoing = httpRequest(
          `${server.url}${path('huge')}`,
          {
            method: 'PUT',
            headers: { authorization: `Bearer ${tokens.worker}`, 'content-length': most + 1, expect: '100-continue' },
          },
          (answer) => {
            answer.resume();
            resolve({ maxBytes: most, status: answer.statusCode });
            outgoing.destroy();
          },
        );
        outgoing.on('error', reject);
        outgoing.write('x');
      },
    );
    expect({ maxBytes: maxBytes > 1e9, status }).toEqual({ maxBytes: true, status: 413 });
  });

  it('stops at the first byte too many of a body that does not say how long it is', async () => {
    const { limits } = server.server.deps.config;
    const most = limits.artifactBytes;
    limits.artifactBytes = 100_000;
    try {
      let sent = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 50_000;
          controller.enqueue(new Uint8Array(50_000));
        },
      });
      const init = { method: 'PUT', body: endless, duplex: 'half' } as const;
      const outcome = await server.ask('worker', path('endless'), init).then(codeOf, () => 'connection cut');
      // undici gives up on a connection that is closed under its body, and may not see the answer.
      expect(['too_large', 'connection cut']).toContain(outcome);
      expect(sent).toBeLessThan(50_000_000);
    } finally {
      limits.artifactBytes = most;
    }
    expect((await server.ask('admin', path('endless'))).status).toBe(404);
  });

  it('keeps nothing of a body that breaks off', async () => {
    const text = 'only half of this comes';
    await new Promise<void>((resolve) => {
      const outgoing = httpRequest(`${server.url}${path(text)}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${tokens.worker}`, 'content-length': text.length },
      });
      outgoing.on('error', () => resolve());
      outgoing.on('close', () => resolve());
      outgoing.write(text.slice(0, 5), () => outgoing.destroy());
    });
    expect((await put(text)).status).toBe(201);
  });
});

describe('GET of an artifact', () => {
  it('hands hostile HTML out as a download that no browser runs', async () => {
    await put(html);
    const answer = await server.ask('worker', path(html));
    expect(await answer.text()).toBe(html);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${sha256(html)}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      etag: `"sha256:${sha256(html)}"`,
      'content-length': String(html.length),
    });
  });

  it('tells length and digest by HEAD, and 404 for what is not here', async () => {
    await put(html);
    const head = await server.ask('worker', path(html), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(html.length)]);
    expect((await server.ask('worker', path('nothing'), { method: 'HEAD' })).status).toBe(404);
  });

  it.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=3-1', 200, '0123456789', null],
    ['bytes=0-1,3-4', 200, '0123456789', null],
    ['lines=0-1', 200, '0123456789', null],
  ])('answers Range: %s with %i', async (range, status, body, contentRange) => {
    await put('0123456789');
    const answer = await server.ask('worker', path('0123456789'), { headers: { range } });
    expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([
      status,
      body,
      contentRange,
    ]);
  });

  it('gives a part only under the condition of the same bytes', async () => {
    await put('0123456789');
    const ask = async (condition: string) =>
      (await server.ask('worker', path('0123456789'), { headers: { range: 'bytes=0-1', 'if-range': condition } }))
        .status;
    expect(await ask(`"sha256:${sha256('0123456789')}"`)).toBe(206);
    expect(await ask('"other"')).toBe(200);
    const headers = { 'if-none-match': `"sha256:${sha256('0123456789')}"` };
    expect((await server.ask('worker', path('0123456789'), { headers })).status).toBe(304);
  });

  it('is only for who has had the bytes, or may see a run that has', async () => {
    const text = 'for acme/shop alone';
    await put(text);
    expect((await server.ask('stranger', path(text))).status).toBe(404);
    expect((await server.ask('reader', path(text))).status).toBe(404);
    const run = makeSampleRun();
    await sendRun(server, run, { events: [] });
    await put(text, 'worker', `?run_id=${run.runId}`);
    expect(await (await server.ask('reader', path(text))).text()).toBe(text);
    const claim = `${path(text)}?run_id=${run.runId}`;
    expect((await server.ask('worker', claim, { method: 'HEAD' })).status).toBe(200);
    expect((await server.ask('reader', claim, { method: 'HEAD' })).status).toBe(403);
    expect((await server.ask('stranger', path(text))).status).toBe(404);
    expect((await put(text, 'stranger')).status).toBe(200);
    expect((await server.ask('stranger', path(text))).status).toBe(200);
  });
});

describe('retention', () => {
  const at = async (text: string, daysAgo: number): Promise<void> => {
    await server.server.deps.db
      .updateTable('artifacts')
      .set({ last_used_at: new Date(Date.now() - daysAgo * 86_400_000) })
      .where('sha256', '=', sha256(text))
      .execute();
  };
  const isHere = async (text: string): Promise<boolean> => (await server.ask('admin', path(text))).status === 200;
  const days = (count: number): number => count * 86_400_000;

  it('removes what no run uses after a while, and never what a run that goes on has claimed', async () => {
    const run = makeSampleRun();
    await sendRun(server, run, { events: [] });
    await put('forgotten');
    await put('of a live run', 'worker', `?run_id=${run.runId}`);
    await put('fresh');
    await at('forgotten', 9);
    await at('of a live run', 900);
    expect(await sweepArtifacts(server.server.deps, { sealedMs: days(1), unclaimedMs: days(8) })).toBe(1);
    expect(await Promise.all(['forgotten', 'of a live run', 'fresh'].map(isHere))).toEqual([false, true, true]);
  });

  it('removes all whose time is over, however many they are', async () => {
    const { db } = server.server.deps;
    await sql`INSERT INTO artifacts (sha256, size, last_used_at)
      SELECT encode(sha256(n::text::bytea), 'hex'), 1, clock_timestamp() - interval '9 days' FROM generate_series(1, 300) AS n`.execute(
      db,
    );
    expect(await sweepArtifacts(server.server.deps, { sealedMs: null, unclaimedMs: days(8) })).toBe(300);
  });

  it('keeps what sealed evidence names as long as is configured, and the evidence for ever', async () => {
    const run = makeSampleRun();
    await sendRun(server, run);
    await sendFiles(server, run);
    const answer = finalizeAnswer.parse(await (await finalize(server, run)).json());
    const text = 'unit 1 said so\n';
    await at(text, 50);
    const { db } = server.server.deps;
    await sweepArtifacts(server.server.deps, { sealedMs: null, unclaimedMs: days(8) });
    await sweepArtifacts(server.server.deps, { sealedMs: days(40), unclaimedMs: days(8) });
    expect(await isHere(text)).toBe(true);
    await db
      .updateTable('evidence')
      .set({ sealed_at: new Date(Date.now() - days(41)) })
      .execute();
    // Another run of the project claims the same file.
    await db.updateTable('runs').set({ terminal: true, state: 'aborted' }).execute();
    await at(text, 50);
    await sweepArtifacts(server.server.deps, { sealedMs: days(40), unclaimedMs: days(8) });
    expect(await isHere(text)).toBe(false);
    expect((await server.ask('worker', `/v1/evidence/${answer.evidence_id}`)).status).toBe(200);
  });
});
