import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type GitlabApi, makeGitlabApi } from '../../src/publish/gitlab/api.ts';
import { setCommitStatus } from '../../src/publish/gitlab/status.ts';
import { makeCertificate } from '../support/certificate.ts';
import { type GitlabServer, startGitlab } from '../support/gitlab/api-server.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const notes = 'projects/7/merge_requests/3/notes';

describe('the GitLab API client', () => {
  it('asks below a sub-path and tells which page comes next', async () => {
    await using gitlab = await startGitlab({ pageSize: 1 });
    await using api = await connect(gitlab);
    await api.ask('POST', notes, { body: { body: 'one' } });
    await api.ask('POST', notes, { body: { body: 'two' } });
    const { value, nextPage } = await api.ask('GET', notes, { query: { per_page: 100 } });
    expect(value).toMatchObject([{ body: 'one' }]);
    expect(nextPage).toBe(2);
    expect((await api.ask('GET', notes, { query: { per_page: 100, page: 2 } })).nextPage).toBeNull();
    expect(gitlab.refused).toEqual([]);
  });

  it('reads again after an overload and a broken connection, and waits as long as GitLab says', async () => {
    await using gitlab = await startGitlab();
    const waits: number[] = [];
    const faults = [{ status: 429, headers: { 'retry-after': '7' } }, { status: 502 }, 'reset'] as const;
    gitlab.fault = () => faults[gitlab.asked.length - 1];
    await using api = await connect(gitlab, { sleep: (ms) => void waits.push(ms) });
    expect((await api.ask('GET', 'user')).value).toMatchObject({ id: 77 });
    expect(waits).toHaveLength(3);
    expect(waits[0]).toBe(7000);
  });

  it('does not create again what may have been created', async () => {
    await using gitlab = await startGitlab();
    gitlab.fault = () => 'reset_after';
    await using api = await connect(gitlab);
    await expect(api.ask('POST', notes, { body: { body: 'x' } })).rejects.toMatchObject({ code: 'unreachable' });
    expect(gitlab.notes).toHaveLength(1);
  });

  it('creates again what GitLab has refused unread', async () => {
    await using gitlab = await startGitlab();
    gitlab.fault = () => (gitlab.asked.length === 1 ? { status: 429, headers: { 'retry-after': '0' } } : undefined);
    await using api = await connect(gitlab);
    await api.ask('POST', notes, { body: { body: 'x' } });
    expect(gitlab.notes).toHaveLength(1);
  });

  it.each([
    [401, 'not_allowed'],
    [403, 'not_allowed'],
    [404, 'not_found'],
    [400, 'refused'],
  ])('tells an answer of %i as %s, without the token', async (status, code) => {
    await using gitlab = await startGitlab();
    gitlab.fault = () => ({ status, body: { message: 'insufficient_scope' } });
    await using api = await connect(gitlab);
    const error: unknown = await api.ask('GET', 'user').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, message: expect.stringContaining('insufficient_scope') });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(gitlab.token);
    expect(gitlab.asked).toHaveLength(1);
  });

  it('gives up when its time is over, also in the middle of an answer that does not come', async () => {
    await using gitlab = await startGitlab();
    gitlab.fault = () => 'hang';
    const over = new AbortController();
    await using api = await connect(gitlab, { giveUp: over.signal });
    const asked = api.ask('GET', 'user');
    while (gitlab.asked.length === 0) await delay(5);
    over.abort();
    await expect(asked).rejects.toMatchObject({ code: 'timeout' });
    await expect(api.ask('GET', 'user')).rejects.toMatchObject({ code: 'timeout' });
  });

  it('trusts the authority of a self-managed instance when it is named, and only then', async () => {
    await using dir = await makeTempDir();
    const { certPath, tls } = makeCertificate(dir.path);
    await using gitlab = await startGitlab({ tls });
    await using trusting = await connect(gitlab, { caFile: certPath });
    expect((await trusting.ask('GET', 'user')).value).toMatchObject({ id: 77 });
    await using doubting = await connect(gitlab);
    await expect(doubting.ask('GET', 'user')).rejects.toMatchObject({ code: 'unreachable' });
  });

  it.each(['ftp://gitlab.example/api/v4', 'https://u:p@gitlab.example/api/v4', 'gitlab'])(
    'sends no token to %s',
    async (apiUrl) => {
      const making = makeGitlabApi({ apiUrl, token: 't', proxy: {}, giveUp: new AbortController().signal, sleep });
      await expect(making).rejects.toMatchObject({ code: 'refused' });
    },
  );
});

describe('setCommitStatus', () => {
  it('says of the pipeline how the run came out, within the lengths that GitLab takes', async () => {
    await using gitlab = await startGitlab();
    await using api = await connect(gitlab);
    const sha = 'a'.repeat(40);
    const status = {
      projectId: 'acme/shop',
      sha,
      pipelineId: '42',
      ref: 'main',
      state: 'failed',
      description: '😀'.repeat(300),
      targetUrl: 'https://gitlab.example/acme/shop/-/jobs/1',
      coveragePercent: 84.1,
    } as const;
    for (const leg of ['mysql', 'sqlite']) await setCommitStatus(api, { ...status, name: `${'n'.repeat(400)} ${leg}` });
    expect(gitlab.refused).toEqual([]);
    const body = { state: 'failed', pipeline_id: 42, coverage: 84.1 };
    expect(gitlab.statuses).toMatchObject([
      { sha, body },
      { sha, body },
    ]);
    const names = gitlab.statuses.map((set) => String(set.body['name']));
    expect(new Set(names).size, 'one leg would take the place of the other').toBe(2);
    for (const name of names) expect(name.length).toBeLessThan(256);
    expect(gitlab.asked[0]?.path).toBe(`/projects/acme%2Fshop/statuses/${sha}`);
  });
});

const sleep = (): Promise<void> => Promise.resolve();

function connect(
  gitlab: GitlabServer,
  options: { caFile?: string; giveUp?: AbortSignal; sleep?: (ms: number) => void } = {},
): Promise<GitlabApi> {
  return makeGitlabApi({
    apiUrl: gitlab.apiUrl,
    token: gitlab.token,
    proxy: {},
    giveUp: options.giveUp ?? AbortSignal.timeout(20_000),
    sleep: (ms) => Promise.resolve(options.sleep?.(ms)),
    ...(options.caFile !== undefined && { caFile: options.caFile }),
  });
}
