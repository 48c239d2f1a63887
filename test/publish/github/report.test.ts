import { createServer } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Annotation } from '../../../src/publish/github/annotation.ts';
import { reportToGithub } from '../../../src/publish/github/report.ts';
import { troubles } from '../../support/forge/faults.ts';
import { type Forge, startForge } from '../../support/forge/forge.ts';
import { fastPorts, makeReport, type ReportChange } from './reports.ts';

let forge: Forge;
let pull = 0;

const finding: Annotation = { path: 'a.ts', start_line: 1, end_line: 1, level: 'failure', title: 't', message: 'm' };

beforeAll(async () => {
  forge = await startForge({ pulls: 30, prefix: '/api/v3' });
});
afterAll(async () => {
  await forge[Symbol.asyncDispose]();
});
beforeEach(() => {
  pull += 1;
  forge.faults.clear();
  forge.requests.length = 0;
});

function report(change: ReportChange = {}) {
  return reportToGithub(
    makeReport(forge, {
      annotations: [finding],
      evidenceRunId: `run ${pull}`,
      ...change,
      facts: { pullRequest: pull, ...change.facts },
    }),
  );
}

const both = { check: 'auto', comment: 'auto' } as const;

describe('reportToGithub', () => {
  it('writes check run and comment below the path of a GitHub Enterprise Server', async () => {
    const told = await report();
    expect(told).toMatchObject({ notices: [], warnings: [], annotated: 'check' });
    expect(told.checkUrl).toBeDefined();
    expect(told.commentUrl).toBeDefined();
    expect(forge.violations).toEqual([]);
  });

  it('asks nothing where it is to write nothing, and leaves annotations to the runner', async () => {
    const told = await report({ modes: { check: 'never', comment: 'never' } });
    expect(told).toEqual({ notices: [], warnings: [], annotated: 'runner' });
    expect(forge.requests).toEqual([]);
  });

  it('says once that the token may only read', async () => {
    const told = await report({ token: forge.readOnlyToken });
    expect(told).toEqual({
      notices: [
        'No check run: the token may not (the job needs `checks: write`); no comment: the token may not (the job needs `pull-requests: write`). The job summary and the envelope have it all.',
      ],
      warnings: [],
      annotated: 'runner',
    });
  });

  it('names Dependabot, whose runs get such a token', async () => {
    const told = await report({ token: forge.readOnlyToken, facts: { pullRequest: pull, actor: 'dependabot[bot]' } });
    expect(told.notices.join()).toContain('a run that Dependabot started');
  });

  it('says once that a fork gets no more, without asking', async () => {
    const told = await report({ token: forge.readOnlyToken, facts: { pullRequest: pull, isFork: true } });
    expect(told.notices).toEqual([
      'No check run and no comment: the token of a pull request from a fork may only read. The job summary and the envelope have it all.',
    ]);
    expect(forge.requests).toEqual([]);
    expect(told.annotated).toBe('runner');
  });

  it('warns where the workflow insists', async () => {
    const modes = { check: 'always', comment: 'always' } as const;
    const told = await report({ modes, token: forge.readOnlyToken, facts: { pullRequest: pull, isFork: true } });
    expect(told.notices).toEqual([]);
    expect(told.warnings).toEqual([
      'No check run, although `check: always` asks for it: the token may not (the job needs `checks: write`).',
      'No comment, although `comment: always` asks for it: the token may not (the job needs `pull-requests: write`).',
    ]);
  });

  it.each(['push', 'schedule', 'merge_group', 'workflow_dispatch'])(
    'expects no comment on %s and says nothing',
    async (event) => {
      const told = await reportToGithub(makeReport(forge, { facts: { event, pullRequest: undefined } }));
      expect(told).toMatchObject({ notices: [], warnings: [] });
      expect(told.commentUrl).toBeUndefined();
    },
  );

  it('warns of the comment that is to be written always where there is no pull request', async () => {
    const modes = { check: 'never', comment: 'always' } as const;
    const told = await reportToGithub(makeReport(forge, { modes, facts: { event: 'push', pullRequest: undefined } }));
    expect(told.warnings.join()).toContain('this run belongs to no pull request');
  });

  it('does without a token where the workflow passes none', async () => {
    expect(await report({ token: undefined })).toEqual({ notices: [], warnings: [], annotated: 'runner' });
    const { warnings } = await report({ token: '', modes: { check: 'always', comment: 'auto' } });
    expect(warnings.join()).toContain('there is no GitHub token');
  });

  it('says so when GitHub does not know the token, and does not show it', async () => {
    const { notices } = await report({ token: 'ghs_unknownunknown' });
    expect(notices.join()).toContain('Bad credentials (401)');
    expect(notices.join()).not.toContain('ghs_');
  });

  it('refuses a token that could end a header', async () => {
    const { notices } = await report({ token: 'a\r\nx-evil: 1' });
    expect(notices.join()).toContain('no token');
    expect(forge.requests).toEqual([]);
  });
});

describe('trouble on the way', () => {
  it('waits as long as GitHub asks for', async () => {
    forge.faults.add(
      { ...troubles.secondaryLimit(3) },
      { kind: 'status', status: 429, headers: { 'retry-after': '2' } },
    );
    const pauses: number[] = [];
    const sleep = async (ms: number): Promise<void> => void pauses.push(ms);
    const told = await report({
      modes: { check: 'auto', comment: 'never' },
      ports: { ...fastPorts(forge), sleep, random: () => 0 },
    });
    expect(told.notices).toEqual([]);
    expect(pauses).toEqual([3000, 2000]);
  });

  it('does not begin a wait that is longer than its time', async () => {
    forge.faults.add({ ...troubles.secondaryLimit(90), times: 99 });
    const told = await report({ modes: both, budgetMs: 5000 });
    expect(told.notices.join()).toContain('secondary rate limit');
    expect(forge.requests).toHaveLength(2);
  });

  it('knows the primary limit by its headers', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4000000000' };
    forge.faults.add({ kind: 'status', status: 403, headers, body: { message: 'Forbidden' } });
    const told = await report({ modes: { check: 'auto', comment: 'never' } });
    expect(told.notices.join()).toContain('Forbidden (403)');
    expect(forge.requests).toHaveLength(1);
  });

  it('gives up after four tries', async () => {
    forge.faults.add({ ...troubles.badGateway, times: 99 });
    // Whether it was made all the same is asked four times, and cannot be told.
    const told = await report({ modes: { check: 'auto', comment: 'never' } });
    expect(told.notices).toEqual([
      'No check run: GitHub would not create the check run: status 502. The job summary and the envelope have it all.',
    ]);
    expect(forge.requests).toHaveLength(1 + 4);
  });

  it('leaves time for the comment when the check run hangs', async () => {
    forge.faults.add({ kind: 'hang', path: /check-runs/, times: 99 });
    const told = await report({ budgetMs: 1500 });
    expect(told.notices.join()).toContain('No check run: GitHub did not answer in time');
    expect(told.commentUrl).toBeDefined();
    expect(told.annotated).toBe('runner');
  });

  it('ends when it is told to', async () => {
    forge.faults.add({ kind: 'hang', times: 99 });
    const stop = new AbortController();
    const running = report({ giveUp: stop.signal });
    while (forge.requests.length === 0) await new Promise(setImmediate);
    stop.abort();
    expect((await running).notices.join()).toContain('did not answer in time');
    expect((await report({ giveUp: stop.signal })).notices.join()).toContain('did not answer in time');
    expect(forge.requests).toHaveLength(1);
  });

  it('survives a page that can not be made and a runner that takes no annotations', async () => {
    const fail = (): never => {
      throw new TypeError('broken');
    };
    const told = await report({ render: fail, ports: { ...fastPorts(forge), annotate: fail } });
    expect(told).toMatchObject({ annotated: 'none', notices: [expect.stringContaining('broken')] });
  });

  it('survives answers that are no answers', async () => {
    forge.faults.add(
      { kind: 'status', status: 200, body: '<html>' },
      { kind: 'status', status: 200, body: { id: 'x' } },
    );
    const told = await report();
    expect(told.notices.join()).toContain('answered with something else');
  });

  it('follows a repository that was renamed, and never to another server', async () => {
    const own = `${forge.url}/repos/acme/widgets/check-runs`;
    forge.faults.add({ kind: 'status', status: 307, headers: { location: own } });
    expect((await report({ modes: { check: 'auto', comment: 'never' } })).checkUrl).toBeDefined();
    forge.faults.add({ kind: 'status', status: 307, headers: { location: 'http://localhost:9/x' } });
    expect((await report({ modes: { check: 'auto', comment: 'never' } })).notices.join()).toContain('307');
  });

  it('says what is wrong with an address that nobody listens at', async () => {
    const { notices } = await report({ facts: { apiUrl: 'http://127.0.0.1:1', pullRequest: pull } });
    expect(notices.join()).toMatch(/could not be asked to create the check run: .*ECONNREFUSED/);
    expect((await report({ facts: { apiUrl: 'file:///etc' } })).notices.join()).toContain('no web address');
  });
});

describe('a proxy', () => {
  it('is used as the environment says, and not for what it excepts', async () => {
    const asked: string[] = [];
    // The name resolves nowhere: only the proxy knows the way.
    const proxy = createServer().on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      const { port } = new URL(forge.url);
      const upstream = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => {
      proxy.listen(0, '127.0.0.1', resolve);
    });
    const address = proxy.address();
    const env = { http_proxy: `127.0.0.1:${typeof address === 'object' ? address?.port : ''}` };
    const facts = { apiUrl: 'http://github.invalid/api/v3', pullRequest: pull };
    const modes = { check: 'auto', comment: 'never' } as const;
    try {
      expect((await report({ env, facts, modes })).checkUrl).toBeDefined();
      expect(asked).toEqual(['github.invalid:80']);
      const excepted = await report({ env: { ...env, NO_PROXY: '.invalid' }, facts, modes, budgetMs: 400 });
      expect(excepted.checkUrl).toBeUndefined();
      expect((await report({ env, modes })).checkUrl).toBeDefined();
      expect(asked).toHaveLength(1);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });
});
