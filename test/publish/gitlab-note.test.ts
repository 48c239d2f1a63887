import { createServer } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseSections } from '../../src/publish/comment/body.ts';
import { type GitlabReport, type GitlabReported, reportToGitlab } from '../../src/publish/gitlab/report.ts';
import { parseGitlabTarget } from '../../src/publish/gitlab/target.ts';
import { makeCertificate } from '../support/certificate.ts';
import { type GitlabServer, startGitlab } from '../support/gitlab/api-server.ts';
import { liveText, toRunningText } from '../render/gfm.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const sha = 'a'.repeat(40);
let gitlab: GitlabServer;

beforeAll(async () => {
  gitlab = await startGitlab();
});
afterAll(async () => gitlab[Symbol.asyncDispose]());
beforeEach(() => {
  for (const list of [gitlab.notes, gitlab.statuses, gitlab.asked, gitlab.refused]) list.length = 0;
  gitlab.fault = () => undefined;
});
afterEach(() => {
  expect(gitlab.refused, 'what GitLab does not describe').toEqual([]);
});

type Change = Partial<Omit<GitlabReport, 'env' | 'target'>> & { env?: Record<string, string> };

/** A passed job of merge request 3, in its only pipeline. */
function report({ env: more, ...change }: Change = {}, of: GitlabServer = gitlab): Promise<GitlabReported> {
  const env = {
    CI_API_V4_URL: of.apiUrl,
    CI_PROJECT_ID: '7',
    CI_PROJECT_PATH: 'acme/shop',
    CI_PROJECT_URL: 'https://gitlab.example/gitlab/acme/shop',
    CI_COMMIT_SHA: sha,
    CI_COMMIT_REF_NAME: 'tax',
    CI_PIPELINE_ID: '900',
    CI_PIPELINE_IID: '42',
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_MERGE_REQUEST_IID: '3',
    CI_MERGE_REQUEST_PROJECT_ID: '7',
    CI_JOB_ID: '5001',
    CI_JOB_NAME: 'quoderat',
    CI_JOB_URL: 'https://gitlab.example/gitlab/acme/shop/-/jobs/5001',
    CI_JOB_TOKEN: 'glcbt-64_job',
    ...more,
  };
  const target = parseGitlabTarget(env);
  if (target === undefined) throw new Error('the variables are no job');
  return reportToGitlab({
    env,
    token: of.token,
    modes: { note: 'auto', status: 'never' },
    target,
    manifest: 'release',
    manifestPath: 'quoderat.yml',
    evidenceRunId: `run of ${env.CI_JOB_ID}`,
    status: 'success',
    title: '9/9 passed',
    commit: sha,
    envelope: { sha256: '5e'.repeat(32), isInArtifacts: true },
    coveragePercent: undefined,
    render: () => '### Passed',
    giveUp: new AbortController().signal,
    ports: { sleep: (ms, signal) => delay(ms / 60, undefined, { signal }), random: () => 0.5 },
    ...change,
  });
}

const quiet = { notices: [], warnings: [] };

/** A leg of a matrix of `total`. */
function leg(name: string, job: number, change: Change = {}, total = 2): Promise<GitlabReported> {
  const env = { CI_JOB_NAME: `test: [${name}]`, CI_JOB_ID: String(job), CI_NODE_TOTAL: String(total), ...change.env };
  return report({ render: () => `page of ${name}.`, ...change, env });
}

const ours = (): string[] => gitlab.notes.filter(({ author }) => author.id === 77).map(({ body }) => body);
const asked = (operation: string): number => gitlab.asked.filter((one) => one.operation === operation).length;

describe('the note', () => {
  it('is made once, with the page of the only job', async () => {
    expect(await report()).toEqual(quiet);
    const [body = '', ...others] = ours();
    expect(others).toEqual([]);
    expect(body.split('\n')[0]).toBe(
      '<!-- quoderat:comment:v1 {"manifest":"release","workflow":"acme/shop//.gitlab-ci.yml"} -->',
    );
    expect(body).toContain('\n### Passed\n');
    expect(body).not.toContain('<details');
  });

  it('is not written when the same job says the same again', async () => {
    await report();
    await report();
    expect([asked('createNote'), asked('updateNote')]).toEqual([1, 0]);
  });

  it('is written again by the next pipeline, which names pipeline and job of what it has superseded', async () => {
    await report({ status: 'failed', render: () => 'the old page' });
    await report({
      render: () => 'the new page',
      env: { CI_PIPELINE_IID: '43', CI_PIPELINE_ID: '905', CI_JOB_ID: '5100' },
    });
    const [body = '', ...others] = ours();
    expect(others).toEqual([]);
    expect(body).toContain('the new page');
    expect(body).not.toContain('the old page');
    expect(body).toContain('pipeline 905: 1 earlier result');
    expect(body).toContain('[pipeline 900, job 5001](https://gitlab.example/gitlab/acme/shop/-/jobs/5001)');
    expect(body).not.toContain('attempt');
  });

  it('keeps the newer page when an older pipeline, or the try before a retried job, reports late', async () => {
    await report({ render: () => 'the newest', env: { CI_JOB_ID: '5200' } });
    await report({ status: 'failed', render: () => 'late try' });
    await report({
      status: 'failed',
      render: () => 'late pipeline',
      env: { CI_PIPELINE_IID: '41', CI_JOB_ID: '9999' },
    });
    const [body = ''] = ours();
    expect(body).toContain('the newest');
    expect(body).not.toContain('late');
    expect(body).toContain('2 earlier results');
  });

  it('has a row for each leg of a matrix, with links to its evidence and no attempts', async () => {
    await leg('mysql', 5001, { status: 'failed', title: '4 of 5 passed' });
    expect(ours()[0]).toContain('### ⏳ 1 of 2 envelopes in, 1 failed · `release`');
    await leg('sqlite', 5002);
    const [body = ''] = ours();
    expect(body).toContain('### ❌ Failed: 1 of 2 legs failed · `release`');
    expect(body).toContain('[pipeline 900](https://gitlab.example/gitlab/acme/shop/-/pipelines/900)');
    expect(body).toContain(
      '| `mysql` | ❌ failed | 4 of 5 passed | [`sha256:5e5e5e5e…`](https://gitlab.example/gitlab/acme/shop/-/jobs/5001/artifacts/browse) |',
    );
    expect(body).not.toMatch(/attempt/i);
  });

  it.each([1, 2, 3])('has all legs that write it at once (%i)', async (round) => {
    const names = ['mysql', 'sqlite', 'postgres', 'none'].slice(0, 1 + round);
    const told = await Promise.all(names.map((name, index) => leg(name, 5001 + index, {}, names.length)));
    expect(told.flatMap(({ notices }) => notices)).toEqual([]);
    const [body = '', ...others] = ours();
    expect(others).toEqual([]);
    const texts = parseSections(body).map(({ text }) => text);
    expect(new Set(texts)).toEqual(new Set(names.map((name) => `page of ${name}.`)));
  });

  it('is found on the third page, among notes of others and of GitLab itself', async () => {
    await report({ render: () => 'first' });
    const [note] = gitlab.notes;
    const stranger = { id: 5, username: 'mona' };
    const others = Array.from({ length: 220 }, (_, index) => ({
      id: index + 1,
      body: index % 2 === 0 ? 'a thought' : 'added 1 commit',
      system: index % 2 === 1,
      author: stranger,
    }));
    gitlab.notes.unshift(...others);
    await report({ render: () => 'second', env: { CI_JOB_ID: '5002' } });
    expect(gitlab.notes).toHaveLength(221);
    expect(gitlab.notes.at(-1)).toMatchObject({ id: note?.id, body: expect.stringContaining('second') });
  });

  it('never takes over a note of somebody else who copied the marker', async () => {
    await report();
    const [body = ''] = ours();
    gitlab.notes.splice(0, 1, { id: 1, body, system: false, author: { id: 5, username: 'mallory' } });
    await report({ render: () => 'ours', env: { CI_JOB_ID: '5002' } });
    expect(gitlab.notes.map(({ author }) => author.username)).toEqual(['mallory', 'project_7_bot']);
    expect(gitlab.notes[0]?.body).toBe(body);
    expect(gitlab.notes[1]?.body).toContain('ours');
  });

  it('mentions nobody, refers to nothing and gives GitLab no commands, whatever jobs are called', async () => {
    const hostile = '/close\n@all #1 !2 ~bug %3 $4 &5 :boom: <!-- quoderat:end --> https://evil.example';
    const named = {
      env: { CI_JOB_NAME: `${hostile} 1/2` },
      manifest: hostile,
      title: hostile,
      status: 'failed',
    } as const;
    await leg('mysql', 5001, { ...named, env: { ...named.env, CI_JOB_GROUP_NAME: hostile } });
    await leg('mysql', 5002, { ...named, env: { CI_PIPELINE_IID: '43', CI_JOB_NAME: `${hostile}: [x]` } });
    const [body = ''] = ours();
    expect(body.length).toBeGreaterThan(200);
    expect(body).not.toMatch(/^\s*\/close/m);
    const text = toRunningText(body).join('\n');
    expect(text).toContain('bug');
    expect(text).not.toMatch(liveText);
    expect(parseSections(body)).toHaveLength(2);
  });

  it('takes the place of duplicates that a killed job has left', async () => {
    await leg('mysql', 5001, {}, 3);
    const [first] = gitlab.notes;
    if (first !== undefined) gitlab.notes.push({ ...first, id: first.id + 1 });
    await leg('sqlite', 5002, {}, 3);
    expect(parseSections(ours()[0] ?? '')).toHaveLength(2);
    expect(ours()).toHaveLength(1);
  });

  it.each(['getNote', 'updateNote'])('is made anew when it is deleted right before %s', async (operation) => {
    await report({ render: () => 'first' });
    gitlab.fault = (request) => {
      if (request.operation === operation) gitlab.notes.splice(0);
      return undefined;
    };
    const again = await report({ render: () => 'second', env: { CI_JOB_ID: '5002' } });
    expect(again).toEqual(quiet);
    expect(ours()).toEqual([expect.stringContaining('second')]);
  });

  it.each(['reset_after', { status: 502 }] as const)(
    'is made once when the answer to the first is %j',
    async (fault) => {
      let isFirst = true;
      gitlab.fault = ({ operation }) => {
        if (operation !== 'createNote' || !isFirst) return undefined;
        isFirst = false;
        return fault;
      };
      expect(await report()).toEqual(quiet);
      expect(ours()).toHaveLength(1);
    },
  );

  it('waits when GitLab is asked too often', async () => {
    let count = 0;
    gitlab.fault = () => ((count += 1) % 2 === 1 ? { status: 429, headers: { 'retry-after': '1' } } : undefined);
    expect(await report()).toEqual(quiet);
    expect(ours()).toHaveLength(1);
  });

  it('gets shorter when GitLab finds it too long', async () => {
    let isFirst = true;
    gitlab.fault = ({ operation }) => {
      if (operation !== 'createNote' || !isFirst) return undefined;
      isFirst = false;
      return { status: 400, body: { message: { note: ['is too long (maximum is 1000000 characters)'] } } };
    };
    const render = (budgetBytes: number): string => 'x'.repeat(budgetBytes - 10);
    expect(await report({ render })).toEqual(quiet);
    expect(ours()[0]?.length).toBeLessThan(15_001);
  });

  it.each([
    [
      403,
      'listNotes',
      /^no note on the merge request: GitLab answered 403 to GET .+ \(the token needs the scope api and the role Reporter\)\.$/,
    ],
    [404, 'listNotes', /^no note on the merge request: GitLab answered 404 /],
    [403, 'createNote', /^no note on the merge request: GitLab answered 403 to POST /],
    [500, 'listNotes', /^no note on the merge request: GitLab answered 500 /],
  ])('is told once when GitLab answers %i to %s', async (status, operation, words) => {
    gitlab.fault = (request) => (request.operation === operation ? { status } : undefined);
    const told = await report();
    expect(told).toEqual({ notices: [expect.stringMatching(words)], warnings: [] });
    expect(JSON.stringify(told)).not.toContain(gitlab.token);
  });

  it('is given up at the end of the time, without an error', async () => {
    gitlab.fault = () => 'hang';
    const told = await report({ budgetMs: 150 });
    expect(told.notices).toEqual([expect.stringMatching(/did not answer GET \S+ in time\.$/)]);
  });

  it('is written to a self-managed GitLab whose authority only the runner knows', async () => {
    await using dir = await makeTempDir();
    const { certPath, tls } = makeCertificate(dir.path);
    await using secure = await startGitlab({ tls });
    expect(await report({ env: { CI_SERVER_TLS_CA_FILE: certPath } }, secure)).toEqual(quiet);
    expect(secure.notes).toHaveLength(1);
    expect((await report({}, secure)).notices).toHaveLength(1);
  });
});

describe('whose pipeline it is', () => {
  it('writes to the merge request of the project that a fork was made of, with the token of that project', async () => {
    await report({ env: { CI_PROJECT_ID: '7', CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '99' } });
    const created = gitlab.asked.filter(({ operation }) => operation === 'createNote');
    expect(created.map(({ path }) => path)).toEqual(['/projects/7/merge_requests/3/notes']);
  });

  it('says of a pipeline in the fork why it has no token', async () => {
    const told = await report({ token: undefined, env: { CI_PROJECT_ID: '99' } });
    expect(told.notices).toEqual([
      'no note on the merge request: this pipeline runs in a fork, which has no QUODERAT_GITLAB_TOKEN.',
    ]);
  });

  it('has the jobs of child pipelines of one parent in one note, and those of the next parent take their place', async () => {
    const child = (job: number, parent: number, iid: number, path: string): Promise<GitlabReported> =>
      report({
        manifestPath: path,
        render: () => `${path} of ${parent}.`,
        env: {
          CI_PIPELINE_SOURCE: 'parent_pipeline',
          CI_UPSTREAM_PIPELINE_ID: String(parent),
          CI_PIPELINE_IID: String(iid),
          CI_JOB_ID: String(job),
        },
      });
    await child(5001, 900, 43, 'a/quoderat.yml');
    await child(5002, 900, 44, 'b/quoderat.yml');
    const texts = (): (string | undefined)[] =>
      parseSections(ours()[0] ?? '')
        .flatMap(({ text }) => text ?? [])
        .toSorted();
    expect(texts()).toEqual(['a/quoderat.yml of 900.', 'b/quoderat.yml of 900.']);
    await child(5003, 910, 46, 'a/quoderat.yml');
    expect(texts()).toEqual(['a/quoderat.yml of 910.']);
    expect(ours()).toHaveLength(1);
  });

  it('has no note for what another project or a tag has started, and says so only to who insists', async () => {
    const env = { CI_MERGE_REQUEST_IID: '', CI_PIPELINE_SOURCE: 'pipeline' };
    expect(await report({ env })).toEqual(quiet);
    const told = await report({ env, modes: { note: 'always', status: 'never' } });
    expect(told).toEqual({
      notices: [],
      warnings: [
        'no note on the merge request, although --comment always asks for it: the pipeline was started by another project.',
      ],
    });
    expect(gitlab.asked).toEqual([]);
  });
});

describe('the commit status', () => {
  const modes = { note: 'never', status: 'auto' } as const;

  it.each([
    ['success', 'success'],
    ['failed', 'failed'],
    ['aborted', 'canceled'],
  ] as const)('of a run that is %s is %s', async (status, state) => {
    expect(await report({ modes, status, coveragePercent: 84.21 })).toEqual(quiet);
    expect(gitlab.statuses).toEqual([
      {
        sha,
        body: {
          state,
          name: 'quoderat: release quoderat',
          description: '9/9 passed',
          pipeline_id: 900,
          target_url: 'https://gitlab.example/gitlab/acme/shop/-/jobs/5001',
          coverage: 84.21,
        },
      },
    ]);
  });

  it('of merged results is on the merge that the pipeline ran for, and names no ref that is not the pipeline’s', async () => {
    const merge = 'c'.repeat(40);
    await report({ modes, env: { CI_COMMIT_SHA: merge, CI_MERGE_REQUEST_EVENT_TYPE: 'merged_result' } });
    expect(gitlab.statuses[0]).toMatchObject({ sha: merge });
    expect(gitlab.statuses[0]?.body).not.toHaveProperty('ref');
  });

  it('goes without an address that GitLab would not take', async () => {
    await report({ modes, env: { CI_JOB_URL: `https://gitlab.example/${'x'.repeat(300)}` } });
    expect(gitlab.statuses).toHaveLength(1);
    expect(gitlab.statuses[0]?.body).not.toHaveProperty('target_url');
  });

  it('that cannot be set leaves the note alone', async () => {
    gitlab.fault = ({ path }) => (path.includes('/statuses/') ? { status: 403 } : undefined);
    const told = await report({ modes: { note: 'auto', status: 'always' } });
    expect(told.notices).toEqual([]);
    expect(told.warnings).toEqual([
      expect.stringMatching(
        /^no commit status, although --commit-status always asks for it: GitLab answered 403 .+the role Developer\)\.$/,
      ),
    ]);
    expect(ours()).toHaveLength(1);
  });
});

describe('the token', () => {
  const modes = { note: 'auto', status: 'auto' } as const;
  const neither = 'the job token can write neither notes nor statuses';

  it('that is missing is told in one sentence where there is a merge request, and nowhere else', async () => {
    expect(await report({ token: undefined, modes })).toEqual({
      notices: [
        `no commit status and no note on the merge request: there is no QUODERAT_GITLAB_TOKEN, and ${neither}.`,
      ],
      warnings: [],
    });
    expect(await report({ token: undefined, modes, env: { CI_MERGE_REQUEST_IID: '' } })).toEqual(quiet);
    expect(await report({ token: '', modes: { note: 'never', status: 'never' } })).toEqual(quiet);
  });

  it('that is missing is a warning for each thing that was insisted on', async () => {
    const told = await report({ token: '', modes: { note: 'always', status: 'always' } });
    expect(told.notices).toEqual([]);
    expect(told.warnings).toHaveLength(2);
  });

  it.each([
    ['glcbt-64_job', `QUODERAT_GITLAB_TOKEN is the job token, and ${neither}.`],
    ['glpat x\ny', 'QUODERAT_GITLAB_TOKEN is no token.'],
  ])('%j is sent nowhere', async (token, words) => {
    const told = await report({ token });
    expect(told.notices).toEqual([`no note on the merge request: ${words}`]);
    expect(gitlab.asked).toEqual([]);
  });

  it('that is none of GitLab’s is told without being shown', async () => {
    const told = await report({ token: 'glpat-expired-0123456789' });
    expect(told.notices).toEqual([expect.stringContaining('GitLab answered 401')]);
    expect(JSON.stringify(told)).not.toContain('glpat-expired');
  });

  it('goes through the proxy that the environment names, and no address that is none stands in the way', async () => {
    const tunnels: string[] = [];
    // The name resolves nowhere: only the proxy knows the way.
    const proxy = createServer().on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const upstream = connect(Number(new URL(gitlab.apiUrl).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((done) => {
      proxy.listen(0, '127.0.0.1', done);
    });
    const address = proxy.address();
    const env = {
      CI_API_V4_URL: 'http://gitlab.invalid/gitlab/api/v4',
      http_proxy: `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
      HTTPS_PROXY: 'not a proxy',
    };
    try {
      expect(await report({ env })).toEqual(quiet);
      expect(new Set(tunnels)).toEqual(new Set(['gitlab.invalid:80']));
      expect(ours()).toHaveLength(1);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });
});
