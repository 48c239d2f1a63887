import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeGithubApi } from '../../src/publish/github/api.ts';
import { nameArtifact } from '../../src/publish/github/artifacts-file.ts';
import { storeAttestation } from '../../src/publish/github/attestation-store.ts';
import { startSigstore } from '../support/sigstore.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const github = await startSigstore();
const path = '/repos/acme/shop/attestations';
const bundle = Buffer.from('{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":{}}');

async function store(repository = 'acme/shop'): Promise<string> {
  const api = await makeGithubApi({
    apiUrl: github.url,
    graphqlUrl: `${github.url}/graphql`,
    token: 'ghs_secret',
    env: {},
    giveUp: new AbortController().signal,
    deadline: Date.now() + 5000,
    now: Date.now,
    random: () => 0,
    sleep: async () => {
      await delay(1);
    },
  });
  try {
    return await storeAttestation(api, { bundle, repository, serverUrl: 'https://github.example' });
  } finally {
    await api.close();
  }
}

describe("the repository's attestations", () => {
  beforeEach(() => {
    github.faults.clear();
    github.requests.length = 0;
    github.answers.set(path, () => ({ status: 201, body: '{"id":4711}' }));
  });

  it('are handed the bundle as it is, and answer with its page', async () => {
    expect(await store()).toBe('https://github.example/acme/shop/attestations/4711');
    expect(github.requests).toMatchObject([{ method: 'POST', path, authorization: 'Bearer ghs_secret' }]);
    expect(JSON.parse(github.requests[0]?.body ?? '')).toEqual({ bundle: JSON.parse(bundle.toString()) });
  });

  it.each([
    [
      'the token may not',
      { status: 403, body: '{"message":"Resource not accessible by integration"}' },
      'read_only',
      1,
    ],
    ['the plan has none', { status: 404, body: '{"message":"Not Found"}' }, 'not_found', 1],
    ['the bundle is refused', { status: 422, body: '{"message":"Invalid bundle"}' }, 'failed', 1],
  ])('refuse when %s, once, without a word of the token', async (_, fault, code, tries) => {
    github.faults.set(path, fault);
    const error: unknown = await store().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, message: expect.not.stringContaining('ghs_secret') });
    expect(github.requests).toHaveLength(tries);
  });

  it('are asked again after a failure of their own', async () => {
    let asked = 0;
    github.answers.set(path, () => {
      asked += 1;
      return asked === 1 ? { status: 502, body: '<html>' } : { status: 201, body: '{"id":"8"}' };
    });
    expect(await store()).toMatch(/\/8$/);
    expect(asked).toBe(2);
  });

  it('fail on an id that is no number, and on a repository that is none', async () => {
    github.answers.set(path, () => ({ status: 201, body: '{"id":"../../evil"}' }));
    await expect(store()).rejects.toMatchObject({ code: 'failed' });
    github.requests.length = 0;
    await expect(store('acme/shop/../..')).rejects.toThrow(/no repository/);
    expect(github.requests).toEqual([]);
  });
});

describe('the list of artifacts of the runner', () => {
  it('gets a line with the path, behind what others wrote', async () => {
    await using dir = await makeTempDir();
    const list = join(dir.path, 'list');
    await writeFile(list, '/somebody/elses\n');
    expect(await nameArtifact('/evidence/envelope.json', { GITHUB_ARTIFACTS: list })).toBe(true);
    expect(await readFile(list, 'utf8')).toBe('/somebody/elses\n/evidence/envelope.json\n');
  });

  it('gets nothing that is no line, and is missed by nobody', async () => {
    await using dir = await makeTempDir();
    const list = join(dir.path, 'list');
    expect(await nameArtifact('/a\n/b', { GITHUB_ARTIFACTS: list })).toBe(false);
    expect(await nameArtifact('envelope.json', { GITHUB_ARTIFACTS: list })).toBe(false);
    expect(await nameArtifact('/a', {})).toBe(false);
    expect(await nameArtifact('/a', { GITHUB_ARTIFACTS: join(dir.path, 'no', 'folder') })).toBe(false);
  });
});
