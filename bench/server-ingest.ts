/**
 * Events per second that the real server has stored, over HTTP and on a real PostgreSQL, against the least that could be
 * called so: node:http, JSON.parse and one INSERT of the body, on the same database. 16 workers, each with a run and a
 * connection of its own; pairs are taken one after the other, the ratio is the median of the pairs'.
 * `node bench/server-ingest.ts [events in a batch]`
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { Client, Pool } from 'pg';
import { startTestCluster } from '../test/support/database.ts';
import {
  createRun,
  makeEvents,
  median,
  readCpuMs,
  type Served,
  start,
  startQuoderat,
  token,
} from './server-support.ts';

const WORKERS = 16;
const ROUNDS = 5;
/** Events in a batch, and batches of each worker in one measurement. */
const SIZES: [events: number, batches: number][] = [
  [1, 40],
  [10, 40],
  [100, 30],
  [1000, 4],
];

if (process.argv[2] === 'bare') await serveBare(process.argv[3] ?? '');
else {
  console.log(
    `PostgreSQL        batch      bare events/s  quoderat events/s   ratio   (of pairs)      processor time of the two`,
  );
  const only = Number(process.argv[2] ?? 0);
  await measureAll(
    'commits to disk',
    { fsync: 'on' },
    only === 0 ? SIZES : SIZES.filter(([events]) => events === only),
  );
  // Without waiting for the disk what is left is processor time.
  await measureAll(
    'fsync off',
    { fsync: 'off' },
    SIZES.filter(([events]) => events === (only || 100)),
  );
}

async function measureAll(name: string, settings: Record<string, string>, sizes: typeof SIZES): Promise<void> {
  await using cluster = await startTestCluster(settings);
  const databaseUrl = await cluster.makeDatabase();
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('CREATE TABLE bare (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body bytea NOT NULL)');
  // As the events' table has it: compressing would only slow it.
  await client.query('ALTER TABLE bare ALTER COLUMN body SET STORAGE EXTERNAL');
  await using bare = await start([import.meta.filename, 'bare', databaseUrl]);
  await using quoderat = await startQuoderat(databaseUrl);
  for (const [events, batches] of sizes) {
    const taken: { bare: Measure; quoderat: Measure }[] = [];
    // The first round warms up.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const runs = await Promise.all(Array.from({ length: WORKERS }, () => createRun(quoderat.url)));
      const bodies = runs.map((runId) => makeRequests(runId, events, batches));
      // In turn: what one leaves to the database to tidy up must not always burden the other.
      const order = round % 2 === 0 ? ['bare', 'quoderat'] : ['quoderat', 'bare'];
      const measured = { bare: { ms: 0, cpuMs: 0 }, quoderat: { ms: 0, cpuMs: 0 } };
      for (const which of order) {
        if (which === 'bare') measured.bare = await measure(bare, bodies);
        else measured.quoderat = await measure(quoderat, bodies);
      }
      await assertStored(client, runs, events * batches);
      if (round > 0) taken.push(measured);
    }
    report(name, events, events * batches * WORKERS, taken);
  }
  await client.end();
}

type Measure = { ms: number; cpuMs: number };

function report(name: string, events: number, sent: number, taken: { bare: Measure; quoderat: Measure }[]): void {
  const ratios = taken.map(({ bare, quoderat }) => bare.ms / quoderat.ms).toSorted((a, b) => a - b);
  const speed = (which: 'bare' | 'quoderat'): string =>
    ((sent * 1000) / median(taken.map((pair) => pair[which].ms))).toFixed(0);
  const cpu = (which: 'bare' | 'quoderat'): string =>
    `${((median(taken.map((pair) => pair[which].cpuMs)) * 1000) / sent).toFixed(1)} us`;
  const cells = [
    name.padEnd(16),
    String(events).padStart(6),
    speed('bare').padStart(18),
    speed('quoderat').padStart(18),
    median(ratios).toFixed(2).padStart(7),
    `(${ratios[0]?.toFixed(2)} to ${ratios.at(-1)?.toFixed(2)})`.padStart(16),
    `${cpu('bare')} and ${cpu('quoderat')} an event`.padStart(34),
  ];
  console.log(cells.join(' '));
}

/** Whole requests, made before the clock runs; the same for both. */
function makeRequests(runId: string, events: number, batches: number): Buffer[] {
  return Array.from({ length: batches }, (_, index) => {
    const body = Buffer.from(JSON.stringify({ events: makeEvents(runId, 1 + index * events, events), dropped: [] }));
    const head = `POST /v1/runs/${runId}/events HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), body]);
  });
}

async function measure(server: Served, bodies: Buffer[][]): Promise<Measure> {
  const connections = await Promise.all(bodies.map(() => openConnection(server.port)));
  const cpu = readCpuMs(server);
  const begin = performance.now();
  await Promise.all(
    bodies.map(async (requests, index) => {
      for (const request of requests) await connections[index]?.send(request);
    }),
  );
  const ms = performance.now() - begin;
  const cpuMs = readCpuMs(server) - cpu;
  for (const connection of connections) connection.close();
  return { ms, cpuMs };
}

type Connection = { send(request: Buffer): Promise<void>; close(): void };

/** A socket and no more: the client shares two processors with what is measured. */
async function openConnection(port: number): Promise<Connection> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.setNoDelay(true);
  let text = '';
  let waiting: PromiseWithResolvers<void> | undefined;
  const fail = (reason: string): void => waiting?.reject(new Error(reason));
  socket.on('error', (error) => fail(error.message));
  socket.on('close', () => fail('the connection was closed'));
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    const head = text.indexOf('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (head === -1 || text.length < head + 4 + length) return;
    if (text.startsWith('HTTP/1.1 200')) waiting?.resolve();
    else fail(text);
    text = '';
  });
  return {
    send(request) {
      waiting = Promise.withResolvers();
      socket.write(request);
      return waiting.promise;
    },
    close: () => void socket.destroy(),
  };
}

/** What was acknowledged is there. */
async function assertStored(client: Client, runs: string[], events: number): Promise<void> {
  const { rows } = await client.query<{ stored: string }>(
    'SELECT sum(last_seq - first_seq + 1)::text AS stored FROM event_batches WHERE run_id = ANY($1::uuid[])',
    [runs],
  );
  if (rows[0]?.stored !== String(runs.length * events))
    throw new Error(`${rows[0]?.stored} of ${runs.length * events} events are stored`);
}

async function serveBare(databaseUrl: string): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 10 });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { events }: { events: unknown[] } = JSON.parse(body.toString());
      void pool.query('INSERT INTO bare (body) VALUES ($1)', [body]).then(() => {
        const answer = JSON.stringify({ stored: events.length });
        return response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
          .end(answer);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
}
