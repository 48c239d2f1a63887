import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hex } from '../../record/sample-run.ts';
import { startTestCluster, type TestCluster } from '../../support/database.ts';
import { makeTempDir } from '../../support/temp-dir.ts';

const MiB = 1024 * 1024;

let cluster: TestCluster;
beforeAll(async () => void (cluster = await startTestCluster()));
afterAll(() => cluster[Symbol.asyncDispose]());

/** The most memory that a process has had resident, of the kernel's own count. */
async function readPeak(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

it('takes an artifact of 1 GiB, and gives its end back, in memory that does not grow with it', async () => {
  await using dir = await makeTempDir();
  const list = join(dir.path, 'tokens');
  await writeFile(list, `worker ${hex('token')} write,read\n`);
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../serve-child.ts')], {
    cwd: dir.path,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], DATABASE_URL: await cluster.makeDatabase(), QUODERAT_TOKENS_FILE: list },
  });
  try {
    const lines = createInterface({ input: child.stdout });
    const { value: url } = await lines[Symbol.asyncIterator]().next();
    const block = randomBytes(MiB);
    const hash = createHash('sha256');
    for (let count = 0; count < 1024; count += 1) hash.update(block);
    const address = `${url}/v1/artifacts/sha256/${hash.digest('hex')}`;
    const headers = { authorization: 'Bearer token' };
    const before = await readPeak(child.pid);

    const put = request(address, { method: 'PUT', headers });
    const answered = new Promise<IncomingMessage>((resolve, reject) => put.on('response', resolve).on('error', reject));
    await pipeline(Readable.from(Array.from({ length: 1024 }, () => block)), put);
    const answer = await answered;
    expect([answer.statusCode, JSON.parse(await text(answer))]).toMatchObject([201, { size_bytes: 1024 * MiB }]);

    const got = await fetch(address, { headers: { ...headers, range: `bytes=${960 * MiB}-` } });
    let size = 0;
    for await (const chunk of got.body ?? []) size += chunk.length;
    expect([got.status, size]).toEqual([206, 64 * MiB]);

    const grown = (await readPeak(child.pid)) - before;
    expect(grown).toBeLessThan(160 * MiB);
  } finally {
    child.stdin.end();
    await once(child, 'exit');
  }
}, 60_000);
