import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { EventSource } from 'eventsource';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logEntry, type StreamedEvent, streamedEvent } from '../../src/schema/api.ts';
import { startTestCluster, type TestCluster } from '../support/database.ts';
import { call, createTestRun, makeOutput, makeOutputs, readStream, send, toSeqs } from '../support/run-requests.ts';
import { startServer, type TestServer, tokens } from '../support/server.ts';
import { endRun } from '../../src/server/store/server-words.ts';

let cluster: TestCluster;
let writer: TestServer;
let reader: TestServer;
beforeAll(async () => {
  cluster = await startTestCluster();
  const url = await cluster.makeDatabase();
  const limits = { readerBytes: 64 * 1024, readerPatienceMs: 300, keepaliveMs: 50, pollMs: 50 };
  [writer, reader] = await Promise.all([startServer(url), startServer(url, { limits })]);
});
afterAll(async () => {
  await Promise.all([writer.stop(), reader.stop()]);
  await cluster[Symbol.asyncDispose]();
});

const authorization = `Bearer ${tokens.reader}`;

describe('GET /v1/runs/{id}/events', () => {
  it('gives readers that come at any time everything once and in order, while another server writes', async () => {
    const runId = await createTestRun(writer.url);
    const last = 600;
    const isLast = (line: { server_seq: number }): boolean => line.server_seq === last;
    const readings: Promise<{ after: number; lines: StreamedEvent[] }>[] = [];
    for (let from = 1; from <= last; from += 20) {
      await send(writer.url, runId, makeOutputs(runId, from, from + 19));
      // From the start, from the middle of a batch, from where the run is.
      for (const after of [0, Math.max(0, from - 7), from + 19])
        if (from % 60 === 1 && after < last)
          readings.push(readStream(reader.url, runId, { after, until: isLast }).then((lines) => ({ after, lines })));
    }
    for (const { after, lines } of await Promise.all(readings)) {
      expect(lines.map(({ server_seq }) => server_seq)).toEqual(toNumbers(after + 1, last));
      expect(toSeqs(lines)).toEqual(toNumbers(after + 1, last));
    }
    expect(readings.length).toBeGreaterThan(20);
  });

  it('takes up where the last event id says, in either spelling, and the header wins', async () => {
    const runId = await createTestRun(writer.url);
    await send(writer.url, runId, makeOutputs(runId, 1, 5));
    const ask = async (query: string, id?: string) =>
      fetch(`${reader.url}/v1/runs/${runId}/events?follow=false${query}`, {
        headers: { authorization, ...(id !== undefined && { 'last-event-id': id }) },
      });
    const ids = async (query: string, id?: string) =>
      [...(await (await ask(query, id)).text()).matchAll(/^id: (\d+)$/gm)].map(([, found]) => Number(found));
    expect(await ids('')).toEqual([1, 2, 3, 4, 5]);
    expect(await ids('&after=3')).toEqual([4, 5]);
    expect(await ids('&after=1', '4')).toEqual([5]);
    expect(await ids('&after=99')).toEqual([]);
    expect((await ask('&after=-1')).status).toBe(400);
    expect((await ask('', 'x')).status).toBe(400);
  });

  it('goes on with what comes next behind a number that was never given, and holds up nobody else', async () => {
    const runId = await createTestRun(writer.url);
    await send(writer.url, runId, makeOutputs(runId, 1, 3));
    const ahead = await fetch(`${reader.url}/v1/runs/${runId}/events?after=${Number.MAX_SAFE_INTEGER}`, {
      headers: { authorization, accept: 'application/x-ndjson' },
    });
    const body = ahead.body?.pipeThrough(new TextDecoderStream()).getReader();
    // Whoever comes after it looked at the table without end, when it was taken at its word.
    const behind = readStream(reader.url, runId, { after: 0, until: ({ server_seq }) => server_seq === 4 });
    await send(writer.url, runId, makeOutputs(runId, 4, 4));
    let text = '';
    while (text.trim() === '') text += (await body?.read())?.value ?? 'ended';
    expect(toSeqs([streamedEvent.parse(JSON.parse(text))])).toEqual([4]);
    expect(toSeqs(await behind)).toEqual([1, 2, 3, 4]);
    await body?.cancel();
  });

  it('goes on behind the end of an older backup that was restored under it, for all its readers', async () => {
    const runId = await createTestRun(writer.url);
    await send(writer.url, runId, makeOutputs(runId, 1, 2));
    await send(writer.url, runId, makeOutputs(runId, 3, 6));
    const ahead = await fetch(`${reader.url}/v1/runs/${runId}/events`, {
      headers: { authorization, accept: 'application/x-ndjson' },
    });
    const body = ahead.body?.pipeThrough(new TextDecoderStream()).getReader();
    const seqs: number[] = [];
    let rest = '';
    const readChunk = async (): Promise<void> => {
      const { value, done } = (await body?.read()) ?? { done: true };
      if (done) throw new Error(`the stream ended after ${seqs.join()}`);
      const lines = `${rest}${value}`.split('\n');
      rest = lines.pop() ?? '';
      const told = lines.filter((line) => line.trim() !== '').map((line) => streamedEvent.parse(JSON.parse(line)));
      seqs.push(...toSeqs(told));
    };
    while (seqs.length < 6) await readChunk();
    const { db } = writer.deps;
    await db.deleteFrom('event_batches').where('run_id', '=', runId).where('first_seq', '>', 2).execute();
    await db
      .updateTable('runs')
      .set({ received: '{[1,3)}', acked_seq: 2, last_server_seq: 2 })
      .where('run_id', '=', runId)
      .execute();
    const behind = readStream(reader.url, runId, { after: 0, until: ({ server_seq }) => server_seq === 3 });
    // The table is looked at as often as a quiet stream says that it lives: what comes after one look is told.
    for (let next = 3; next <= 6 && seqs.length === 6; next += 1) {
      for (let beats = 0; beats < 4; beats += 1) await readChunk();
      await send(writer.url, runId, makeOutputs(runId, next, next));
      for (let beats = 0; beats < 4 && seqs.length === 6; beats += 1) await readChunk();
    }
    expect(seqs.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(seqs.slice(6)).toHaveLength(1);
    expect(toSeqs(await behind)).toEqual([1, 2, 3]);
    await body?.cancel();
  });

  it('ends at once for a reader who has the end of a run that is over, in either form', async () => {
    const runId = await createTestRun(writer.url);
    await send(writer.url, runId, makeOutputs(runId, 1, 3));
    await endTestRun(writer, runId);
    for (const after of [3, 4, 99]) {
      const response = await fetch(`${reader.url}/v1/runs/${runId}/events?after=${after}`, {
        headers: { authorization, accept: 'application/x-ndjson' },
      });
      // Blank lines keep the connection alive.
      const lines = (await response.text()).split('\n').filter((line) => line !== '');
      expect(lines).toHaveLength(after === 3 ? 1 : 0);
    }
  });

  it('serves a real EventSource that loses its server, and lets it go after the last event', async () => {
    const url = await cluster.makeDatabase();
    const first = await startServer(url, { limits: { drainMs: 500 } });
    const runId = await createTestRun(first.url);
    await send(first.url, runId, makeOutputs(runId, 1, 3));
    const port = Number(new URL(first.url).port);
    const seen: number[] = [];
    const stream = new EventSource(`${first.url}/v1/runs/${runId}/events`, {
      fetch: (address, init) => fetch(address, { ...init, headers: { ...init.headers, authorization } }),
    });
    const waiting = new Set<() => void>();
    const seenUpTo = (seq: number) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (seen.includes(seq)) resolve();
        };
        waiting.add(look);
        look();
      });
    stream.addEventListener('message', ({ data, lastEventId }) => {
      const line = streamedEvent.parse(JSON.parse(String(data)));
      expect(String(line.server_seq)).toBe(lastEventId);
      seen.push(line.server_seq);
      for (const look of waiting) look();
    });
    await seenUpTo(3);
    await first.stop();
    // The same address, another process: it comes again by itself, with the id of what it had.
    await using second = await startServer(url, { port });
    await send(second.url, runId, makeOutputs(runId, 4, 6));
    await seenUpTo(6);
    const ended = new Promise((resolve) => {
      stream.addEventListener('end', resolve);
    });
    await endTestRun(second, runId);
    await ended;
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
    stream.close();
    const again = await fetch(`${second.url}/v1/runs/${runId}/events?after=7`, { headers: { authorization } });
    expect(again.status).toBe(204);
  });

  it('keeps a quiet stream alive', async () => {
    const runId = await createTestRun(writer.url);
    const response = await fetch(`${reader.url}/v1/runs/${runId}/events`, { headers: { authorization } });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const body = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await body?.read()).toEqual({ done: false, value: ': \n\n' });
    await body?.cancel();
  });

  it('cuts a client that never reads, with little kept for it, and lets it take up where it was', async () => {
    const runId = await createTestRun(writer.url);
    const socket = connectTcp(Number(new URL(reader.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => {});
    socket.pause();
    socket.write(`GET /v1/runs/${runId}/events HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`);
    const text = 'x'.repeat(60_000);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let seq = 0;
    // More than the kernel takes for a socket; it is cut when nothing moves for a while.
    while (!/readers_cut_total 1$/m.test((await reader.deps.metrics.expose()).text)) {
      seq += 1;
      await send(writer.url, runId, [makeOutput(runId, seq, text)]);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(seq * text.length).toBeGreaterThan(2 ** 20);
    expect(most).toBeLessThan(32 * 2 ** 20);
    socket.destroy();
    const lines = await readStream(reader.url, runId, { after: 0 });
    expect(toSeqs(lines)).toEqual(toNumbers(1, seq));
  });

  it('refuses readers over the number that it takes', async () => {
    await using server = await startServer(await cluster.makeDatabase(), { limits: { readers: 1 } });
    const runId = await createTestRun(server.url);
    const one = await fetch(`${server.url}/v1/runs/${runId}/events`, { headers: { authorization } });
    const two = await fetch(`${server.url}/v1/runs/${runId}/events`, { headers: { authorization } });
    expect([one.status, two.status, two.headers.get('retry-after')]).toEqual([200, 503, '1']);
    await one.body?.cancel();
  });

  it('sends readers away with a time to come again when the server stops', async () => {
    const server = await startServer(await cluster.makeDatabase());
    const runId = await createTestRun(server.url);
    const response = await fetch(`${server.url}/v1/runs/${runId}/events`, { headers: { authorization } });
    const log = await fetch(`${server.url}/v1/runs/${runId}/logs`, {
      headers: { authorization, accept: 'text/plain' },
    });
    const cut = expect(log.text()).rejects.toThrow();
    const [text] = await Promise.all([response.text(), server.stop(), cut]);
    expect(text).toMatch(/^retry: \d{3,4}\n\n$/m);
    expect(text).not.toContain('event: end');
  });

  it('is the same without node:http beneath', async () => {
    const runId = await createTestRun(writer.url);
    await send(writer.url, runId, makeOutputs(runId, 1, 3));
    const { app } = writer;
    const response = await app.fetch(
      new Request(`http://x/v1/runs/${runId}/events`, {
        headers: { authorization, accept: 'application/x-ndjson' },
      }),
    );
    const body = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const { value = '' } = (await body?.read()) ?? {};
    expect(
      value
        .trim()
        .split('\n')
        .map((line) => streamedEvent.parse(JSON.parse(line)).server_seq),
    ).toEqual([1, 2, 3]);
    await body?.cancel();
  });
});

describe('GET /v1/runs/{id}/logs', () => {
  it('gives the output in the order in which it was made, whatever the order in which it came', async () => {
    const runId = await createTestRun(writer.url);
    const text = fetch(`${reader.url}/v1/runs/${runId}/logs`, {
      headers: { authorization, accept: 'text/plain' },
    }).then((response) => response.text());
    await send(writer.url, runId, makeOutputs(runId, 4, 5));
    await send(writer.url, runId, [makeOutput(runId, 1), { ...makeOutput(runId, 2), step_id: 'lint' }]);
    await send(writer.url, runId, makeOutputs(runId, 3, 3));
    await send(writer.url, runId, makeOutputs(runId, 8, 8), [{ from: 6, to: 7 }]);
    // Never filled: passed over once the run is over.
    await send(writer.url, runId, makeOutputs(runId, 10, 10));
    await endTestRun(writer, runId);
    expect(await text).toBe(
      'line 1\nline 2\nline 3\nline 4\nline 5\n[2 pieces of output were dropped]\nline 8\nline 10\n',
    );
    const lines = await fetch(`${reader.url}/v1/runs/${runId}/logs?step=unit&after=3`, {
      headers: { authorization, accept: 'application/x-ndjson' },
    }).then((response) => response.text());
    const entries = lines
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => logEntry.parse(JSON.parse(line)));
    expect(entries.map(({ seq }) => seq)).toEqual([4, 5, 7, 8, 10]);
  });

  it('holds the log at a hole until the hole is filled', async () => {
    const runId = await createTestRun(writer.url);
    await send(writer.url, runId, [makeOutput(runId, 1), makeOutput(runId, 3)]);
    const response = await fetch(`${reader.url}/v1/runs/${runId}/logs`, {
      headers: { authorization, accept: 'text/plain' },
    });
    const body = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await body?.read()).toEqual({ done: false, value: 'line 1\n' });
    await send(writer.url, runId, [makeOutput(runId, 2)]);
    let rest = '';
    while (!rest.includes('line 3')) rest += (await body?.read())?.value ?? 'ended';
    expect(rest).toBe('line 2\nline 3\n');
    await body?.cancel();
  });

  it('is there for those who may see the run, and no page of ours', async () => {
    const runId = await createTestRun(writer.url);
    const logs = `${reader.url}/v1/runs/${runId}/logs?follow=false`;
    expect((await call(logs, { method: 'GET', token: tokens.stranger })).status).toBe(404);
    const response = await fetch(logs, { headers: { authorization, accept: 'text/plain' } });
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe('');
  });
});

async function endTestRun({ deps }: TestServer, runId: string): Promise<void> {
  await deps.db
    .transaction()
    .execute((tx) =>
      endRun(tx, runId, { state: 'aborted', status: null, words: { type: 'run_aborted', reason: 'of the test' } }),
    );
  deps.streams.wake(runId);
}

function toNumbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
