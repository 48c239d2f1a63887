import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256 } from '../../../src/lib/hash.ts';
import { apiError } from '../../../src/schema/api.ts';
import { startTestCluster, type TestCluster } from '../../support/database.ts';
import { startS3Stub } from '../../support/s3-stub.ts';
import { makeTempDir } from '../../support/temp-dir.ts';
import { startFreshServer, type TestServer } from '../harness.ts';

let cluster: TestCluster;
beforeAll(async () => void (cluster = await startTestCluster()));
afterAll(() => cluster[Symbol.asyncDispose]());

async function put(server: TestServer, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
  return server.ask('worker', `/v1/artifacts/sha256/${sha256(bytes)}`, { method: 'PUT', body: bytes });
}

it('a full disk is answered as 507, and the server goes on', async (context) => {
  await using dir = await makeTempDir();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir.path], { stdio: 'ignore' });
  } catch {
    context.skip('mounting a small tmpfs needs root and CAP_SYS_ADMIN');
  }
  try {
    await using server = await startFreshServer(cluster, { env: { ARTIFACT_STORE_URI: pathToFileURL(dir.path).href } });
    // The answer may overtake the body; undici then sees a connection that was closed under it.
    const large = await put(server, new Uint8Array(randomBytes(3_000_000))).catch(() => null);
    if (large !== null) {
      expect(large.status).toBe(507);
      expect(apiError.parse(await large.json()).error).toMatchObject({ code: 'insufficient_storage', retryable: true });
    }
    expect(server.logged.join('')).toContain('"status":507');
    expect((await put(server, new Uint8Array(randomBytes(50_000)))).status).toBe(201);
  } finally {
    execFileSync('umount', [dir.path]);
  }
});

it('a bucket that fails is answered as 503 with a time to come again, and without its address', async () => {
  await using s3 = await startS3Stub({ bucket: 'evidence' });
  process.env['AWS_ACCESS_KEY_ID'] = s3.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = s3.secretAccessKey;
  try {
    const uri = `s3://evidence/team?region=eu-central-1&endpoint=${s3.url}`;
    await using server = await startFreshServer(cluster, { env: { ARTIFACT_STORE_URI: uri } });
    const bytes = new Uint8Array(randomBytes(1000));
    expect((await put(server, bytes)).status).toBe(201);
    const path = `/v1/artifacts/sha256/${sha256(bytes)}`;
    const part = await server.ask('worker', path, { headers: { range: 'bytes=10-19' } });
    expect(Buffer.from(await part.arrayBuffer()).equals(Buffer.from(bytes.subarray(10, 20)))).toBe(true);
    s3.failNext(20);
    const failed = await server.ask('worker', path);
    expect([failed.status, failed.headers.get('retry-after')]).toEqual([503, '5']);
    const text = await failed.text();
    expect(apiError.parse(JSON.parse(text)).error.code).toBe('unavailable');
    expect(text).not.toMatch(/evidence|127\.0\.0\.1|SlowDown/);
    s3.failNext(0);
    expect((await server.ask('worker', path)).status).toBe(200);
    expect(s3.faults).toEqual([]);
  } finally {
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
  }
});
