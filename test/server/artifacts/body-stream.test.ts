import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { makeDeferred } from '../../../src/lib/deferred.ts';
import { sha256 } from '../../../src/lib/hash.ts';
import { makeBodyStream } from '../../../src/server/artifacts/body-stream.ts';
import { makeFileStore } from '../../../src/server/artifacts/file-store.ts';
import type { ArtifactStore } from '../../../src/server/artifacts/store.ts';
import { makeBundle } from '../../../src/server/evidence/bundle.ts';
import { foldEvents } from '../../../src/record/fold.ts';
import { sealRecord } from '../../../src/seal/seal.ts';
import { makeTempDir } from '../../support/temp-dir.ts';
import { makeSampleRun } from '../harness.ts';

/** Pieces without end; `closed` resolves when whoever reads them lets go. */
function makeEndless(size: number): { bytes: AsyncGenerator<Uint8Array>; closed: Promise<void>; pulled: () => number } {
  const closed = makeDeferred();
  let pulled = 0;
  async function* generate(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        pulled += 1;
        yield randomBytes(size);
      }
    } finally {
      closed.resolve();
    }
  }
  return { bytes: generate(), closed: closed.promise, pulled: () => pulled };
}

it('reads no more than its reader takes, and lets go when the reader leaves', async () => {
  const endless = makeEndless(1000);
  const reader = makeBodyStream(endless.bytes).getReader();
  await reader.read();
  await reader.read();
  expect(endless.pulled()).toBeLessThanOrEqual(3);
  await reader.cancel();
  await endless.closed;
});

it('cuts a reader that takes nothing, and lets go of what it held', async () => {
  const endless = makeEndless(1000);
  const reader = makeBodyStream(endless.bytes, 1).getReader();
  await reader.read();
  await endless.closed;
  await expect(reader.read().then(() => reader.read())).rejects.toThrow('took nothing');
});

it('lets go of the artifact that a bundle was reading when its reader leaves', async () => {
  const { envelope, bytes: envelopeBytes } = await sealSample(makeSampleRun());
  const endless = makeEndless(64 * 1024);
  const store: ArtifactStore = {
    name: 'endless',
    head: (digest) => Promise.resolve(digest === sha256('') ? { size: 0 } : { size: 8 * 1024 ** 3 }),
    open: () => Promise.resolve(endless.bytes),
    put: () => Promise.reject(new Error('not asked')),
    remove: () => Promise.resolve(),
    tidy: () => Promise.resolve(),
  };
  const reader = makeBodyStream(makeBundle({ envelope, envelopeBytes, attestation: null }, store)).getReader();
  await reader.read();
  await reader.read();
  await reader.cancel();
  await endless.closed;
  expect(endless.pulled()).toBeLessThan(1000);
});

it('lets go of files of which nobody reads a byte', async () => {
  await using dir = await makeTempDir();
  const run = makeSampleRun();
  const store = makeFileStore(dir.path, Date.now);
  for (const bytes of run.files) await store.put(sha256(bytes), Readable.from([bytes]), { maxBytes: 1000 });
  const opened: Readable[] = [];
  const watched: ArtifactStore = {
    ...store,
    async open(digest) {
      const bytes = await store.open(digest);
      if (bytes instanceof Readable) opened.push(bytes);
      return bytes;
    },
  };
  // Empty ones among them.
  const { envelope, bytes: envelopeBytes } = await sealSample(run);
  for await (const _chunk of makeBundle({ envelope, envelopeBytes, attestation: null }, watched));
  const digest = sha256(run.files.find(({ length }) => length > 0) ?? '');
  // The connection was gone when its answer was ready.
  const bytes = await watched.open(digest);
  if (bytes === null) throw new Error('it was stored');
  await makeBodyStream(bytes).cancel();
  expect(opened.length).toBeGreaterThan(2);
  for (const stream of opened) if (!stream.closed) await once(stream, 'close');
});

async function sealSample({ events }: ReturnType<typeof makeSampleRun>): ReturnType<typeof sealRecord> {
  return sealRecord({
    record: foldEvents(events),
    evidenceId: '019aa5c1-7d00-7000-8000-0000000000e1',
    sealedAt: '2026-11-21T09:30:00.000Z',
    producer: { name: 'quoderat', version: '0', component: 'server' },
    claims: { mechanical: [], no_claims: [] },
  });
}
