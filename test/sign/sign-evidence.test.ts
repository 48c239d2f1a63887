import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type SignEvidenceOptions, signEvidence } from '../../src/sign-evidence.ts';
import { toSigningStatement } from '../../src/sign/statement.ts';
import { makeToken, startSigstore, workflow } from '../support/sigstore.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { askAbout, sample } from './signed-sample.ts';

const sigstore = await startSigstore();
const overrides = { fulcioUrl: sigstore.url, rekorUrl: sigstore.url };
afterEach(() => sigstore.faults.clear());

async function signAt(dir: string, more: Partial<SignEvidenceOptions> = {}): ReturnType<typeof signEvidence> {
  const envelopePath = more.envelopePath ?? join(dir, 'envelope.json');
  await writeFile(envelopePath, sample.bytes);
  return signEvidence({
    envelopePath,
    envelope: sample.envelope,
    envelopeSha256: sample.sha256,
    mode: 'always',
    getToken: () => Promise.resolve(makeToken()),
    env: {},
    overrides,
    signal: new AbortController().signal,
    now: () => Date.UTC(2026, 10, 21),
    retries: 0,
    ...more,
  });
}

describe('signing evidence', () => {
  it('keeps a bundle beside the envelope that a verifier accepts', async () => {
    await using dir = await makeTempDir();
    const signing = await signAt(dir.path);
    expect(signing).toMatchObject({ state: 'signed', isNew: true, identity: workflow, instance: 'own' });
    const bundle = await readFile(join(dir.path, 'envelope.sigstore.json'));
    expect((await askAbout(bundle, sigstore.trustedRoot())).answer).toBe('yes');
    expect((await readdir(dir.path)).toSorted()).toEqual(['envelope.json', 'envelope.sigstore.json']);
  });

  it('names the bundle of a downloaded envelope after it', async () => {
    await using dir = await makeTempDir();
    const signing = await signAt(dir.path, { envelopePath: join(dir.path, 'release-7.quoderat.json') });
    expect(signing).toMatchObject({ bundlePath: join(dir.path, 'release-7.quoderat.sigstore.json') });
  });

  it('says in the folder what failed and how to finish, and takes that away once it is signed', async () => {
    await using dir = await makeTempDir();
    sigstore.faults.set('/api/v1/log/entries', { status: 502 });
    expect(await signAt(dir.path)).toMatchObject({ state: 'failed', code: 'log_unavailable' });
    const mark = JSON.parse(await readFile(join(dir.path, 'signing-pending.json'), 'utf8'));
    expect(mark).toEqual({
      state: 'failed',
      code: 'log_unavailable',
      reason: expect.stringContaining('HTTP 502'),
      at: '2026-11-21T00:00:00.000Z',
      finish: 'quoderat sign <this folder>',
    });
    sigstore.faults.clear();
    expect(await signAt(dir.path)).toMatchObject({ state: 'signed', isNew: true });
    await expect(access(join(dir.path, 'signing-pending.json'))).rejects.toThrow('ENOENT');
  });

  it('leaves a signature that is there as it is, and asks nobody', async () => {
    await using dir = await makeTempDir();
    await signAt(dir.path);
    const before = await readFile(join(dir.path, 'envelope.sigstore.json'));
    sigstore.requests.length = 0;
    const again = await signAt(dir.path, { getToken: () => Promise.reject(new Error('not to be asked')) });
    expect(again).toMatchObject({ state: 'signed', isNew: false, identity: workflow, instance: 'own' });
    expect(sigstore.requests).toEqual([]);
    expect((await readFile(join(dir.path, 'envelope.sigstore.json'))).equals(before)).toBe(true);
  });

  it('overwrites nothing that it did not make: no other signature, no noise, no folder', async () => {
    await using dir = await makeTempDir();
    await signAt(dir.path);
    const other = await signAt(dir.path, { envelopeSha256: '0'.repeat(64) });
    expect(other).toMatchObject({ state: 'failed', code: 'other_signature' });
    await writeFile(join(dir.path, 'envelope.sigstore.json'), 'noise');
    expect(await signAt(dir.path)).toMatchObject({
      code: 'other_signature',
      reason: expect.stringContaining('remove'),
    });
    await using another = await makeTempDir();
    await mkdir(join(another.path, 'envelope.sigstore.json'));
    expect(await signAt(another.path)).toMatchObject({ state: 'failed', code: 'other_signature' });
  });

  it('tells where the bundle cannot be written', async () => {
    await using dir = await makeTempDir();
    await mkdir(join(dir.path, 'envelope.sigstore.json.tmp'));
    expect(await signAt(dir.path)).toMatchObject({ state: 'failed', code: 'not_written' });
  });

  it('does not make a private project known where nobody insisted', async () => {
    await using dir = await makeTempDir();
    sigstore.requests.length = 0;
    const getToken = (): Promise<string> => Promise.resolve(makeToken({ project_visibility: 'private' }));
    const signing = await signAt(dir.path, { mode: 'auto', overrides: {}, getToken });
    expect(signing).toMatchObject({ state: 'not_asked', why: expect.stringContaining('public log') });
    expect(await readdir(dir.path)).toEqual(['envelope.json']);
  });

  it('names at most 1,024 subjects, the commit and the envelope first', () => {
    const [artifact] = sample.envelope.artifacts;
    if (artifact === undefined) throw new Error('the sample has no artifact');
    const artifacts = Array.from({ length: 3000 }, (_, index) => ({ ...artifact, id: `a/${index}` }));
    const { subject } = JSON.parse(toSigningStatement({ ...sample.envelope, artifacts }, sample.sha256).toString());
    expect(subject).toHaveLength(1024);
    expect(subject[0].digest).toEqual({ gitCommit: sample.envelope.subject.id });
    expect(subject[1]).toEqual({ name: 'envelope.json', digest: { sha256: sample.sha256 } });
    const workspace = { ...sample.envelope, subject: { ...sample.envelope.subject, id: null }, artifacts };
    expect(JSON.parse(toSigningStatement(workspace, sample.sha256).toString()).subject).toHaveLength(1024);
  });
});
