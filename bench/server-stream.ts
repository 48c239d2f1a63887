/**
 * A run's events to 1,000 readers in one client process, against one shared Buffer of the same bytes written to 1,000 raw
 * sockets; then the replay of a backlog of 100,000 events against a plain SELECT of the same rows; and what an idle reader
 * takes of the server's memory. Ratios are medians of pairs taken one after the other. `node bench/server-stream.ts [readers]`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect, type Socket } from 'node:net';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
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

const ROUNDS = 5;
const EVENTS = 50;
/** Batches of 50 events that follow each other as fast as they are stored, as in a step that prints much. */
const BURST = 24;
const BACKLOG = 100_000;
/** What the server reads and writes at a time when it is behind; and so the raw writer, in its quicker measure. */
const PAGE_BYTES = 256 * 1024;

type Open = { open: number; port: number; path: string };
type Watch = { mark: string };
/** Chunks of bytes, base64, that the raw server is to write: to be kept, and then to be written. */
type Load = { chunks: string[] };
type Told =
  | { opened: true }
  | { seen: string; at: number; bytes: number; events: number }
  | { loaded: true }
  | { watching: string };

if (process.argv[2] === 'readers') read();
else if (process.argv[2] === 'raw') await serveRaw();
else await main(Number(process.argv[2] ?? 1000));

async function main(readers: number): Promise<void> {
  await using cluster = await startTestCluster({ fsync: 'on' });
  const databaseUrl = await cluster.makeDatabase();
  await using quoderat = await startQuoderat(databaseUrl);
  await using raw = await start([import.meta.filename, 'raw']);
  await measureFanOut(quoderat, raw, readers);
  await measureReplay(quoderat, databaseUrl);
  await measureMemory(quoderat, raw, readers);
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
    for (let round = 0; round <= (batches === 1 ? 4 * ROUNDS : ROUNDS); round += 1) {
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
  const middle = (which: 'ours' | 'raw' | 'paged', what: 'ms' | 'cpuMs'): number =>
    median(taken.map((round) => round[which][what]));
  const ratio = (which: 'raw' | 'paged', what: 'ms' | 'cpuMs'): string =>
    median(taken.map((round) => round[which][what] / round.ours[what])).toFixed(2);
  const tell = (which: 'ours' | 'raw' | 'paged'): string =>
    `${middle(which, 'ms').toFixed(0)} ms, ${(deliveries / middle(which, 'ms') / 1000).toFixed(2)} M events/s, ${middle(which, 'cpuMs').toFixed(0)} ms of processor time`;
  console.log(`${name} to all readers, from the first request to the last reader`);
  console.log(`  quoderat, stored and sent  ${tell('ours')}`);
  console.log(
    `  raw, a Buffer a batch      ${tell('raw')}   ratio ${ratio('raw', 'ms')}, of processor time ${ratio('raw', 'cpuMs')}`,
  );
  console.log(
    `  raw, 256 KiB a Buffer      ${tell('paged')}   ratio ${ratio('paged', 'ms')}, of processor time ${ratio('paged', 'cpuMs')}`,
  );
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
  const child = fork(import.meta.filename, ['readers'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
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

/** Readers of a run in which nothing happens. */
async function measureMemory(quoderat: Served, raw: Served, readers: number): Promise<void> {
  const runId = await createRun(quoderat.url);
  for (const [name, server, path] of [
    ['quoderat', quoderat, `/v1/runs/${runId}/events`],
    ['raw sockets', raw, '/'],
  ] as const) {
    const taken: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      // Connections of the round before are gone, and what they left was collected, or not: so three rounds.
      await sleep(1500);
      const before = readRssKiB(server);
      using _open = await openReaders(server.port, path, readers);
      await sleep(1500);
      taken.push((readRssKiB(server) - before) / readers);
    }
    console.log(
      `an idle reader, ${name}: ${taken.map((each) => each.toFixed(1)).join(', ')} KiB of the server's resident memory`,
    );
  }
}

/** The client process: `count` connections, each of which looks at the last bytes of what it gets. */
function read(): void {
  let watch: { mark: string; left: number } | undefined;
  let bytes = 0;
  let count = 0;
  /** What the first of them has had, to be looked into. */
  let first: Buffer[] = [];
  const tell = (told: Told): void => void process.send?.(told);
  const onSeen = (): void => {
    if (watch === undefined) return;
    watch.left -= 1;
    if (watch.left > 0) return;
    const events = Buffer.concat(first).toString('latin1').split('id: ').length - 1;
    tell({ seen: watch.mark, at: performance.timeOrigin + performance.now(), bytes, events });
    watch = undefined;
  };
  process.on('message', (order: Open | Watch) => {
    if ('mark' in order) {
      watch = { mark: order.mark, left: count };
      bytes = 0;
      first = [];
      return void tell({ watching: order.mark });
    }
    count = order.open;
    void openAll(order, (index, chunk, tail) => {
      bytes += chunk.length;
      if (index === 0) first.push(chunk);
      if (watch !== undefined && tail.includes(watch.mark)) {
        onSeen();
        return true;
      }
      return false;
    }).then(() => tell({ opened: true }));
  });
  process.on('disconnect', () => process.exit(0));
}

async function openAll(
  { open, port, path }: Open,
  onData: (index: number, chunk: Buffer, tail: string) => boolean,
): Promise<void> {
  for (let from = 0; from < open; from += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, open - from) }, async (_, offset) => {
        const socket = connect(port, '127.0.0.1');
        await once(socket, 'connect');
        socket.write(
          `GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\naccept: text/event-stream\r\n\r\n`,
        );
        const [head]: Buffer[] = await once(socket, 'data');
        if (head?.toString('latin1').startsWith('HTTP/1.1 200') !== true) throw new Error(head?.toString());
        let tail = '';
        socket.on('data', (chunk: Buffer) => {
          tail = (tail + chunk.toString('latin1', Math.max(0, chunk.length - TAIL))).slice(-TAIL);
          if (onData(from + offset, chunk, tail)) tail = '';
        });
      }),
    );
}

/** A heartbeat event with its number, and the ends of a chunk. */
const TAIL = 400;

/** The peer: one shared Buffer to every socket, without looking at it twice; only a socket that is far behind is waited for. */
async function serveRaw(): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', () => {
      sockets.add(socket);
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n');
      socket.resume();
    });
  });
  let chunks: Buffer[] = [];
  process.on('message', (order: Load | 'write') => {
    if (order === 'write') return void writeAll();
    chunks = order.chunks.map((chunk) => Buffer.from(chunk, 'base64'));
    const told: Told = { loaded: true };
    return void process.send?.(told);
  });
  const writeAll = async (): Promise<void> => {
    for (const chunk of chunks) {
      for (const socket of sockets) socket.write(chunk);
      do await turn();
      while ([...sockets].some((socket) => socket.writableLength > 2 * PAGE_BYTES));
    }
  };
  process.on('disconnect', () => process.exit(0));
  server.listen(0, '127.0.0.1', 2048);
  await once(server, 'listening');
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
}
