import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BatchAnswer, batchAnswer, runList, runView } from '../../src/schema/api.ts';
import { startTestCluster, type TestCluster } from '../support/database.ts';
import {
  call,
  createTestRun,
  makeCreateRun,
  makeId,
  makeOutput,
  makeOutputs,
  planHash,
  readStream,
  send,
  toSeqs,
} from '../support/run-requests.ts';
import { startServer, type TestServer, tokens } from '../support/server.ts';

/** Two servers on one database: what one is told, the other must tell. */
let cluster: TestCluster;
let writer: TestServer;
let other: TestServer;
beforeAll(async () => {
  cluster = await startTestCluster();
  const url = await cluster.makeDatabase();
  [writer, other] = await Promise.all([startServer(url), startServer(url)]);
});
afterAll(async () => {
  await Promise.all([writer.stop(), other.stop()]);
  await cluster[Symbol.asyncDispose]();
});

describe('POST /v1/runs', () => {
  it('creates a run once, attaches to it ever after, and shows it', async () => {
    const request = makeCreateRun();
    const first = await call(`${writer.url}/v1/runs`, { body: request });
    const again = await call(`${other.url}/v1/runs`, { body: request });
    const shown = await call(`${other.url}/v1/runs/${request.run_id}`, { method: 'GET', token: tokens.reader });
    expect([first.status, again.status, shown.status]).toEqual([201, 200, 200]);
    expect(runView.parse(shown.body)).toEqual(first.body);
    expect(again.body).toEqual(first.body);
    expect(first.body).toMatchObject({ state: 'pending', acked_seq: 0, steps: [{ id: 'unit' }] });
  });

  it('refuses a run id that another request or another principal has taken', async () => {
    const request = makeCreateRun();
    await call(`${writer.url}/v1/runs`, { body: request });
    const changed = await call(`${writer.url}/v1/runs`, { body: { ...request, plan_hash: 'd'.repeat(64) } });
    const foreign = await call(`${writer.url}/v1/runs`, { body: request, token: tokens.admin });
    expect([changed, foreign].map(({ status, body }) => [status, body])).toEqual([
      [409, expect.objectContaining({ error: expect.objectContaining({ code: 'run_conflict', retryable: false }) })],
      [409, expect.objectContaining({ error: expect.objectContaining({ code: 'run_conflict' }) })],
    ]);
  });

  it('refuses a run about a repository that the token is not for', async () => {
    const answer = await call(`${writer.url}/v1/runs`, { body: makeCreateRun(), token: tokens.stranger });
    expect([answer.status, answer.body]).toMatchObject([403, { error: { code: 'forbidden' } }]);
  });

  it('refuses a run of which no list could be made', async () => {
    const { subject, plan } = makeCreateRun();
    const long = { ...subject, repo: { ...subject.repo, name: 'x'.repeat(3000) } };
    const large = { ...subject, meta: { note: 'x'.repeat(65_536) } };
    const named = { ...plan, name: 'x'.repeat(65_536) };
    for (const change of [{ subject: long }, { subject: large }, { plan: named }]) {
      const answer = await call(`${writer.url}/v1/runs`, { body: makeCreateRun(change), token: tokens.admin });
      expect([answer.status, answer.body]).toMatchObject([400, { error: { code: 'bad_request' } }]);
    }
  });

  it('shows nobody else the run of a token without repositories, whatever it says that it is about', async () => {
    const request = makeCreateRun();
    const run = `${writer.url}/v1/runs/${request.run_id}`;
    expect((await call(`${writer.url}/v1/runs`, { body: request, token: tokens.loner })).status).toBe(201);
    expect((await call(run, { method: 'GET', token: tokens.loner })).status).toBe(200);
    expect((await call(run, { method: 'GET', token: tokens.reader })).status).toBe(404);
    const { body } = await call(`${writer.url}/v1/runs?repo=acme/widgets`, { method: 'GET', token: tokens.loner });
    expect(runList.parse(body).runs.map(({ run_id }) => run_id)).toEqual([request.run_id]);
  });

  it('creates it once when two servers are asked at once', async () => {
    const request = makeCreateRun();
    const answers = await Promise.all(
      [writer, other, writer, other].map(({ url }) => call(`${url}/v1/runs`, { body: request })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 201]);
  });
});

describe('POST /v1/runs/{id}/events', () => {
  it('stores a batch under consecutive numbers, and acknowledges it', async () => {
    const runId = await createTestRun(writer.url);
    expect(await answerTo(writer, runId, 1, 3)).toEqual({ acked_seq: 3, stored: 3, cancel_requested: false });
    expect(await answerTo(other, runId, 4, 5)).toEqual({ acked_seq: 5, stored: 2, cancel_requested: false });
    const events = await readStream(other.url, runId);
    expect(events.map(({ server_seq }) => server_seq)).toEqual([1, 2, 3, 4, 5]);
    expect(toSeqs(events)).toEqual([1, 2, 3, 4, 5]);
    const { body } = await call(`${writer.url}/v1/runs/${runId}`, { method: 'GET' });
    expect(body).toMatchObject({ state: 'running', acked_seq: 5, last_server_seq: 5 });
  });

  it('gives back an event as it came', async () => {
    const runId = await createTestRun(writer.url);
    const odd = makeOutput(
      runId,
      1,
      'NUL \u0000, half a pair \\ud800, separators \u2028\u2029, \r\n\r\n id: 7\n\ud83d\ude00',
    );
    await send(writer.url, runId, [odd]);
    expect(await readStream(other.url, runId)).toEqual([
      { server_seq: 1, received_at: expect.any(String), event: odd },
    ]);
  });

  it('passes over what is here already, whatever overlaps', async () => {
    const runId = await createTestRun(writer.url);
    expect((await answerTo(writer, runId, 1, 10)).stored).toBe(10);
    expect(await answerTo(writer, runId, 1, 10)).toMatchObject({ acked_seq: 10, stored: 0 });
    expect(await answerTo(other, runId, 5, 15)).toMatchObject({ acked_seq: 15, stored: 5 });
    expect(await answerTo(writer, runId, 14, 16)).toMatchObject({ acked_seq: 16, stored: 1 });
    expect(toSeqs(await readStream(writer.url, runId))).toEqual(toNumbers(1, 16));
  });

  it('takes batches in any order, and acknowledges up to the first hole', async () => {
    const runId = await createTestRun(writer.url);
    expect(await answerTo(writer, runId, 7, 9)).toMatchObject({ acked_seq: 0, stored: 3 });
    expect(await answerTo(other, runId, 4, 4)).toMatchObject({ acked_seq: 0, stored: 1 });
    expect(await answerTo(writer, runId, 1, 3)).toMatchObject({ acked_seq: 4, stored: 3 });
    expect(await answerTo(other, runId, 5, 6)).toMatchObject({ acked_seq: 9, stored: 2 });
    expect(toSeqs(await readStream(writer.url, runId)).toSorted((a, b) => a - b)).toEqual(toNumbers(1, 9));
  });

  it('takes a batch whose events are shuffled, doubled and with holes', async () => {
    const runId = await createTestRun(writer.url);
    const events = [5, 2, 9, 2, 1, 8].map((seq) => makeOutput(runId, seq));
    const { body } = await send(writer.url, runId, events);
    expect(body).toMatchObject({ acked_seq: 2, stored: 5 });
    expect(toSeqs(await readStream(writer.url, runId))).toEqual([1, 2, 5, 8, 9]);
  });

  it('does not wait for what was declared dropped, and says so in the stream', async () => {
    const runId = await createTestRun(writer.url);
    const { body } = await send(writer.url, runId, makeOutputs(runId, 1, 2), [{ from: 3, to: 6 }]);
    expect(body).toMatchObject({ acked_seq: 6, stored: 2 });
    // It comes after all, too late; then a range that holds what is here.
    expect(await answerTo(writer, runId, 5, 7)).toMatchObject({ acked_seq: 7, stored: 1 });
    expect((await send(writer.url, runId, [], [{ from: 6, to: 9 }])).body).toMatchObject({ acked_seq: 9 });
    const lines = await readStream(writer.url, runId);
    expect(lines.map((line) => ('gap' in line ? line.gap : 'event' in line ? line.event.seq : null))).toEqual([
      1,
      2,
      { from: 3, to: 6 },
      7,
      { from: 8, to: 9 },
    ]);
  });

  it('stores each event once when two servers get overlapping batches at the same time', async () => {
    const runId = await createTestRun(writer.url);
    const answers = await Promise.all(
      toNumbers(0, 29).map((index) => {
        const from = index * 7 + 1;
        return answerTo(index % 2 === 0 ? writer : other, runId, from, from + 13);
      }),
    );
    expect(answers.reduce((sum, { stored }) => sum + stored, 0)).toBe(29 * 7 + 14);
    const events = await readStream(other.url, runId);
    expect(events.map(({ server_seq }) => server_seq)).toEqual(toNumbers(1, events.length));
    expect(toSeqs(events).toSorted((a, b) => a - b)).toEqual(toNumbers(1, 29 * 7 + 14));
    const { body } = await call(`${writer.url}/v1/runs/${runId}`, { method: 'GET' });
    expect(body).toMatchObject({ acked_seq: 29 * 7 + 14 });
  });

  it.each([
    ['of another run', (runId: string) => ({ events: [{ ...makeOutput(runId, 1), run_id: makeId() }] }), 400],
    ['with an unknown field', (runId: string) => ({ events: [{ ...makeOutput(runId, 1), extra: 1 }] }), 400],
    ['of an unknown type', (runId: string) => ({ events: [{ ...makeOutput(runId, 1), type: 'nonsense' }] }), 400],
    ['with the number 0', (runId: string) => ({ events: [{ ...makeOutput(runId, 1), seq: 0 }] }), 400],
    ['with a number beyond 2^53', (runId: string) => ({ events: [{ ...makeOutput(runId, 1), seq: 2 ** 60 }] }), 400],
    ['that is none', () => ({ events: [] }), 400],
    ['with a range that ends before it begins', () => ({ events: [], dropped: [{ from: 5, to: 2 }] }), 400],
    ['over the count', (runId: string) => ({ events: makeOutputs(runId, 1, 1001) }), 413],
  ])('refuses a batch %s, and stores nothing of it', async (_, makeBody, status) => {
    const runId = await createTestRun(writer.url);
    const answer = await call(`${writer.url}/v1/runs/${runId}/events`, { body: makeBody(runId) });
    expect(answer.status).toBe(status);
    expect(await readStream(writer.url, runId)).toEqual([]);
  });

  it('refuses a sequence with more holes than can be kept', async () => {
    const runId = await createTestRun(writer.url);
    for (let part = 0; part < 4; part += 1)
      await send(
        writer.url,
        runId,
        toNumbers(0, 999).map((index) => makeOutput(runId, (part * 1000 + index) * 2 + 1)),
      );
    const answer = await send(
      writer.url,
      runId,
      toNumbers(4000, 4999).map((index) => makeOutput(runId, index * 2 + 1)),
    );
    expect(answer.status).toBe(400);
  });

  it('refuses principals that may not write, and hides the run from those that may not see it', async () => {
    const runId = await createTestRun(writer.url);
    const body = { events: makeOutputs(runId, 1, 1) };
    const events = `${writer.url}/v1/runs/${runId}/events`;
    expect((await call(events, { body, token: tokens.reader })).status).toBe(403);
    expect((await call(events, { body, token: tokens.stranger })).status).toBe(404);
    expect((await call(events, { method: 'GET', token: tokens.stranger })).status).toBe(404);
    expect((await call(events, { body, token: 'wrong' })).status).toBe(401);
    expect(await readStream(writer.url, runId)).toEqual([]);
  });
});

describe('GET /v1/runs', () => {
  it('lists the newest first, page by page, to those who may see them', async () => {
    await using server = await startServer(await cluster.makeDatabase());
    const runs = [];
    for (let index = 0; index < 5; index += 1) runs.push(await createTestRun(server.url));
    const list = async (query: string, token: string = tokens.reader) =>
      runList.parse((await call(`${server.url}/v1/runs${query}`, { method: 'GET', token })).body);
    const first = await list('?limit=2');
    const second = await list(`?limit=2&before=${first.next}`);
    const third = await list(`?limit=2&before=${second.next}`);
    const found = [first, second, third].flatMap((page) => page.runs.map(({ run_id }) => run_id));
    expect(found).toEqual(runs.toReversed());
    expect(third.next).toBe(null);
    expect((await list('', tokens.stranger)).runs).toEqual([]);
    expect((await list('', tokens.admin)).runs).toHaveLength(5);
    expect((await list('?state=running')).runs).toEqual([]);
    expect((await list(`?repo=acme/widgets&commit=${'a'.repeat(40)}`)).runs).toHaveLength(5);
    for (const limit of ['x', '0', '201'])
      expect((await call(`${server.url}/v1/runs?limit=${limit}`, { method: 'GET' })).status).toBe(400);
  });
});

describe('cancel, heartbeat and gates', () => {
  it('hands a cancellation to the worker with its next answer, and to readers', async () => {
    const runId = await createTestRun(writer.url);
    const cancelled = await call(`${other.url}/v1/runs/${runId}/cancel`);
    expect(cancelled.body).toEqual({ state: 'pending', cancel_requested: true });
    await call(`${other.url}/v1/runs/${runId}/cancel`);
    expect((await answerTo(writer, runId, 1, 1)).cancel_requested).toBe(true);
    expect((await call(`${writer.url}/v1/runs/${runId}/heartbeat`)).body).toEqual({
      state: 'running',
      cancel_requested: true,
    });
    expect(await readStream(writer.url, runId)).toMatchObject([
      { server: { type: 'cancel_requested', reason: 'by token:worker' } },
      { event: { seq: 1 } },
    ]);
  });

  it('keeps the first decision on a gate that was asked for, and tells it', async () => {
    const runId = await createTestRun(writer.url);
    const gate = `${writer.url}/v1/runs/${runId}/gates/deploy`;
    const body = { decision: 'approved', plan_hash: planHash, reason: 'looked at it' };
    expect((await call(gate, { body })).status).toBe(404);
    await send(writer.url, runId, [
      {
        ...makeAbout(runId, 1),
        type: 'needs_input',
        gate: {
          id: 'deploy',
          kind: 'human_approval',
          step_id: 'unit',
          decision: 'pending',
          by: null,
          at: null,
          reason: '',
          plan_hash: planHash,
        },
      },
    ]);
    expect((await call(`${writer.url}/v1/runs/${runId}`, { method: 'GET' })).body).toMatchObject({
      state: 'needs_input',
    });
    expect((await call(gate, { body: { ...body, plan_hash: 'd'.repeat(64) } })).status).toBe(422);
    expect((await call(gate, { body, token: tokens.reader })).status).toBe(403);
    const decided = await call(gate, { body });
    expect(decided.body).toEqual({ gate: 'deploy', decision: 'approved', by: 'token:worker', at: expect.any(String) });
    expect((await call(gate, { body })).body).toEqual(decided.body);
    expect((await call(gate, { body: { ...body, decision: 'rejected' } })).status).toBe(409);
    expect((await readStream(other.url, runId)).at(-1)).toMatchObject({
      server: {
        type: 'gate_decided',
        gate: 'deploy',
        decision: 'approved',
        by: 'token:worker',
        reason: 'looked at it',
      },
    });
  });
});

describe('runs of which nothing is heard', () => {
  it('turn stale after the lease, go on when the worker comes back, and are sealed as aborted when it does not', async () => {
    const url = await cluster.makeDatabase();
    await using server = await startServer(url, { limits: { leaseMs: 1, abandonMs: 3_600_000, sweepMs: 3_600_000 } });
    const runId = await createTestRun(server.url);
    await answerTo(server, runId, 1, 2);
    await server.sweep();
    expect((await call(`${server.url}/v1/runs/${runId}`, { method: 'GET' })).body).toMatchObject({ state: 'stale' });
    await call(`${server.url}/v1/runs/${runId}/heartbeat`);
    await server.sweep();
    await answerTo(server, runId, 3, 3);
    await server.sweep();
    // By a server with less patience.
    await using strict = await startServer(url, { limits: { leaseMs: 1, abandonMs: 1, sweepMs: 3_600_000 } });
    await strict.sweep();
    const lines = await readStream(server.url, runId, {
      until: (line) => 'server' in line && line.server.type === 'run_aborted',
    });
    expect(lines.map((line) => ('server' in line ? line.server.type : 'event'))).toEqual([
      'event',
      'event',
      'run_stale',
      'run_resumed',
      'run_stale',
      'event',
      'run_resumed',
      'run_stale',
      'run_aborted',
    ]);
    const over = await send(server.url, runId, makeOutputs(runId, 4, 4));
    expect([over.status, over.body]).toMatchObject([409, { error: { code: 'run_over' } }]);
    // What was acknowledged before is so still.
    expect(await answerTo(server, runId, 1, 3)).toMatchObject({ acked_seq: 3, stored: 0 });
    expect((await call(`${server.url}/v1/runs/${runId}`, { method: 'GET' })).body).toMatchObject({ state: 'aborted' });
  });
});

async function answerTo({ url }: TestServer, runId: string, from: number, to: number): Promise<BatchAnswer> {
  return batchAnswer.parse((await send(url, runId, makeOutputs(runId, from, to))).body);
}

function makeAbout(runId: string, seq: number) {
  const { event_id, run_id, timestamp } = makeOutput(runId, seq);
  return { event_id, run_id, seq, timestamp, step_id: 'unit', attempt: 1 };
}

function toNumbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
