import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchAnswer } from '../../src/schema/api.ts';
import { claimDataFolder, isAlive } from '../../src/server/embedded/claim-folder.ts';
import { makeDeferred } from '../../src/lib/deferred.ts';
import { startTestCluster, type TestCluster } from '../support/database.ts';
import { createTestRun, makeOutputs, readStream, send, toSeqs } from '../support/run-requests.ts';
import { type ServerProcess, startServer, startServerProcess } from '../support/server.ts';
import { makeTempDir } from '../support/temp-dir.ts';

/** Real processes that are killed in the middle: what was acknowledged is there, once, afterwards. */
let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

const batchSize = 20;

/** A worker as careful as it must be: it sends a batch until one of its servers acknowledges it. */
function startWorker(runId: string, toUrls: () => string[]) {
  const stopping = new AbortController();
  let acked = 0;
  const waiting = new Set<() => void>();
  const work = async (): Promise<void> => {
    for (let tries = 0; !stopping.signal.aborted && tries < 20_000; tries += 1) {
      const url = toUrls()[tries % toUrls().length] ?? '';
      // Behind what was acknowledged, too: an answer may have been lost.
      const from = Math.max(1, acked - batchSize / 2);
      const answer = await send(url, runId, makeOutputs(runId, from, from + batchSize)).catch(() => null);
      if (answer?.status === 200) acked = batchAnswer.parse(answer.body).acked_seq;
      else await new Promise(setImmediate);
      for (const look of waiting) look();
    }
  };
  const done = work();
  return {
    acked: () => acked,
    reach: (seq: number) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (acked >= seq) resolve();
        };
        waiting.add(look);
        look();
      }),
    async stop() {
      stopping.abort();
      await done;
      return acked;
    },
  };
}

describe('what was acknowledged', () => {
  it('outlives kill -9 of the server that said so, while a worker goes on with another', async () => {
    const databaseUrl = await cluster.makeDatabase();
    await using one = await startServerProcess({ databaseUrl });
    await using other = await startServerProcess({ databaseUrl });
    await using reader = await startServer(databaseUrl);
    const runId = await createTestRun(one.url);
    let urls = [one.url, other.url];
    const worker = startWorker(runId, () => urls);
    await worker.reach(200);
    const reading = readStream(reader.url, runId, {
      until: (line) => 'event' in line && line.event.seq >= 600,
    });
    expect(await one.end('SIGKILL')).toBe(null);
    urls = [other.url];
    await worker.reach(600);
    const acked = await worker.stop();
    await assertWhole(reader.url, runId, acked);
    const followed = await reading;
    expect(followed.map(({ server_seq }) => server_seq)).toEqual(toNumbers(1, followed.length));
  });

  it('outlives kill -9 of PostgreSQL, and streams go on by themselves', async () => {
    const databaseUrl = await cluster.makeDatabase();
    await using server = await startServer(databaseUrl);
    const runId = await createTestRun(server.url);
    const worker = startWorker(runId, () => [server.url]);
    await worker.reach(200);
    const before = worker.acked();
    const isReading = makeDeferred();
    const reading = readStream(server.url, runId, {
      until(line) {
        isReading.resolve();
        return 'event' in line && line.event.seq >= before + 400;
      },
    });
    await isReading.promise;
    await cluster.crash();
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await cluster.restart();
    await worker.reach(before + 400);
    const acked = await worker.stop();
    await assertWhole(server.url, runId, acked);
    const followed = await reading;
    expect(toSeqs(followed).slice(0, before)).toEqual(toNumbers(1, before));
    expect(followed.map(({ server_seq }) => server_seq)).toEqual(toNumbers(1, followed.length));
  });
});

describe('quoderat serve with nothing configured', () => {
  it('keeps its database over kill -9 of itself and its database, and over a drain', async () => {
    await using dir = await makeTempDir();
    await chmod(dir.path, 0o755);
    const dataDir = join(dir.path, 'data');
    const start = (): Promise<ServerProcess> => startServerProcess({ dataDir });
    await using first = await start();
    const token = (await readFile(join(dataDir, 'admin-token'), 'utf8')).trim();
    expect(first.said()).not.toContain(token);
    expect(first.said()).toContain('admin-token');
    for (const file of ['admin-token', 'tokens', 'database-password'])
      expect((await stat(join(dataDir, file))).mode & 0o777).toBe(0o600);
    const runs = async (url: string): Promise<number> =>
      (await fetch(`${url}/v1/runs`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await runs(first.url)).toBe(200);

    /** NaN while there is none that takes connections. */
    const readPostmaster = async (): Promise<number> => {
      const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
      return text.trimEnd().endsWith('ready') ? Number.parseInt(text) : Number.NaN;
    };
    const postmaster = await readPostmaster();
    await expect(claimDataFolder(dataDir)).rejects.toThrow(`another quoderat serve (process ${first.pid}) uses`);
    await first.end('SIGKILL');
    // Its database runs on, without anyone.
    expect(isAlive(postmaster)).toBe(true);
    await using second = await start();
    expect(isAlive(postmaster)).toBe(false);
    expect(await runs(second.url)).toBe(200);
    expect(second.said()).not.toContain('migrations');

    const killed = await readPostmaster();
    process.kill(killed, 'SIGKILL');
    // For a moment what it had forked still answers.
    while ([killed, Number.NaN].includes(await readPostmaster()) || (await runs(second.url)) !== 200)
      await new Promise(setImmediate);
    expect(second.said()).toContain('it is started again');
    expect(await second.end('SIGTERM')).toBe(0);
    await expect(stat(join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');
    await expect(stat(join(dataDir, 'server.lock'))).rejects.toThrow('ENOENT');
  });
});

async function assertWhole(url: string, runId: string, acked: number): Promise<void> {
  const lines = await readStream(url, runId);
  expect(lines.map(({ server_seq }) => server_seq)).toEqual(toNumbers(1, lines.length));
  const seqs = toSeqs(lines);
  expect(new Set(seqs).size).toBe(seqs.length);
  expect(seqs.filter((seq) => seq <= acked).toSorted((a, b) => a - b)).toEqual(toNumbers(1, acked));
}

function toNumbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
