import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patiently } from '../../../src/server/artifacts/digesting.ts';
import { openArtifactStore } from '../../../src/server/artifacts/open-store.ts';
import { ArtifactError, type ArtifactStore, type Bytes } from '../../../src/server/artifacts/store.ts';
import { startS3Stub, type S3Stub } from '../../support/s3-stub.ts';
import { makeTempDir } from '../../support/temp-dir.ts';

const MiB = 1024 * 1024;
const limit = { maxBytes: 64 * MiB };

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function* pieces(bytes: Uint8Array, size = 65_536): Bytes & AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* breakingOff(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  throw new ArtifactError('cut_off', 'the body broke off');
}

async function readAll(bytes: Bytes | null): Promise<Buffer | null> {
  if (bytes === null) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function listFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

let s3: S3Stub;
beforeAll(async () => {
  s3 = await startS3Stub({ bucket: 'evidence' });
  // Read by the AWS SDK's own chain.
  process.env['AWS_ACCESS_KEY_ID'] = s3.accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = s3.secretAccessKey;
});
afterAll(async () => {
  delete process.env['AWS_ACCESS_KEY_ID'];
  delete process.env['AWS_SECRET_ACCESS_KEY'];
  await s3[Symbol.asyncDispose]();
});

type Opened = { store: ArtifactStore; listKeys: () => Promise<string[]> } & AsyncDisposable;

async function openFile(): Promise<Opened> {
  const dir = await makeTempDir();
  return {
    store: await openArtifactStore(pathToFileURL(dir.path).href, Date.now),
    listKeys: () => listFiles(dir.path),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

async function openS3(): Promise<Opened> {
  const prefix = randomBytes(4).toString('hex');
  return {
    store: await openArtifactStore(`s3://evidence/${prefix}?region=eu-central-1&endpoint=${s3.url}`, Date.now),
    listKeys: () =>
      Promise.resolve(
        s3
          .keys()
          .filter((key) => key.startsWith(prefix))
          .map((key) => key.split('/').at(-1) ?? ''),
      ),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

describe.each([
  { name: 'a folder', open: openFile },
  { name: 'a bucket', open: openS3 },
])('$name', ({ open }) => {
  it('gives back what was put, in whole and in part, whatever its length', async () => {
    await using opened = await open();
    const { store } = opened;
    for (const size of [0, 1, 100_000, 17 * MiB + 3]) {
      const bytes = randomBytes(size);
      const sha256 = digest(bytes);
      expect(await store.head(sha256)).toBeNull();
      expect(await store.open(sha256)).toBeNull();
      expect(await store.put(sha256, pieces(bytes), limit)).toEqual({ size, isNew: true });
      expect(await store.head(sha256)).toEqual({ size });
      expect((await readAll(await store.open(sha256)))?.equals(bytes)).toBe(true);
      if (size > 10) {
        const part = await readAll(await store.open(sha256, { start: 3, end: 9 }));
        expect(part?.equals(bytes.subarray(3, 10))).toBe(true);
      }
    }
  });

  it('stores the same bytes once, however many send them at once', async () => {
    await using opened = await open();
    const bytes = randomBytes(200_000);
    const sha256 = digest(bytes);
    const results = await Promise.all(Array.from({ length: 8 }, () => opened.store.put(sha256, pieces(bytes), limit)));
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await opened.store.put(sha256, pieces(bytes), limit)).toEqual({ size: bytes.length, isNew: false });
    expect(await opened.listKeys()).toEqual([sha256]);
  });

  it.each([1000, 17 * MiB])(
    'keeps nothing of %i bytes under the digest of others, or cut off, or too many',
    async (size) => {
      await using opened = await open();
      const { store } = opened;
      const bytes = randomBytes(size);
      const other = digest(Buffer.from('other'));
      await expect(store.put(other, pieces(bytes), limit)).rejects.toMatchObject({ code: 'digest_mismatch' });
      await expect(store.put(digest(bytes), breakingOff(bytes), limit)).rejects.toMatchObject({ code: 'cut_off' });
      await expect(store.put(digest(bytes), pieces(bytes), { maxBytes: size - 1 })).rejects.toMatchObject({
        code: 'too_large',
      });
      expect(await opened.listKeys()).toEqual([]);
      expect(s3.openUploads()).toBe(0);
    },
  );

  it('checks the bytes also when they are here already', async () => {
    await using opened = await open();
    const bytes = randomBytes(1000);
    await opened.store.put(digest(bytes), pieces(bytes), limit);
    const wrong = opened.store.put(digest(bytes), pieces(randomBytes(1000)), limit);
    await expect(wrong).rejects.toMatchObject({ code: 'digest_mismatch' });
    expect((await readAll(await opened.store.open(digest(bytes))))?.equals(bytes)).toBe(true);
  });

  it('removes what is there, and what is not', async () => {
    await using opened = await open();
    const bytes = randomBytes(10);
    await opened.store.put(digest(bytes), pieces(bytes), limit);
    await opened.store.remove(digest(bytes));
    await opened.store.remove(digest(bytes));
    expect(await opened.store.head(digest(bytes))).toBeNull();
  });
});

describe('a folder', () => {
  it('loses the drafts of writers that died, and keeps those that are being written', async () => {
    await using dir = await makeTempDir();
    const drafts = join(dir.path, 'incoming');
    await mkdir(drafts);
    await writeFile(join(drafts, 'dead'), 'half');
    await writeFile(join(drafts, 'alive'), 'half');
    const longAgo = Date.now() / 1000 - 7200;
    await utimes(join(drafts, 'dead'), longAgo, longAgo);
    await openArtifactStore(pathToFileURL(dir.path).href, Date.now);
    expect(await listFiles(drafts)).toEqual(['alive']);
  });

  it('does not trust bytes that were cut where they lie: they are stored anew', async () => {
    await using dir = await makeTempDir();
    const store = await openArtifactStore(pathToFileURL(dir.path).href, Date.now);
    const bytes = randomBytes(1000);
    const sha256 = digest(bytes);
    await store.put(sha256, pieces(bytes), limit);
    await writeFile(join(dir.path, sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'cut');
    await expect(store.put(sha256, pieces(bytes), limit)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await store.put(sha256, pieces(bytes), limit)).toEqual({ size: 1000, isNew: true });
  });

  it('says that a full disk is full, and leaves no debris on it', async (context) => {
    await using dir = await makeTempDir();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir.path], { stdio: 'ignore' });
    } catch {
      context.skip('mounting a small tmpfs needs root and CAP_SYS_ADMIN');
    }
    try {
      const store = await openArtifactStore(pathToFileURL(dir.path).href, Date.now);
      const small = randomBytes(100_000);
      const large = randomBytes(3 * MiB);
      await expect(store.put(digest(large), pieces(large), limit)).rejects.toMatchObject({
        code: 'insufficient_storage',
      });
      expect(await listFiles(dir.path)).toEqual([]);
      expect(await store.put(digest(small), pieces(small), limit)).toEqual({ size: small.length, isNew: true });
    } finally {
      execFileSync('umount', [dir.path]);
    }
  });
});

describe('a bucket', () => {
  it('is spoken to with signatures, checksums and conditions, in parts where it is large', async () => {
    await using opened = await openS3();
    const bytes = randomBytes(17 * MiB);
    await opened.store.put(digest(bytes), pieces(bytes), limit);
    expect(s3.faults).toEqual([]);
    expect(s3.seen).toEqual(
      expect.arrayContaining(['CreateMultipartUpload', 'UploadPart crc', 'CompleteMultipartUpload if-none-match']),
    );
  });

  it('that fails is said to be unavailable, without addresses or credentials', async () => {
    await using opened = await openS3();
    s3.failNext(9);
    const error: unknown = await opened.store.head(digest(Buffer.from('x'))).catch((thrown: unknown) => thrown);
    s3.failNext(0);
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(String(error)).not.toMatch(/http|Signature|AKIA/);
  });

  it.runIf(process.platform === 'linux')('that can never be made is told at the start', async () => {
    const error: unknown = await openArtifactStore('file:///proc/nope/here', Date.now).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(String(error)).toContain('/proc/nope/here can');
  });

  it('that is not there is told at the start', async () => {
    const uri = `s3://missing-bucket?region=eu-central-1&endpoint=${s3.url}`;
    await expect(openArtifactStore(uri, Date.now)).rejects.toBeInstanceOf(ArtifactError);
  });
});

describe('the address of a store', () => {
  it.each([
    ['nonsense', 'no address'],
    ['http://bucket/x', 'no store'],
    ['file://host/x', 'no host'],
    ['s3://AKIA:secret@bucket', 'credentials'],
    ['s3://bucket?secret=1', 'no parameter'],
    ['s3://b', 'no bucket name'],
    ['s3://bucket?forcePathStyle=maybe', 'true or false'],
    ['s3://bucket?endpoint=ftp://x', 'endpoint'],
    ['s3://bucket?endpoint=http://[x', 'endpoint'],
    ['s3://bucket?endpoint=http://user:secret@x', 'endpoint'],
    ['s3://bucket/%zz', 'percent-encoding'],
    ['file:///srv/%zz', 'percent-encoding'],
    ['file:///srv/a%2fb', 'percent-encoding'],
  ])('%s is refused: %s', async (uri, words) => {
    const error: unknown = await openArtifactStore(uri, Date.now).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'misconfigured' });
    expect(String(error)).toContain(words);
    expect(String(error)).not.toContain('secret@');
  });
});

describe('a body that comes slowly', () => {
  const bytes = Buffer.alloc(10);

  it('is given up when nothing comes at all', async () => {
    let isClosed = false;
    const silent: Bytes = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        return: () => {
          isClosed = true;
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    const reading = readAll(patiently(silent, () => 0, { idleMs: 1, graceMs: 1000, bytesPerMs: 1 }));
    await expect(reading).rejects.toMatchObject({ code: 'request_timeout' });
    expect(isClosed).toBe(true);
  });

  it('is given up when it trickles for longer than its bytes are worth', async () => {
    let clock = 0;
    async function* trickle(): AsyncGenerator<Uint8Array> {
      for (;;) {
        clock += 900;
        yield bytes;
      }
    }
    const patience = { idleMs: 60_000, graceMs: 5000, bytesPerMs: 1 };
    await expect(readAll(patiently(trickle(), () => clock, patience))).rejects.toMatchObject({
      code: 'request_timeout',
    });
    expect(clock).toBeLessThan(10_000);
  });
});
