import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { verify } from '../../../src/cli/commands/verify.ts';
import { sha256 } from '../../../src/lib/hash.ts';
import { finalizeAnswer, type FinalizeAnswer, jwks, mediaTypes } from '../../../src/schema/api.ts';
import { openDsse, payloadTypes } from '../../../src/seal/dsse.ts';
import { parseJwks, toJwk } from '../../../src/seal/jwks.ts';
import { generateKeys } from '../../../src/seal/keys.ts';
import { makeFakeIo } from '../../cli/fake-io.ts';
import { startTestCluster, type TestCluster } from '../../support/database.ts';
import { unpackBundle } from '../../support/evidence.ts';
import { makeTempDir } from '../../support/temp-dir.ts';
import {
  finalize,
  makeSampleRun,
  type SampleRun,
  sendFiles,
  sendRun,
  startFreshServer,
  tokens,
  type TestServer,
} from '../harness.ts';

let cluster: TestCluster;
let server: TestServer;
let run: SampleRun;
let sealed: FinalizeAnswer;
let envelope: Buffer;
beforeAll(async () => {
  cluster = await startTestCluster();
  server = await startFreshServer(cluster);
  run = makeSampleRun();
  await sendRun(server, run);
  await sendFiles(server, run);
  sealed = finalizeAnswer.parse(await (await finalize(server, run)).json());
  envelope = await read(`/v1/evidence/${sealed.evidence_id}`);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await cluster[Symbol.asyncDispose]();
});

async function read(path: string): Promise<Buffer> {
  return Buffer.from(await (await server.ask('worker', path)).arrayBuffer());
}

describe('the evidence', () => {
  it('is given as it was sealed, to be kept for ever by whoever asked', async () => {
    const answer = await server.ask('reader', `/v1/evidence/${sealed.evidence_id}`);
    expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sealed.envelope_sha256);
    expect(answer.headers.get('content-type')).toBe(mediaTypes.envelope);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    const etag = answer.headers.get('etag') ?? '';
    expect(etag).toBe(`"sha256:${sealed.envelope_sha256}"`);
    const headers = { 'if-none-match': etag };
    expect((await server.ask('reader', `/v1/evidence/${sealed.evidence_id}`, { headers })).status).toBe(304);
  });

  it('is found by its run, and is not there for strangers', async () => {
    const answer = await server.ask('worker', `/v1/runs/${run.runId}/evidence`);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/v1/evidence/${sealed.evidence_id}`]);
    for (const path of ['', '/attestation', '/bundle']) {
      const url = `/v1/evidence/${sealed.evidence_id}${path}`;
      expect((await server.ask('stranger', url)).status).toBe(404);
      expect((await server.ask('prometheus', url)).status).toBe(403);
    }
    expect((await server.ask('stranger', `/v1/runs/${run.runId}/evidence`)).status).toBe(404);
    expect((await server.ask('worker', '/v1/evidence/x')).status).toBe(400);
    expect((await server.ask('worker', `/v1/evidence/${run.runId}`)).status).toBe(404);
  });

  it('has an attestation by the same key, about the same file', async () => {
    const bytes = await read(`/v1/evidence/${sealed.evidence_id}/attestation`);
    const { keys } = parseJwks(await (await fetch(`${server.url}/.well-known/jwks.json`)).json());
    const { payload, keyids } = openDsse(bytes, { payloadType: payloadTypes.statement, trustedKeys: keys });
    expect(keyids).toEqual(keys.map(({ keyid }) => keyid));
    expect(JSON.parse(payload.toString())).toMatchObject({
      predicate: { evidence_id: sealed.evidence_id, component: 'server' },
      subject: expect.arrayContaining([{ name: 'envelope.json', digest: { sha256: sealed.envelope_sha256 } }]),
    });
  });

  it('comes as a bundle that is the same each time and holds all of it', async () => {
    const path = `/v1/evidence/${sealed.evidence_id}/bundle`;
    const [one, other] = [await read(path), await read(path)];
    expect(one.equals(other)).toBe(true);
    const files = await unpackBundle(one);
    const digests = [...new Set(run.files.map((bytes) => sha256(bytes)))];
    expect([...files.keys()]).toEqual(
      [...digests.map((digest) => `artifacts/${digest}`), 'envelope.json', 'envelope.intoto.json'].toSorted(),
    );
    expect(files.get('envelope.json')?.equals(envelope)).toBe(true);
    for (const digest of digests) expect(sha256(files.get(`artifacts/${digest}`) ?? '')).toBe(digest);
    const head = await server.ask('worker', path, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/gzip']);
  });
});

const answer = z.object({ answer: z.string() });
const answers = z.object({ exit_code: z.number(), intact: answer, authentic: answer, complete: answer });

describe('quoderat verify', () => {
  const env: Record<string, string> = { QUODERAT_SERVER_TOKEN: tokens.reader };
  const flags = { color: false, json: true } as const;
  const check = async (named: string, more: Parameters<typeof verify>[1] | object, cwd: string, given = env) => {
    const io = makeFakeIo({ cwd, env: given });
    const code = await verify(named, { ...flags, ...more }, io);
    return { code, verdict: answers.parse(JSON.parse(io.out())), told: io.err() };
  };

  it('takes a bundle of the server with the keys that the server lists', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'bundle.tar.gz'), await read(`/v1/evidence/${sealed.evidence_id}/bundle`));
    const { code, verdict } = await check('bundle.tar.gz', { server: server.url }, dir.path, {
      QUODERAT_SERVER_TOKEN: '',
    });
    expect({ code, authentic: verdict.authentic.answer, complete: verdict.complete.answer }).toEqual({
      code: 0,
      authentic: 'yes',
      complete: 'yes',
    });
  });

  it('takes an evidence id, and fetches the envelope and the keys', async () => {
    await using dir = await makeTempDir();
    const { verdict } = await check(sealed.evidence_id, { server: server.url }, dir.path);
    expect(verdict).toMatchObject({ authentic: { answer: 'yes' }, intact: { answer: 'yes' } });
    await expect(check(run.runId, { server: server.url }, dir.path)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes a key set from a file or an address, and passes over keys of other kinds with a note', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'envelope.json'), envelope);
    const set = jwks.parse(await (await fetch(`${server.url}/.well-known/jwks.json`)).json());
    await writeFile(join(dir.path, 'jwks.json'), JSON.stringify({ keys: [{ kty: 'RSA' }, ...set.keys] }));
    const byFile = await check('envelope.json', { jwks: 'jwks.json' }, dir.path);
    expect(byFile.verdict.authentic.answer).toBe('yes');
    expect(byFile.told).toContain('passed over: /keys/0 is no Ed25519 key');
    const byUrl = await check('envelope.json', { jwks: `${server.url}/.well-known/jwks.json` }, dir.path);
    expect(byUrl.verdict.authentic.answer).toBe('yes');
  });

  it('says no to another server’s keys, and that it can not be decided without any', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'envelope.json'), envelope);
    await writeFile(join(dir.path, 'other.json'), JSON.stringify({ keys: [toJwk(generateKeys().publicPem)] }));
    const { code, verdict } = await check('envelope.json', { jwks: 'other.json' }, dir.path);
    expect([code, verdict.authentic.answer]).toEqual([1, 'no']);
  });

  it.each([
    ['{"keys":[{"kty":"OKP","crv":"Ed25519","d":"x"}]}', 'private key'],
    ['[]', 'no JSON Web Key Set'],
    ['<html>', 'no JSON'],
    ['hunter2', 'no JSON'],
  ])('refuses a key set that is none, and repeats nothing of it: %s', async (text, words) => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'envelope.json'), envelope);
    await writeFile(join(dir.path, 'jwks.json'), text);
    const checking = check('envelope.json', { jwks: 'jwks.json' }, dir.path);
    await expect(checking).rejects.toThrow(words);
    await expect(checking).rejects.not.toThrow('hunter2');
  });

  it('asks no server in clear text but one on this machine', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'envelope.json'), envelope);
    await expect(check('envelope.json', { server: 'http://quoderat.example.com' }, dir.path)).rejects.toThrow('https');
    await expect(check('envelope.json', { jwks: 'http://quoderat.example.com/jwks' }, dir.path)).rejects.toThrow(
      'https',
    );
  });
});
