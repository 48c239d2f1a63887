import { describe, expect, it } from 'vitest';
import { hasIdentityToken, parseTokenClaims, readIdentityToken } from '../../src/sign/identity-token.ts';
import { githubIssuer, makeToken, startSigstore, workflow } from '../support/sigstore.ts';

const server = await startSigstore();
const signal = new AbortController().signal;
const token = makeToken();
const ofJob = (path = '/oidc'): Record<string, string> => ({
  ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}${path}?api-version=2.0`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer-of-the-job',
});

describe('the identity token', () => {
  it('is that of GitLab where it is given, and is not asked for elsewhere then', async () => {
    server.requests.length = 0;
    const env = { ...ofJob(), SIGSTORE_ID_TOKEN: ` ${token}\n` };
    expect(hasIdentityToken(env)).toBe(true);
    expect(await readIdentityToken(env, signal)).toBe(token);
    expect(server.requests).toEqual([]);
  });

  it('is asked of GitHub with the audience of Sigstore and the bearer of the job', async () => {
    server.answers.set('/oidc', () => ({ status: 200, body: JSON.stringify({ value: token }) }));
    server.requests.length = 0;
    expect(hasIdentityToken(ofJob())).toBe(true);
    expect(await readIdentityToken(ofJob(), signal)).toBe(token);
    expect(server.requests).toMatchObject([
      { path: '/oidc?api-version=2.0&audience=sigstore', authorization: 'Bearer bearer-of-the-job' },
    ]);
  });

  it.each([
    ['refuses', { status: 403 }, 'HTTP 403'],
    ['answers with nonsense', { body: '{"value":7}' }, 'HTTP 200'],
    ['sends a flood', { body: 'x'.repeat(1_100_000) }, 'cannot be reached'],
  ])('is none when GitHub %s, in words that hold no secret', async (_, fault, words) => {
    server.faults.set('/bad', fault);
    const error: unknown = await readIdentityToken(ofJob('/bad'), signal).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'no_identity_token', message: expect.stringContaining(words) });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('bearer-of-the-job');
  });

  it('is none where nothing gives one, which says how to have one, or where it is given up', async () => {
    for (const env of [{}, { SIGSTORE_ID_TOKEN: ' ' }, { ACTIONS_ID_TOKEN_REQUEST_URL: server.url }]) {
      expect(hasIdentityToken(env)).toBe(false);
      await expect(readIdentityToken(env, signal)).rejects.toThrow(/id_tokens.*id-token: write.*SIGSTORE_ID_TOKEN/);
    }
    await expect(readIdentityToken(ofJob(), AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    const env = { ACTIONS_ID_TOKEN_REQUEST_URL: 'nowhere', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x' };
    await expect(readIdentityToken(env, signal)).rejects.toMatchObject({ code: 'no_identity_token' });
  });

  it('tells its owner, and how public that is, on either forge', () => {
    expect(parseTokenClaims(token)).toEqual({ subject: workflow, issuer: githubIssuer, visibility: undefined });
    expect(parseTokenClaims(makeToken({ repository_visibility: 'private' })).visibility).toBe('private');
    expect(parseTokenClaims(makeToken({ project_visibility: 'public' })).visibility).toBe('public');
    expect(parseTokenClaims(makeToken({ email: 'a@b.example', email_verified: true })).subject).toBe('a@b.example');
  });
});
