import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GithubApi, makeGithubApi } from '../../../src/publish/github/api.ts';
import { makeOtherRunArtifacts } from '../../../src/publish/github/artifacts-list.ts';
import { downloadFile } from '../../../src/publish/github/download.ts';
import { makeZipLocator } from '../../../src/publish/github/locate-zip.ts';
import { findPullRequests, parseUpstreamRun, readNewestAttempt } from '../../../src/publish/github/upstream-run.ts';
import { apiToken, type RunsApi, startRunsApi } from '../../support/runs-api.ts';

const patience = new AbortController().signal;
const payload = {
  id: 9001,
  run_attempt: 2,
  run_number: 77,
  path: '.github/workflows/ci.yml',
  // What GitHub has there where the workflow says `run-name`: actions/runner#4141.
  name: 'Try a fix by @mallory',
  head_sha: 'c'.repeat(40),
  head_branch: 'fix',
  head_repository: { id: 5001, owner: { login: 'mallory' } },
  repository: { full_name: 'acme/widgets' },
  event: 'pull_request',
  conclusion: 'success',
  html_url: 'https://github.com/acme/widgets/actions/runs/9001',
};
const parse = (more: object = {}) =>
  parseUpstreamRun({ workflow_run: { ...payload, ...more }, workflow: { name: 'CI' } });

let forge: RunsApi;
let api: GithubApi;
beforeAll(async () => {
  forge = await startRunsApi('acme/widgets', '9001');
  api = await makeGithubApi({
    apiUrl: forge.url,
    graphqlUrl: `${forge.url}/graphql`,
    token: apiToken,
    env: {},
    giveUp: patience,
    deadline: Date.now() + 60_000,
    now: Date.now,
    random: () => 0,
    sleep: () => Promise.resolve(),
  });
});
beforeEach(() => forge.answers.clear());
afterAll(async () => {
  await api.close();
  await forge[Symbol.asyncDispose]();
});

describe('the event of another run', () => {
  it('is read as GitHub tells it', () => {
    expect(parse()).toEqual({
      id: '9001',
      attempt: 2,
      number: 77,
      workflow: '.github/workflows/ci.yml',
      workflowName: 'CI',
      headSha: 'c'.repeat(40),
      headBranch: 'fix',
      headRepository: { id: 5001, owner: 'mallory' },
      repository: 'acme/widgets',
      event: 'pull_request',
      conclusion: 'success',
      url: 'https://github.com/acme/widgets/actions/runs/9001',
    });
    // A fork that was deleted, a run without a branch.
    expect(parse({ head_repository: null, head_branch: null, conclusion: null })).toMatchObject({
      headRepository: null,
    });
  });

  it.each([
    ['an id that is text', { id: '9001; rm -rf /' }],
    ['no attempt', { run_attempt: undefined }],
    ['a sha that is none', { head_sha: '$(id)' }],
    ['a repository with a path', { repository: { full_name: 'acme/widgets/../../x' } }],
    ['a page that is no web address', { html_url: 'javascript:alert(1)' }],
  ])('is none with %s', (_what, more) => {
    expect(parse(more)).toBeNull();
  });

  it('names no workflow where GitHub names none', () => {
    expect(parseUpstreamRun({ workflow_run: payload, workflow: null })).toMatchObject({ workflowName: null });
    expect(parseUpstreamRun({ workflow_run: payload })).toMatchObject({ workflowName: null });
  });

  it('is none when there is no run in it', () => {
    expect(parseUpstreamRun({})).toBeNull();
    expect(parseUpstreamRun(null)).toBeNull();
  });
});

describe('the pull request', () => {
  const pull = (number: number, more: object = {}) => ({
    number,
    state: 'open',
    head: { sha: 'c'.repeat(40), repo: { id: 5001 } },
    ...more,
  });
  it.each<[string, object[], number[]]>([
    ['is the one with this head', [pull(42)], [42]],
    ['may be two, into two branches', [pull(42), pull(43)], [42, 43]],
    ['is none when it was closed', [pull(42, { state: 'closed' })], []],
    ['is none when it has moved on', [pull(42, { head: { sha: 'f'.repeat(40), repo: { id: 5001 } } })], []],
    ['is none when it is of another fork', [pull(42, { head: { sha: 'c'.repeat(40), repo: { id: 6 } } })], []],
    ['is none when its fork is gone', [pull(42, { head: { sha: 'c'.repeat(40), repo: null } })], []],
  ])('%s', async (_what, pulls, found) => {
    forge.answers.set('/repos/acme/widgets/pulls', { body: pulls });
    const run = parse({ head_branch: 'a&b=c#d/../e' });
    expect(run).not.toBeNull();
    if (run !== null) expect(await findPullRequests(api, run)).toEqual(found);
    expect(forge.requests.at(-1)).toContain('/pulls?state=open&head=mallory%3Aa%26b%3Dc%23d%2F..%2Fe&per_page=100');
  });
});

describe('the artifacts of another run', () => {
  it('are listed to the last page, the envelopes that have not expired, and downloaded without the token', async () => {
    for (let serial = 0; serial < 1050; serial += 1) forge.put(`log-${serial}`, Buffer.from('x'));
    forge.put('gone.quoderat.json', Buffer.from('gone'), { expired: true });
    forge.put('leg.quoderat.json', Buffer.from('{"sealed":true}'));
    const locate = makeZipLocator({ apiUrl: forge.url, token: apiToken, giveUp: patience });
    const source = makeOtherRunArtifacts(api, { repository: 'acme/widgets', id: '9001' }, locate);
    const listed = await source.list();
    expect(listed).toHaveLength(1);
    const [last] = listed;
    expect(last).toMatchObject({ name: 'leg.quoderat.json', sizeBytes: 15 });
    // The store answers 400 when a token comes along.
    if (last !== undefined) expect((await downloadFile(source, last, patience)).toString()).toBe('{"sealed":true}');
    expect(forge.signatures).toHaveLength(1);
  });

  it('say which permission is missing', async () => {
    const locate = makeZipLocator({ apiUrl: forge.url, token: 'ghs_of-somebody-else', giveUp: patience });
    await expect(locate('/repos/acme/widgets/actions/artifacts/7000/zip')).rejects.toThrow(
      /status 401; it needs `actions: read`/,
    );
  });

  it('are of the attempt that GitHub names, the first where it names none', async () => {
    const run = parse();
    forge.answers.set('/repos/acme/widgets/actions/runs/9001', { body: { run_attempt: 3 } });
    if (run !== null) expect(await readNewestAttempt(api, run)).toBe(3);
    forge.answers.set('/repos/acme/widgets/actions/runs/9001', { body: {} });
    if (run !== null) expect(await readNewestAttempt(api, run)).toBe(1);
  });
});
