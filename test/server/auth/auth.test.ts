import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiError, finalizeAnswer } from '../../../src/schema/api.ts';
import type { Subject } from '../../../src/schema/context.ts';
import { abandonRun } from '../../../src/server/finalize/abandon.ts';
import { parseIssuers } from '../../../src/server/auth/issuers.ts';
import { makeOidc } from '../../../src/server/auth/oidc.ts';
import { openTokenFile } from '../../../src/server/auth/token-file.ts';
import { parseTokenList } from '../../../src/server/auth/token-list.ts';
import { hex } from '../../record/sample-run.ts';
import { startTestCluster, type TestCluster } from '../../support/database.ts';
import { parseEnvelope } from '../../support/evidence.ts';
import { makeTempDir } from '../../support/temp-dir.ts';
import { makeSampleRun, startServer, type SampleRun, type TestServer, tokens } from '../harness.ts';

const AUDIENCE = 'https://quoderat.example.com';
const github = {
  repository: 'acme/shop',
  repository_id: '4711',
  repository_owner_id: '42',
  repository_owner: 'acme',
  run_id: '7001',
  run_attempt: '1',
  sha: '3f786850e387550fdab836ed7e6dc881de23001b',
  ref: 'refs/heads/main',
  event_name: 'push',
  runner_environment: 'github-hosted',
  actor: 'octocat',
  sub: 'repo:acme@42/shop@4711:ref:refs/heads/main',
};

let cluster: TestCluster;
let issuer: OAuth2Server;
let server: TestServer;
let temp: Awaited<ReturnType<typeof makeTempDir>>;
beforeAll(async () => {
  issuer = new OAuth2Server();
  await issuer.issuer.keys.generate('RS256');
  await issuer.start(0, '127.0.0.1');
  temp = await makeTempDir();
  const file = join(temp.path, 'oidc.json');
  const other = { issuer: `${issuer.issuer.url}/other`, jwks_uri: `${issuer.issuer.url}/jwks` };
  await writeFile(file, JSON.stringify({ issuers: [config(), config(other)] }));
  cluster = await startTestCluster();
  server = await startServer(await cluster.makeDatabase(), { env: { QUODERAT_OIDC_FILE: file } });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await cluster[Symbol.asyncDispose]();
  await temp[Symbol.asyncDispose]();
  await issuer.stop();
});

function config(more: object = {}): object {
  return {
    kind: 'github',
    issuer: issuer.issuer.url,
    audience: AUDIENCE,
    allow: [{ when: { repository_owner_id: 42, repository_id: ['4711', '4712'] }, scopes: ['write', 'read'] }],
    ...more,
  };
}

/** A token of the mock issuer, which signs whatever it is told. */
async function mint(claims: object = {}, header: object = {}): Promise<string> {
  return issuer.issuer.buildToken({
    scopesOrTransform: (head, payload) => {
      Object.assign(payload, { aud: AUDIENCE, ...github, ...claims });
      Object.assign(head, header);
    },
  });
}

async function ask(token: string, path = '/v1/runs', init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
}

async function post(token: string, path: string, body: unknown): Promise<Response> {
  return ask(token, path, { method: 'POST', body: JSON.stringify(body) });
}

async function messageOf(answer: Response): Promise<string> {
  return apiError.parse(await answer.json()).error.message;
}

describe('bearer tokens', () => {
  it('let in by their hash, and say who it is nowhere else', async () => {
    expect((await server.ask('worker', '/v1/runs')).status).toBe(200);
    expect(server.logged.join('')).toContain('"principal":"token:worker"');
    expect(server.logged.join('')).not.toContain(tokens.worker);
  });

  it.each([
    ['nothing', {}],
    ['an unknown token', { authorization: 'Bearer not-a-token-of-ours' }],
    ['another scheme', { authorization: `Basic ${btoa('admin:admin-token')}` }],
    ['two tokens', { authorization: `Bearer ${tokens.worker} ${tokens.admin}` }],
    ['a token that is none', { authorization: 'Bearer a.b.c' }],
  ])('are asked for: %s is refused with a challenge and without an echo', async (_what, headers) => {
    const answer = await fetch(`${server.url}/v1/runs`, { headers: headers as Record<string, string> });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="quoderat"/);
    const text = await answer.text();
    for (const token of ['not-a-token', 'worker-token', btoa('admin:admin-token')]) expect(text).not.toContain(token);
  });

  it('are needed for all but health, info and the keys', async () => {
    const status = async (path: string): Promise<number> => (await fetch(`${server.url}${path}`)).status;
    expect(await Promise.all(['/healthz', '/v1/info', '/.well-known/jwks.json'].map(status))).toEqual([200, 200, 200]);
    const closed = ['/v1/runs', '/v1/evidence/x', '/v1/artifacts/sha256/x', '/metrics', '/v1/nothing'];
    expect(await Promise.all(closed.map(status))).toEqual(closed.map(() => 401));
  });

  it('are withdrawn without a restart, and a file that turned bad changes nothing', async () => {
    await using dir = await makeTempDir();
    const path = join(dir.path, 'tokens');
    const problems: string[] = [];
    let clock = 0;
    await writeFile(path, `one ${hex('token-one')} read\n`);
    const file = await openTokenFile(path, { now: () => clock, onProblem: (problem) => void problems.push(problem) });
    expect(await file.find('token-one')).toEqual({ id: 'token:one', scopes: ['read'] });
    await writeFile(path, `two ${hex('token-two')} read,write acme/shop\n`);
    clock += 1001;
    expect(await file.find('token-one')).toBeUndefined();
    expect(await file.find('token-two')).toMatchObject({ projects: ['acme/shop'] });
    await writeFile(path, 'nonsense of a longer length than before, to be another file\n');
    clock += 1001;
    expect(await file.find('token-two')).toBeDefined();
    expect(problems.join()).toContain('line 1');
    await expect(file.reload()).rejects.toMatchObject({ code: 'malformed' });
    expect(await file.find('token-two')).toBeDefined();
  });

  it.each([
    ['x', 'second column'],
    [`a b ${hex('a')}`, 'second column'],
    [`a ${hex('a')}`, 'scopes'],
    [`a ${hex('a')} root`, 'scopes'],
    [`a ${hex('a')} read p extra`, 'four columns'],
    [`-a ${hex('a')} read`, 'name'],
    [`a ${hex('a')} read\na ${hex('b')} read`, 'line 2'],
  ])('are listed in a file of a form: %j is refused', (text, words) => {
    expect(() => parseTokenList(text)).toThrow(words);
    expect(() => parseTokenList(`# comment\n\n  ${text}`)).not.toThrow(hex('a'));
  });
});

describe("a CI's OIDC token", () => {
  it('lets in whose repository is allowed, verified by the keys that the issuer names', async () => {
    expect((await ask(await mint())).status).toBe(200);
    expect(server.logged.join('')).toMatch(/"principal":"oidc:localhost:\d+#4711:7001"/);
  });

  it.each([
    ['another audience', { aud: 'https://sigstore.dev' }, 'aud'],
    ['another owner of the same name', { repository_owner_id: '43' }, 'not among those allowed'],
    ['a repository that is not listed', { repository_id: '1' }, 'not among those allowed'],
    ['no repository id', { repository_id: undefined }, 'not among those allowed'],
    ['a token that has expired', { exp: 1, iat: 0 }, 'expired'],
    ['a token that is not valid yet', { nbf: 4_000_000_000 }, 'nbf'],
    ['a token from the future', { iat: 4_000_000_000 }, 'iat'],
    ['no time of issue', { iat: undefined }, 'iat'],
    ['a token older than allowed', { iat: Math.floor(Date.now() / 1000) - 90_000 }, 'iat'],
  ])('is refused for %s', async (_what, claims, words) => {
    const answer = await ask(await mint(claims));
    expect(answer.status).toBe(401);
    const message = await messageOf(answer);
    expect(words === 'iat' ? /iat|expired/.test(message) : message.includes(words)).toBe(true);
  });

  it('is refused when it is unsigned, or signed by another, or of an issuer that is not listed', async () => {
    const token = await mint();
    const [head = '', body = '', signature = ''] = token.split('.');
    const b64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const none = `${b64({ alg: 'none' })}.${body}.`;
    const flipped = `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    const stranger = new OAuth2Server();
    await stranger.issuer.keys.generate('RS256');
    await stranger.start(0, '127.0.0.1');
    const foreign = await stranger.issuer.buildToken({
      scopesOrTransform: (_head, payload) => void Object.assign(payload, { aud: AUDIENCE, ...github }),
    });
    const posing = await stranger.issuer.buildToken({
      scopesOrTransform: (_head, payload) =>
        void Object.assign(payload, { aud: AUDIENCE, ...github, iss: issuer.issuer.url }),
    });
    await stranger.stop();
    const critical = `${b64({ alg: 'RS256', crit: ['lock'], lock: true })}.${body}.${signature}`;
    for (const bad of [critical, none, flipped, foreign, posing, `${head}.${body}`, 'x'.repeat(17_000)])
      expect((await ask(bad)).status).toBe(401);
  });

  it('does not count while the issuer can not be asked: that is said to pass', async () => {
    const gone = 'http://127.0.0.1:9';
    const [closed] = parseIssuers(JSON.stringify({ issuers: [config({ issuer: gone })] }));
    const oidc = makeOidc(closed === undefined ? [] : [closed]);
    expect(await oidc.verify(await mint({ iss: gone }))).toMatchObject({ kind: 'unavailable' });
  });

  it('is of its own issuer, though another is on the same host', async () => {
    const { url } = issuer.issuer;
    const names = [`${url}/realms/a`, `${url}/realms/b`];
    const realms = names.map((name) => config({ issuer: name, jwks_uri: `${url}/jwks` }));
    const oidc = makeOidc(parseIssuers(JSON.stringify({ issuers: realms })));
    const answers = await Promise.all(names.map(async (iss) => oidc.verify(await mint({ iss }))));
    const ids = answers.map((answer) => (answer.kind === 'principal' ? answer.principal.id : answer.reason));
    const { host } = new URL(url ?? '');
    expect(ids).toEqual(['a', 'b'].map((realm) => `oidc:${host}/realms/${realm}#4711:7001`));
  });

  it('of GitLab is of the project where the job runs, not of the fork that it is about', async () => {
    const [gitlab] = parseIssuers(
      JSON.stringify({
        issuers: [config({ kind: 'gitlab', allow: [{ when: { job_project_id: '9' }, scopes: ['write'] }] })],
      }),
    );
    const oidc = makeOidc(gitlab === undefined ? [] : [gitlab]);
    const claims = {
      job_project_id: '9',
      job_project_path: 'acme/shop',
      project_id: '77',
      project_path: 'mallory/shop',
      pipeline_id: 5,
    };
    expect(await oidc.verify(await mint(claims))).toMatchObject({
      kind: 'principal',
      principal: { projects: ['acme/shop'], scopes: ['write'] },
    });
    expect(await oidc.verify(await mint({ ...claims, job_project_id: '77' }))).toMatchObject({ kind: 'refused' });
  });

  it.each([
    [
      'no id among the conditions',
      { allow: [{ when: { repository: 'acme/shop' }, scopes: ['write'] }] },
      'repository_id',
    ],
    ['plain http', { issuer: 'http://token.example.com' }, 'https'],
    ['symmetric algorithms', { algorithms: ['HS256'] }, 'algorithms'],
    ['no audience', { audience: '' }, 'audience'],
    ['an unknown member', { subject: 'x' }, 'subject'],
    ['kind other without claims', { kind: 'other' }, 'claims'],
  ])('is not configured with %s', (_what, change, words) => {
    expect(() => parseIssuers(JSON.stringify({ issuers: [config(change)] }))).toThrow(words);
  });
});

function gitOf({ request }: SampleRun): NonNullable<Subject['git']> {
  if (request.subject.git === null) throw new Error('the sample is of a commit');
  return request.subject.git;
}

describe('what an envelope calls verified', () => {
  const seal = async (token: string, run: SampleRun): Promise<Response> => {
    const made = await post(token, '/v1/runs', run.request);
    expect(made.status, await made.clone().text()).toBe(201);
    expect((await post(token, `/v1/runs/${run.runId}/events`, { events: run.events })).status).toBe(200);
    for (const bytes of run.files) {
      const route = `/v1/artifacts/sha256/${hex(bytes.toString())}`;
      expect((await ask(token, route, { method: 'PUT', body: new Uint8Array(bytes) })).ok).toBe(true);
    }
    return post(token, `/v1/runs/${run.runId}/finalize`, run.finalize);
  };
  const withSubject = (change: Partial<Subject>): SampleRun => {
    const run = makeSampleRun({
      drafts: (drafts) =>
        drafts.map((draft) =>
          draft.type === 'run_started' ? { ...draft, subject: { ...draft.subject, ...change } } : draft,
        ),
    });
    return { ...run, request: { ...run.request, subject: { ...run.request.subject, ...change } } };
  };

  it('is what the token said of the job, where the record says the same', async () => {
    const token = await mint();
    const answer = await seal(token, makeSampleRun());
    expect(answer.status, await answer.clone().text()).toBe(200);
    const { evidence_id } = finalizeAnswer.parse(await answer.json());
    const bytes = Buffer.from(await (await ask(token, `/v1/evidence/${evidence_id}`)).arrayBuffer());
    const { runner_context, claims } = parseEnvelope(bytes);
    expect(runner_context.basis).toBe('oidc_verified');
    expect(runner_context.verified_claims).toMatchObject({
      repository_id: '4711',
      run_id: '7001',
      iss: issuer.issuer.url,
    });
    expect(runner_context.verified_claims).not.toHaveProperty('aud');
    expect(claims.mechanical).toContain('runner_identity_verified');
    expect(claims.no_claims).not.toContain('runner_context_self_reported');
  });

  it.each([
    ['run_id', { meta: { project_path: 'acme/shop', run_id: '7002', run_attempt: 1 } }],
    ['run_attempt', { meta: { project_path: 'acme/shop', run_id: '7001', run_attempt: 2 } }],
    ['iss', { source: 'gitlab' as const }],
    ['ref', { git: { ...gitOf(makeSampleRun()), ref: 'refs/heads/release' } }],
  ])('is nothing when the record says otherwise: %s', async (claim, change) => {
    const answer = await seal(await mint(), withSubject(change));
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({
      error: { code: 'forbidden', details: { reason: `claim_mismatch:${claim}` } },
    });
  });

  it('is nothing when the token is of another event', async () => {
    const answer = await seal(await mint({ event_name: 'workflow_dispatch' }), makeSampleRun());
    expect(await answer.json()).toMatchObject({ error: { details: { reason: 'claim_mismatch:event_name' } } });
  });

  it('is never what a worker says of itself', async () => {
    const run = makeSampleRun({
      drafts: (drafts) =>
        drafts.map((draft) =>
          draft.type === 'run_started'
            ? {
                ...draft,
                runner_context: { ...draft.runner_context, basis: 'oidc_verified', verified_claims: { run_id: '1' } },
              }
            : draft,
        ),
    });
    const answer = await seal(tokens.worker, run);
    expect(answer.status, await answer.clone().text()).toBe(200);
    const { evidence_id } = finalizeAnswer.parse(await answer.json());
    const bytes = Buffer.from(await (await ask(tokens.worker, `/v1/evidence/${evidence_id}`)).arrayBuffer());
    const { runner_context } = parseEnvelope(bytes);
    expect(runner_context.basis).toBe('runner_asserted');
    expect(runner_context).not.toHaveProperty('verified_claims');
  });

  it('is kept for a run whose worker fell silent', async () => {
    const token = await mint();
    const run = makeSampleRun();
    expect((await post(token, '/v1/runs', run.request)).status).toBe(201);
    const answer = await abandonRun(server.server.deps, run.runId, 'silence');
    const bytes = Buffer.from(await (await ask(token, `/v1/evidence/${answer?.evidence_id}`)).arrayBuffer());
    expect(parseEnvelope(bytes).runner_context.basis).toBe('oidc_verified');
  });

  it('is of no run that another pipeline of the repository could have written to', async () => {
    const run = makeSampleRun();
    const token = await mint();
    const branch = await mint({ run_id: '7002' });
    expect((await post(token, '/v1/runs', run.request)).status).toBe(201);
    expect((await ask(branch, `/v1/runs/${run.runId}`)).status).toBe(200);
    expect((await post(branch, `/v1/runs/${run.runId}/events`, { events: run.events })).status).toBe(404);
    expect((await post(branch, `/v1/runs/${run.runId}/heartbeat`, {})).status).toBe(404);
    expect((await post(branch, `/v1/runs/${run.runId}/cancel`, {})).status).toBe(404);
    const artifact = `/v1/artifacts/sha256/${hex('x')}?run_id=${run.runId}`;
    expect((await ask(branch, artifact, { method: 'PUT', body: 'x' })).status).toBe(404);
    expect((await post(branch, `/v1/runs/${run.runId}/finalize`, run.finalize)).status).toBe(404);
    expect(
      (await post(await mint({ run_attempt: '1' }), `/v1/runs/${run.runId}/events`, { events: run.events })).status,
    ).toBe(200);
  });

  it('is of no run to which a token of the file could have added, though that may look at it and cancel it', async () => {
    const run = makeSampleRun();
    expect((await post(await mint(), '/v1/runs', run.request)).status).toBe(201);
    const add = (events: object[]) => post(tokens.worker, `/v1/runs/${run.runId}/events`, { events });
    expect((await add(run.events)).status).toBe(404);
    expect((await add(run.events.slice(0, 1))).status).toBe(404);
    expect((await ask(tokens.worker, `/v1/runs/${run.runId}`)).status).toBe(200);
    expect((await post(tokens.worker, `/v1/runs/${run.runId}/cancel`, {})).status).toBe(200);
  });

  it('is shown to no job of a repository that has the same name on another forge', async () => {
    const run = makeSampleRun();
    const { evidence_id } = finalizeAnswer.parse(await (await seal(await mint(), run)).json());
    const going = makeSampleRun();
    expect((await post(await mint(), '/v1/runs', going.request)).status).toBe(201);
    const artifact = `/v1/artifacts/sha256/${hex('of one forge')}`;
    const claim = `${artifact}?run_id=${going.runId}`;
    expect((await ask(await mint(), claim, { method: 'PUT', body: 'of one forge' })).ok).toBe(true);
    const routes = [`/v1/runs/${run.runId}`, `/v1/runs/${run.runId}/logs`, `/v1/evidence/${evidence_id}`, artifact];
    const look = async (token: string): Promise<number[]> =>
      Promise.all(routes.map(async (route) => (await ask(token, `${route}?follow=false`)).status));
    const list = async (token: string): Promise<boolean> => (await (await ask(token)).text()).includes(run.runId);
    const foreign = await mint({ iss: `${issuer.issuer.url}/other` });
    expect(await look(foreign)).toEqual(routes.map(() => 404));
    expect(await list(foreign)).toBe(false);
    const neighbour = await mint({ run_id: '7003' });
    expect(await look(neighbour)).toEqual(routes.map(() => 200));
    expect(await list(neighbour)).toBe(true);
    expect(await list(tokens.worker)).toBe(true);
  });

  it("is of no run of another repository: the token's own repository is the only one it may send", async () => {
    const token = await mint({ repository: 'acme/other', repository_id: '4712' });
    expect((await post(token, '/v1/runs', makeSampleRun().request)).status).toBe(403);
  });
});

it('no credential was ever logged', async () => {
  const log = server.logged.join('');
  expect(log).not.toMatch(/eyJ[A-Za-z0-9_-]{10}/);
  for (const token of Object.values(tokens)) expect(log).not.toContain(token);
  expect(await readFile(join(temp.path, 'oidc.json'), 'utf8')).not.toContain('token-of');
});
