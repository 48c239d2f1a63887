import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RawUpload, toTimeLimit, uploadRaw } from '../../../src/publish/github/upload.ts';
import { type ArtifactService, startArtifactService } from '../../support/artifact-service.ts';

const bytes = Buffer.from('{"sealed":true}');
const digest = createHash('sha256').update(bytes).digest('hex');
let dir: string;
let service: ArtifactService;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quoderat-test-'));
  service = await startArtifactService();
  vi.stubEnv('GITHUB_SERVER_URL', 'https://github.com');
  for (const [name, value] of Object.entries(service.env)) vi.stubEnv(name, value);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await service[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

describe('uploadRaw', () => {
  it('uploads the very bytes under the given name, with the digest of the file', async () => {
    const artifact = await uploadRaw(await makeUpload());
    expect(artifact).toMatchObject({ name: 'release-1.quoderat.json', sha256: digest, sizeBytes: bytes.length });
    expect(service.artifacts).toMatchObject([
      { id: artifact.id, name: 'release-1.quoderat.json', mimeType: 'application/json', sha256: digest },
    ]);
    expect(service.artifacts[0]?.bytes.equals(bytes)).toBe(true);
  });

  it('tries a taken name once more with a suffix', async () => {
    service.take('release-1.quoderat.json');
    const artifact = await uploadRaw(await makeUpload());
    expect(artifact.name).toMatch(/^release-1-[0-9a-f]{6}\.quoderat\.json$/);
    expect(service.artifacts.map((stored) => stored.name)).toEqual([artifact.name]);
  });

  it('asks for the retention that was wanted', async () => {
    await uploadRaw({ ...(await makeUpload()), retentionDays: 7 });
    const days = (Date.parse(service.artifacts[0]?.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(7);
  });

  it('tells other bytes than were sealed from a success', async () => {
    const upload = { ...(await makeUpload()), sha256: '0'.repeat(64) };
    await expect(uploadRaw(upload)).rejects.toMatchObject({ code: 'changed' });
  });

  it('gives up when the service hangs', async () => {
    service.fail('CreateArtifact', { kind: 'hang' });
    const upload = { ...(await makeUpload()), giveUp: AbortSignal.timeout(300) };
    await expect(uploadRaw(upload)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('reports a refusal without the token', async () => {
    service.fail('CreateArtifact', {
      kind: 'status',
      status: 403,
      message: `no access for ${service.env.ACTIONS_RUNTIME_TOKEN}`,
      times: 1,
    });
    const error: unknown = await uploadRaw(await makeUpload()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'failed' });
    expect(String(error)).toContain('403');
    expect(String(error)).not.toContain(service.env.ACTIONS_RUNTIME_TOKEN.slice(0, 20));
  });

  it('leaves no copy behind, whatever happens', async () => {
    service.fail('FinalizeArtifact', { kind: 'status', status: 400, message: 'no', times: 9 });
    await expect(uploadRaw(await makeUpload())).rejects.toMatchObject({ code: 'failed' });
    expect(await readdir(dir)).toEqual(['envelope.json']);
  });
});

describe('toTimeLimit', () => {
  it('is at least a minute', async () => {
    const { path } = await makeUpload();
    expect(await toTimeLimit(path)).toBeGreaterThanOrEqual(60_000);
  });
});

async function makeUpload(): Promise<RawUpload> {
  const path = join(dir, 'envelope.json');
  await writeFile(path, bytes);
  return {
    path,
    stem: 'release-1',
    extension: '.quoderat.json',
    sha256: digest,
    tempDir: dir,
    giveUp: AbortSignal.timeout(20_000),
  };
}
