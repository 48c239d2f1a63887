import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/lib/limits.ts';
import {
  type ArtifactSource,
  type ListedArtifact,
  makeRunArtifacts,
  toEnvelopeArtifacts,
} from '../../../src/publish/github/artifacts-list.ts';
import { downloadFile } from '../../../src/publish/github/download.ts';
import { unzipOnly } from '../../../src/publish/github/unzip.ts';
import { type ArtifactService, startArtifactService } from '../../support/artifact-service.ts';
import { makeZip } from '../../support/zip.ts';

let service: ArtifactService;
const patience = new AbortController().signal;
const bytes = Buffer.from('{"sealed":true}');
const plain = { name: 'a.json', content: bytes };

beforeAll(async () => {
  service = await startArtifactService();
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const source = (): ArtifactSource => makeRunArtifacts(service.env, patience);

/** Uploads under a name of its own and downloads again as the collector would. */
let serial = 0;
async function roundTrip(content: Buffer, shownDigest?: string | null): Promise<Buffer> {
  serial += 1;
  const name = `leg-${serial}.quoderat.json`;
  service.put(name, content, shownDigest);
  const from = source();
  const listed = (await from.list()).find((artifact) => artifact.name === name);
  return downloadFile(from, listed ?? unlisted, patience);
}
const unlisted: ListedArtifact = { id: '0', name: 'not listed', sizeBytes: 0, sha256: null };

describe('the artifacts of the run that is going on', () => {
  it('are listed with their digests, whichever job uploaded them, and none when there is none', async () => {
    await using fresh = await startArtifactService();
    const from = makeRunArtifacts(fresh.env, patience);
    expect(await from.list()).toEqual([]);
    const put = fresh.put('leg.quoderat.json', bytes);
    fresh.put('leg.quoderat.tar.gz', bytes);
    const listed = await from.list();
    expect(toEnvelopeArtifacts(listed)).toEqual([
      {
        id: String(put.id),
        name: 'leg.quoderat.json',
        sizeBytes: bytes.length,
        sha256: put.sha256,
        backendJobId: put.jobId,
      },
    ]);
  });

  it('are nowhere to be had where there is no such service', () => {
    expect(() => makeRunArtifacts({}, patience)).toThrow(/no artifact service \(ACTIONS_RUNTIME_TOKEN/);
    const onServer = { ...service.env, GITHUB_SERVER_URL: 'https://github.acme.example' };
    expect(() => makeRunArtifacts(onServer, patience)).toThrow(/github.acme.example has no artifact service/);
    const token = `x.${Buffer.from('{"scp":"Actions.Other:1"}').toString('base64url')}.y`;
    expect(() => makeRunArtifacts({ ...service.env, ACTIONS_RUNTIME_TOKEN: token }, patience)).toThrow(
      /does not name its run/,
    );
  });

  it('are given as they are', async () => {
    expect(await roundTrip(bytes)).toEqual(bytes);
    expect(await roundTrip(bytes, null)).toEqual(bytes);
  });

  it('are asked for again when the service could not answer just now', async () => {
    for (const method of ['ListArtifacts', 'GetSignedArtifactURL', 'GetBlob'] as const)
      service.fail(method, { kind: 'status', status: 503, message: 'not now', times: 1 });
    expect(await roundTrip(bytes)).toEqual(bytes);
  });

  it('say in one line what did not work, without the token or a signed address', async () => {
    service.fail('ListArtifacts', {
      kind: 'status',
      status: 403,
      message: service.env.ACTIONS_RUNTIME_TOKEN,
      times: 9,
    });
    await expect(source().list()).rejects.toThrow(/^the artifact service would not do ListArtifacts: status 403$/);
    service.recover();
    service.fail('GetBlob', { kind: 'status', status: 500, message: 'broken', times: 9 });
    const failure = await roundTrip(bytes).catch((error: unknown) => String(error));
    service.recover();
    expect(failure).toMatch(/could not be downloaded: the store of the artifacts answered with status 500$/);
    for (const sig of service.signatures) expect(failure).not.toContain(sig);
  });

  it('are refused when they are not what the list shows the digest of', async () => {
    await expect(roundTrip(bytes, `sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({ code: 'changed' });
  });

  it('are given up when the time is over', async () => {
    service.fail('GetBlob', { kind: 'hang' });
    const giveUp = new AbortController();
    service.put('hanging.quoderat.json', bytes);
    const from = source();
    const listed = (await from.list()).find(({ name }) => name === 'hanging.quoderat.json') ?? unlisted;
    const asked = downloadFile(from, listed, giveUp.signal);
    asked.catch(() => {});
    await service.untilRequested('GetBlob');
    giveUp.abort();
    await expect(asked).rejects.toMatchObject({ code: 'timeout' });
    service.recover();
  });
});

describe('a stranger’s bytes', () => {
  it('are refused before they are asked for when the list says that they are too many', async () => {
    const large = { ...unlisted, sizeBytes: limits.memberBytes + 1 };
    await expect(downloadFile(source(), large, patience)).rejects.toMatchObject({ code: 'too_large' });
  });

  it('are cut off when they are more than the list says', async () => {
    let sent = 0;
    const server = createServer((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && sent < 4 * limits.memberBytes) {
          sent += 1024 * 1024;
          if (!response.write(Buffer.alloc(1024 * 1024))) {
            response.once('drain', more);
            return;
          }
        }
        response.end();
      };
      more();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const endless = { locate: () => Promise.resolve(`http://127.0.0.1:${port}/`) };
    await expect(downloadFile(endless, unlisted, patience)).rejects.toMatchObject({ code: 'too_large' });
    expect(sent).toBeLessThan(2 * limits.memberBytes);
    server.closeAllConnections();
    server.close();
  });

  it.each(['http://blob.example/', 'file:///etc/passwd', 'gopher://127.0.0.1/', ''])(
    'are not asked for at %j',
    async (address) => {
      const elsewhere = { locate: () => Promise.resolve(address) };
      await expect(downloadFile(elsewhere, unlisted, patience)).rejects.toThrow(/no address to download/);
    },
  );

  it('may be a zip of one file, whose digest is that of the zip', async () => {
    expect(await roundTrip(makeZip([plain]))).toEqual(bytes);
    expect(await roundTrip(makeZip([{ ...plain, method: 'store' }]))).toEqual(bytes);
    // Windows and GitHub's own zips give no Unix mode.
    expect(await roundTrip(makeZip([{ ...plain, mode: 0 }]))).toEqual(bytes);
  });

  it.each([
    ['nothing', () => makeZip([]), /holds 0 files/],
    ['two files', () => makeZip([plain, { ...plain, name: 'b.json' }]), /holds 2 files/],
    [
      'many files',
      () =>
        makeZip(
          Array.from({ length: 5000 }, (_, i) => ({
            name: String(i),
            content: Buffer.alloc(0),
            method: 'store' as const,
          })),
        ),
      /holds 5000 files/,
    ],
    [
      'a name that leads out of its folder',
      () => makeZip([{ ...plain, name: '../../etc/passwd' }]),
      /zip can't be read/,
    ],
    ['an absolute name', () => makeZip([{ ...plain, name: '/etc/passwd' }]), /zip can't be read/],
    ['a name of Windows', () => makeZip([{ ...plain, name: 'C:\\Windows\\x' }]), /zip can't be read/],
    [
      'a symbolic link',
      () => makeZip([{ ...plain, content: Buffer.from('/etc/passwd'), mode: 0o120777 }]),
      /no plain file/,
    ],
    ['a device', () => makeZip([{ ...plain, mode: 0o020666 }]), /no plain file/],
    ['a folder', () => makeZip([{ name: 'a/', content: Buffer.alloc(0), method: 'store' as const }]), /no plain file/],
    ['something encrypted', () => makeZip([{ ...plain, flags: 1 }]), /encrypted/],
    ['half an archive', () => makeZip([plain]).subarray(0, 30), /zip can't be read/],
  ])('are refused when they are a zip with %s', async (_what, make, words) => {
    await expect(roundTrip(make())).rejects.toThrow(words);
  });

  it.each([
    ['says so', undefined, /more than 1000000 bytes/],
    ['denies it', 10, /zip can't be read|more than/],
  ])('are refused when they are a zip bomb that %s', async (_what, claimedSize, words) => {
    const bomb = { ...plain, content: Buffer.alloc(8_000_000), ...(claimedSize !== undefined && { claimedSize }) };
    await expect(unzipOnly(makeZip([bomb]), 1_000_000)).rejects.toThrow(words);
  });
});
