import { describe, expect, it } from 'vitest';
import { chooseInstance, readOverrides, toInstanceOwner } from '../../src/sign/choose-instance.ts';
import { publicGood, toGithubInstance } from '../../src/sign/instance.ts';

const github = { GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://github.com' };
const gitlab = { GITLAB_CI: 'true', SIGSTORE_ID_TOKEN: 'given' };
const claims = (visibility?: string): Parameters<typeof chooseInstance>[0] => ({
  subject: 's',
  issuer: 'https://issuer.example',
  visibility,
});
const choose = (
  visibility: string | undefined,
  env: Record<string, string>,
  more: Partial<Parameters<typeof chooseInstance>[2]> = {},
): ReturnType<typeof chooseInstance> => chooseInstance(claims(visibility), env, { overrides: {}, ...more });

describe('the Sigstore instance', () => {
  it('is the public one for public repositories of GitHub, and its own for others, as actions/attest has it', () => {
    expect(choose('public', github)).toEqual({ instance: publicGood, exposure: undefined });
    for (const visibility of ['private', 'internal', undefined]) {
      expect(choose(visibility, github).instance).toEqual({
        fulcioUrl: 'https://fulcio.githubapp.com',
        rekorUrl: null,
        tsaUrl: 'https://timestamp.githubapp.com',
      });
    }
    expect(choose('private', { ...github, GITHUB_SERVER_URL: 'https://acme.ghe.com' }).instance).toEqual(
      toGithubInstance('https://acme.ghe.com'),
    );
    expect(toGithubInstance('https://acme.ghe.com').fulcioUrl).toBe('https://fulcio.acme.ghe.com');
  });

  it('is told by the event where the token does not tell', () => {
    expect(choose(undefined, github, { knownVisibility: 'public' }).instance).toBe(publicGood);
    expect(choose('private', github, { knownVisibility: 'public' }).instance).not.toBe(publicGood);
  });

  it('does not exist for GitHub Enterprise Server', () => {
    const server = { ...github, GITHUB_SERVER_URL: 'https://github.acme.example' };
    expect(() => choose('private', server)).toThrow(/github\.acme\.example has no Sigstore instance/);
    const overrides = { fulcioUrl: 'https://fulcio.acme.example', tsaUrl: 'https://tsa.acme.example' };
    expect(choose('private', server, { overrides }).instance).toEqual({ ...overrides, rekorUrl: null });
  });

  it("is GitHub's when nothing is in a log, and nobody named another", () => {
    expect(toInstanceOwner({}, true)).toBe('public');
    expect(toInstanceOwner({ rekorUrl: undefined }, false)).toBe('github');
    expect(toInstanceOwner({ fulcioUrl: 'https://f.example' }, false)).toBe('own');
  });

  it('says what would become public of a GitLab project that is not', () => {
    expect(choose('public', gitlab).exposure).toBeUndefined();
    expect(choose(undefined, { ...gitlab, CI_PROJECT_VISIBILITY: 'public' }).exposure).toBeUndefined();
    for (const visibility of ['private', 'internal', undefined])
      expect(choose(visibility, gitlab).exposure).toContain('public log');
    const overrides = { fulcioUrl: 'https://fulcio.acme.example', rekorUrl: 'https://rekor.acme.example' };
    expect(choose('private', gitlab, { overrides })).toEqual({
      instance: { ...overrides, tsaUrl: null },
      exposure: undefined,
    });
  });

  it('is taken from variables, where an empty one is none, and needs the authority', () => {
    const env = { QUODERAT_SIGSTORE_FULCIO_URL: ' https://f.example ', QUODERAT_SIGSTORE_REKOR_URL: ' ' };
    expect(readOverrides(env)).toEqual({ fulcioUrl: 'https://f.example', rekorUrl: undefined, tsaUrl: undefined });
    expect(() => choose('public', github, { overrides: { rekorUrl: 'https://r.example' } })).toThrow(/Fulcio URL/);
  });
});
