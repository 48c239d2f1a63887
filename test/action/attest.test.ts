import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Attestation, attestEvidence, type AttestOptions } from '../../src/action/attest.ts';
import { askAbout, sample } from '../sign/signed-sample.ts';
import { makeToken, startSigstore, workflow } from '../support/sigstore.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const github = await startSigstore();
const attestations = '/repos/acme/shop/attestations';
const env: Record<string, string> = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_API_URL: github.url,
  GITHUB_REPOSITORY: 'acme/shop',
  ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/oidc?api-version=2.0`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer-of-the-job',
};
const token = makeToken({ repository_visibility: 'public' });
const notices: string[] = [];
let dir: Awaited<ReturnType<typeof makeTempDir>>;

beforeEach(async () => {
  dir = await makeTempDir();
  await writeFile(join(dir.path, 'envelope.json'), sample.bytes);
  github.faults.clear();
  github.requests.length = 0;
  notices.length = 0;
  github.answers.set('/oidc', () => ({ status: 200, body: JSON.stringify({ value: token }) }));
  github.answers.set(attestations, () => ({ status: 201, body: '{"id":7}' }));
});
afterEach(() => dir[Symbol.asyncDispose]());

function attest(more: Partial<AttestOptions> = {}): Promise<Attestation> {
  const { envelope, sha256 } = sample;
  return attestEvidence({
    evidence: { envelopePath: join(dir.path, 'envelope.json'), envelope, envelopeSha256: sha256 },
    mode: 'auto',
    env,
    overrides: { fulcioUrl: github.url, rekorUrl: github.url },
    token: 'ghs_secret',
    giveUp: new AbortController().signal,
    retries: 0,
    log: {
      info: () => {},
      notice: (text) => void notices.push(`notice: ${String(text)}`),
      warning: (text) => void notices.push(`warning: ${String(text)}`),
    },
    ...more,
  });
}

const paths = (): string[] => github.requests.map(({ path }) => path.replace(/\?.*/, ''));

describe('attesting evidence in the action', () => {
  it('signs with the token of the job, keeps the bundle, and stores it at last', async () => {
    const attestation = await attest();
    expect(attestation).toMatchObject({
      state: 'signed',
      identity: workflow,
      attestationUrl: 'https://github.com/acme/shop/attestations/7',
    });
    expect(paths()).toEqual(['/oidc', '/api/v2/signingCert', '/api/v1/log/entries', attestations]);
    expect(github.requests[0]).toMatchObject({ path: expect.stringContaining('audience=sigstore') });
    const bundle = await readFile(join(dir.path, 'envelope.sigstore.json'));
    expect((await askAbout(bundle, github.trustedRoot())).answer).toBe('yes');
    const stored = github.requests.find(({ path }) => path === attestations);
    expect(JSON.parse(stored?.body ?? '')).toEqual({ bundle: JSON.parse(bundle.toString('utf8')) });
  });

  it.each([
    [403, '{"message":"Resource not accessible by integration"}'],
    [422, '{"message":"refused"}'],
  ])('is signed all the same when the store answers %i', async (status, body) => {
    github.faults.set(attestations, { status, body });
    const attestation = await attest();
    expect(attestation).toMatchObject({ state: 'signed', identity: workflow });
    expect(attestation).not.toHaveProperty('attestationUrl');
    expect(await readdir(dir.path)).toContain('envelope.sigstore.json');
    expect(notices).toEqual([expect.stringMatching(/^notice: .*attestations: write/)]);
  });

  it('stores nothing without a token', async () => {
    expect(await attest({ token: undefined })).toMatchObject({ state: 'signed' });
    expect(paths()).not.toContain(attestations);
  });

  it('is not asked for in a job that may not have a token, as a fork, and fails where it was insisted on', async () => {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: _, ...without } = env;
    expect(await attest({ env: without })).toMatchObject({ state: 'not_asked' });
    expect(notices).toEqual([]);
    expect(await readdir(dir.path)).toEqual(['envelope.json']);
    expect(await attest({ env: without, mode: 'always' })).toMatchObject({
      state: 'failed',
      code: 'no_identity_token',
    });
    expect(await readdir(dir.path)).toContain('signing-pending.json');
    expect(notices).toEqual([expect.stringMatching(/^warning: .*id-token: write/)]);
    expect(github.requests).toEqual([]);
  });

  it('does nothing when it is switched off', async () => {
    expect(await attest({ mode: 'never' })).toMatchObject({ state: 'not_asked' });
    expect(github.requests).toEqual([]);
    expect(await readdir(dir.path)).toEqual(['envelope.json']);
  });

  it('leaves a mark when the authority is out, and is finished by a later step', async () => {
    github.faults.set('/api/v2/signingCert', { status: 500 });
    expect(await attest()).toMatchObject({ state: 'failed', code: 'certificate_unavailable' });
    expect(await readdir(dir.path)).toContain('signing-pending.json');
    expect(paths()).not.toContain(attestations);
    github.faults.clear();
    expect(await attest()).toMatchObject({ state: 'signed', isNew: true });
    expect((await readdir(dir.path)).toSorted()).toEqual(['envelope.json', 'envelope.sigstore.json']);
  });

  it('fails in words of its own when no token is given out, or never', async () => {
    github.answers.set('/oidc', () => ({ status: 403, body: '{"message":"Bearer bearer-of-the-job"}' }));
    const refused = await attest();
    expect(refused).toMatchObject({ code: 'no_identity_token', reason: expect.not.stringContaining('bearer') });
    github.faults.set('/oidc', 'silence');
    const controller = new AbortController();
    const waiting = attest({ giveUp: controller.signal });
    await expect.poll(paths).toContain('/oidc');
    controller.abort();
    expect(await waiting).toMatchObject({ state: 'failed', code: 'cancelled' });
  });

  it('names the envelope to the runner that wants to know', async () => {
    const list = join(dir.path, 'artifacts');
    await attest({ mode: 'never', env: { ...env, GITHUB_ARTIFACTS: list } });
    expect(await readFile(list, 'utf8')).toBe(`${join(dir.path, 'envelope.json')}\n`);
  });
});
