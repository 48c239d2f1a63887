/**
 * A run's events to 1,000 readers in one client process, against one shared Buffer of the same bytes written to 1,000 raw
 * sockets; then the replay of a backlog of 100,000 events against a plain SELECT of the same rows; and what an idle reader
 * takes of the server's memory. Ratios are medians of pairs taken one after the other. `node bench/server-stream.ts [readers]`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { RunEvent } from '../src/schema/event.ts';
import { renderRows } from '../src/server/streams/render.ts';
import { startTestCluster } from '../test/support/database.ts';
import {
  createRun,
  makeEvents,
  median,
  readCpuMs,
  readRssKiB,
  sendEvents,
  type Served,
  start,
  startQuoderat,
  token,
} from './server-support.ts';
import { type Load, type Open, PAGE_BYTES, type Told, type Watch } from './server-stream-peers.ts';

const PEERS = join(import.meta.dirname, 'server-stream-peers.ts');
const ROUNDS = 5;
const EVENTS = 50;
/** Batches of 50 events that follow each other as fast as they are stored, as in a step that prints much. */
const BURST = 24;
const BACKLOG = 100_000;
/** For the memory of an idle reader: so many times as many again. */
const MORE = 4;
/** Time to collect what connecting took. */
const SETTLE_MS = 2000;

await main(Number(process.argv[2] ?? 1000));

async function main(readers: number): Promise<void> {
  await using cluster = await startTestCluster({ fsync: 'on' });
  const databaseUrl = await cluster.makeDatabase();
  await using quoderat = await startQuoderat(databaseUrl);
  await using raw = await start([PEERS, 'raw']);
  await measureFanOut(quoderat, raw, readers);
  await measureReplay(quoderat, databaseUrl);
  await measureMemory(databaseUrl, readers);
}

async function measureFanOut(quoderat: Served, raw: Served, readers: number): Promise<void> {
  const runId = await createRun(quoderat.url);
  using ours = await openReaders(quoderat.port, `/v1/runs/${runId}/events`, readers);
  using theirs = await openReaders(raw.port, '/', readers);
  let next = 1;
  for (const [name, batches] of [
    ['one batch of 50', 1],
    [`${BURST} batches of 50`, BURST],
  ] as const) {
    const taken: { ours: Measure; raw: Measure; paged: Measure }[] = [];
    for (let round = 0; round <= (batches === 1 ? 3 * ROUNDS : ROUNDS); round += 1) {
      const events = makeEvents(runId, next, batches * EVENTS);
      next += events.length;
      const mark = endWithMark(events);
      const parts = Array.from({ length: batches }, (_, index) => events.slice(index * EVENTS, (index + 1) * EVENTS));
      // The very bytes that a reader of ours gets.
      const chunks = parts.map(renderAsSent);
      const bytes = Buffer.concat(chunks);
      const measured = {
        raw: await writeRaw(raw, theirs, mark, chunks),
        paged: await writeRaw(raw, theirs, mark, toPages(bytes)),
        ours: await timeSeen(quoderat, ours, mark, async () => {
          for (const part of parts) await sendEvents(quoderat.url, runId, part);
        }),
      };
      if (measured.ours.events !== events.length)
        throw new Error(`a reader has had ${measured.ours.events} of ${events.length} events`);
      if (round > 0) taken.push(measured);
    }
    report(name, batches * EVENTS * readers, taken);
  }
}

type Measure = { ms: number; cpuMs: number; bytes: number; events: number };

function report(name: string, deliveries: number, taken: { ours: Measure; raw: Measure; paged: Measure }[]): void {
  const middle = (which: 'ours' | 'raw' | 'paged'): number => median(taken.map((round) => round[which].ms));
  // Ticks of 10 ms: only their sum says something.
  const cpu = (which: 'ours' | 'raw' | 'paged'): number => taken.reduce((sum, round) => sum + round[which].cpuMs, 0);
  const ratio = (which: 'raw' | 'paged'): string =>
    `ratio ${median(taken.map((round) => round[which].ms / round.ours.ms)).toFixed(2)}, of processor time ${(cpu(which) / cpu('ours')).toFixed(2)}`;
  const tell = (which: 'ours' | 'raw' | 'paged'): string =>
    `${middle(which).toFixed(0).padStart(5)} ms, ${(deliveries / middle(which) / 1000).toFixed(2)} M events/s`;
  console.log(`${name} to all readers, from the first request to the last reader`);
  console.log(
    `  quoderat, stored and sent  ${tell('ours')}, ${(cpu('ours') / taken.length).toFixed(0)} ms of the server`,
  );
  console.log(`  raw, a Buffer a batch      ${tell('raw')}, ${ratio('raw')}`);
  console.log(`  raw, 256 KiB a Buffer      ${tell('paged')}, ${ratio('paged')}`);
}

/** A short last event, so that readers look for its number in the last bytes only. */
function endWithMark(events: RunEvent[]): string {
  const { event_id = '', run_id = '', seq = 0 } = events.at(-1) ?? {};
  events.splice(-1, 1, { type: 'heartbeat', event_id, run_id, seq, timestamp: new Date().toISOString() });
  return `id: ${seq}\n`;
}

function renderAsSent(events: RunEvent[]): Buffer {
  const payload = Buffer.from(events.map((event) => JSON.stringify(event)).join('\n'));
  const [first_server_seq, last_server_seq] = [events[0]?.seq ?? 0, events.at(-1)?.seq ?? 0];
  return renderRows(
    [{ first_server_seq, last_server_seq, kind: 'events', payload, received_at: new Date() }],
    0,
    'sse',
  );
}

function toPages(bytes: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / PAGE_BYTES) }, (_, index) =>
    bytes.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES),
  );
}

/** From the beginning of `send` until the last reader has the mark. */
async function timeSeen(server: Served, readers: Readers, mark: string, send: () => Promise<void>): Promise<Measure> {
  const { seen } = await readers.watch(mark);
  const cpu = readCpuMs(server);
  const begin = performance.timeOrigin + performance.now();
  await send();
  const { at, bytes, events } = await seen;
  return { ms: at - begin, cpuMs: readCpuMs(server) - cpu, bytes, events };
}

async function writeRaw(raw: Served, readers: Readers, mark: string, chunks: Buffer[]): Promise<Measure> {
  const loaded = once(raw.child, 'message');
  const load: Load = { chunks: chunks.map((chunk) => chunk.toString('base64')) };
  raw.child.send(load);
  await loaded;
  return timeSeen(raw, readers, mark, async () => void raw.child.send('write'));
}

type Seen = Extract<Told, { seen: string }>;
/** `watch` resolves when they look out for the mark; what it gives, when all have it. */
type Readers = Disposable & { watch(mark: string): Promise<{ seen: Promise<Seen> }> };

/** So many readers in a process of their own, all connected and answered when this resolves. */
async function openReaders(port: number, path: string, count: number): Promise<Readers> {
  const child = fork(PEERS, ['readers'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const order: Open = { open: count, port, path };
  child.send(order);
  await hear(child, (told) => ('opened' in told ? told : undefined));
  return {
    async watch(mark) {
      const watch: Watch = { mark };
      const seen = hear(child, (told) => ('seen' in told && told.seen === mark ? told : undefined));
      child.send(watch);
      await hear(child, (told) => ('watching' in told && told.watching === mark ? told : undefined));
      return { seen };
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

async function hear<T>(child: ChildProcess, choose: (told: Told) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const onEnd = (): void => reject(new Error('the readers ended'));
    const onMessage = (told: Told): void => {
      const chosen = choose(told);
      if (chosen === undefined) return;
      child.off('exit', onEnd).off('message', onMessage);
      resolve(chosen);
    };
    child.on('exit', onEnd).on('message', onMessage);
  });
}

/** One reader that begins at the first of 100,000 events, against the rows' bytes by themselves. */
async function measureReplay(quoderat: Served, databaseUrl: string): Promise<void> {
  const runId = await createRun(quoderat.url);
  for (let from = 1; from <= BACKLOG; from += 1000)
    await sendEvents(quoderat.url, runId, makeEvents(runId, from, 1000));
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const taken: { ms: number; bareMs: number; bytes: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bareBegin = performance.now();
    await client.query('SELECT payload FROM event_batches WHERE run_id = $1 ORDER BY first_server_seq', [runId]);
    const bareMs = performance.now() - bareBegin;
    const begin = performance.now();
    const answer = await fetch(`${quoderat.url}/v1/runs/${runId}/events?follow=false`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    });
    const body = Buffer.from(await answer.arrayBuffer());
    const ms = performance.now() - begin;
    if (!body.includes(`id: ${BACKLOG}\n`)) throw new Error('the replay is not whole');
    if (round > 0) taken.push({ ms, bareMs, bytes: body.length });
  }
  await client.end();
  const ms = median(taken.map((each) => each.ms));
  console.log(
    `replay of ${BACKLOG} events: ${ms.toFixed(0)} ms, ${((taken[0]?.bytes ?? 0) / 1000 / ms).toFixed(0)} MB/s; a plain SELECT of the rows ${median(taken.map(({ bareMs }) => bareMs)).toFixed(0)} ms, ratio ${median(taken.map(({ ms, bareMs }) => bareMs / ms)).toFixed(2)}`,
  );
}

/**
 * Readers of a run in which nothing happens, in fresh processes: what the first thousands take beyond the first ones, which pay
 * for code and buffers that all share.
 */
async function measureMemory(databaseUrl: string, readers: number): Promise<void> {
  await using quoderat = await startQuoderat(databaseUrl);
  await using raw = await start([PEERS, 'raw']);
  const runId = await createRun(quoderat.url);
  for (const [name, server, path] of [
    ['quoderat', quoderat, `/v1/runs/${runId}/events`],
    ['raw sockets', raw, '/'],
  ] as const) {
    using _first = await openReaders(server.port, path, readers);
    await sleep(SETTLE_MS);
    const before = readRssKiB(server);
    using _rest = await openReaders(server.port, path, MORE * readers);
    await sleep(SETTLE_MS);
    const each = (readRssKiB(server) - before) / (MORE * readers);
    console.log(
      `an idle reader, ${name}: ${each.toFixed(1)} KiB (the server with ${readers}: ${(before / 1024).toFixed(0)} MiB)`,
    );
  }
}
