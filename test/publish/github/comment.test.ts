import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseSections } from '../../../src/publish/comment/body.ts';
import { reportToGithub } from '../../../src/publish/github/report.ts';
import { troubles } from '../../support/forge/faults.ts';
import { type Forge, startForge } from '../../support/forge/forge.ts';
import { fastPorts, makeReport, type ReportChange } from './reports.ts';

let forge: Forge;
let pull = 0;

beforeAll(async () => {
  forge = await startForge({ pulls: 40 });
});
afterAll(async () => {
  await forge[Symbol.asyncDispose]();
});
/** A pull request of its own for each test. */
beforeEach(() => {
  pull += 1;
  forge.faults.clear();
  forge.requests.length = 0;
  forge.violations.length = 0;
});

function report(change: ReportChange = {}) {
  const modes = { check: 'never', comment: 'auto' } as const;
  return reportToGithub(makeReport(forge, { modes, ...change, facts: { pullRequest: pull, ...change.facts } }));
}

/** A leg of a matrix of `total`. */
function leg(node: string, change: ReportChange = {}, total = 2) {
  const facts = { matrix: { node }, ...change.facts };
  return report({ jobTotal: total, render: () => `page of ${node}`, ...change, facts });
}

async function bodies(): Promise<string[]> {
  return (await forge.comments(pull)).map(({ body }) => body);
}

describe('the comment', () => {
  it('is made once, with the page of the only leg and no head of its own', async () => {
    const told = await report();
    const [body = '', ...others] = await bodies();
    expect(others).toEqual([]);
    expect(body.split('\n')[0]).toBe(
      '<!-- quoderat:comment:v1 {"manifest":"release","workflow":".github/workflows/ci.yml"} -->',
    );
    expect(body).toContain('\n### Passed, for the comment\n');
    expect(body).not.toContain('<details');
    expect(told).toMatchObject({ notices: [], warnings: [], annotated: 'none' });
    expect(told.commentUrl).toMatch(/#issuecomment-\d+$/);
    expect(forge.violations).toEqual([]);
  });

  it('is written again by the next run, which marks the former as superseded', async () => {
    await report({ status: 'failed', render: () => 'the old page' });
    const sha = 'f00dfeed'.repeat(5);
    await report({ render: () => 'the new page', facts: { runNumber: 43, runId: '9002', sha } });
    const [body = '', ...others] = await bodies();
    expect(others).toEqual([]);
    expect(body).toContain('the new page');
    expect(body).not.toContain('the old page');
    expect(body.replaceAll('&#8203;', '')).toContain(
      '<details><summary>⏭ Superseded by <code>f00dfee</code>, run 43: 1 earlier result</summary>',
    );
    expect(body).toContain('❌ failed');
  });

  it('is not touched when the same run says the same again', async () => {
    await report();
    forge.requests.length = 0;
    await report();
    expect(forge.requests.filter((line) => !line.startsWith('GET') && !line.includes('graphql'))).toEqual([]);
  });

  it('takes what the same run corrects', async () => {
    await report({ status: 'success' });
    await report({ status: 'aborted', render: () => 'cut off' });
    const [body = ''] = await bodies();
    expect(body).toContain('cut off');
    expect(body).not.toContain('Superseded');
  });

  it('is replaced by the next attempt', async () => {
    await report({ status: 'failed', render: () => 'attempt one' });
    await report({ render: () => 'attempt two', facts: { attempt: 2 } });
    const [body = ''] = await bodies();
    expect(body).toContain('attempt two');
    expect(body).not.toContain('attempt one');
    expect(body).toContain('1 earlier result');
  });

  it('keeps the newer page when an older attempt or run reports late', async () => {
    await report({ render: () => 'the newest', facts: { attempt: 3, runNumber: 50 } });
    await report({ status: 'failed', render: () => 'late attempt', facts: { attempt: 2, runNumber: 50 } });
    await report({ status: 'failed', render: () => 'late run', facts: { attempt: 9, runNumber: 49 } });
    const [body = ''] = await bodies();
    expect(body).toContain('the newest');
    expect(body).not.toContain('late');
    expect(body).toContain('2 earlier results');
  });

  it('belongs to one manifest of one workflow', async () => {
    await report({ manifest: 'release' });
    await report({ manifest: 'release --> @mona #1' });
    await report({ manifest: 'release', facts: { workflow: '.github/workflows/nightly.yml' } });
    const markers = (await bodies()).map((body) => body.split('\n')[0]);
    expect(new Set(markers).size).toBe(3);
    expect(markers[1]?.match(/-->/g)).toHaveLength(1);
    expect(markers[1]).not.toMatch(/[@#]/);
  });
});

describe('the comment of a matrix', () => {
  it('has a section for each leg and says how many are in', async () => {
    await leg('22', { status: 'failed', title: '4 of 5 passed' });
    expect((await bodies())[0]).toContain('### ⏳ 1 of 2 envelopes in, 1 failed · `release`');
    await leg('24', { envelope: { sha256: 'ab'.repeat(32), artifactId: '123' } });
    const [body = '', ...others] = await bodies();
    expect(others).toEqual([]);
    expect(body).toContain('### ❌ Failed: 1 of 2 legs failed · `release`');
    expect(body).toContain('| `22` | ❌ failed | 4 of 5 passed | 1 | – |');
    expect(body).toContain('[`sha256:abababab…`](https://github.com/acme/widgets/actions/runs/9001/artifacts/123)');
    expect(body.indexOf('page of 22')).toBeLessThan(body.indexOf('page of 24'));
    expect(body).toContain('<details open><summary>❌ <b>22</b>: 4 of 5 passed</summary>');
  });

  it('keeps the legs that were not run again, and says so', async () => {
    await leg('22', { status: 'failed' });
    await leg('24');
    await leg('22', { facts: { matrix: { node: '22' }, attempt: 2 } });
    const [body = ''] = await bodies();
    expect(body).toContain('### ✅ Passed: 2 of 2 legs passed');
    expect(body).toContain('| `24` | ✅ passed | 9 of 9 steps passed | 1 (not re-run) | – |');
    expect(body).toContain('page of 24');
  });

  it('has the legs of two jobs side by side', async () => {
    await leg('22');
    await leg('22', { facts: { matrix: { node: '22' }, job: 'lint' } }, 1);
    expect((await bodies())[0]).toContain('### ⏳ 2 of 3 envelopes in');
  });
});

describe('whose comment it is', () => {
  it('never takes over a comment of somebody else who copied the marker', async () => {
    await report();
    const [body = ''] = await bodies();
    pull += 1;
    await forge.comment(pull, body);
    await report({ render: () => 'ours' });
    const comments = await forge.comments(pull);
    expect(comments.map(({ author }) => author)).toEqual(['mallory', 'github-actions[bot]']);
    expect(comments[0]?.body).toBe(body);
    expect(comments[1]?.body).toContain('ours');
  });

  it('takes no comment of ours that only quotes the marker', async () => {
    await report();
    const [body = ''] = await bodies();
    pull += 1;
    await forge.comment(pull, `> quoted\n\n${body}`, forge.token);
    await report();
    expect(await bodies()).toHaveLength(2);
  });

  it('is found on the third page', async () => {
    for (let count = 0; count < 220; count += 1) await forge.comment(pull, `comment ${count}`);
    await report({ render: () => 'first' });
    await report({ render: () => 'second', facts: { attempt: 2 } });
    const ours = (await forge.comments(pull)).filter(({ author }) => author !== 'mallory');
    expect(ours).toHaveLength(1);
    expect(ours[0]?.body).toContain('second');
  });

  it('is found again with the token of a person', async () => {
    await report({ token: forge.personToken });
    await report({ token: forge.personToken, facts: { attempt: 2 } });
    expect((await forge.comments(pull)).map(({ author }) => author)).toEqual(['mona']);
  });

  it.each([/graphql/, /graphql|\/user$/])('is found again where %s is not there', async (path) => {
    await report();
    forge.faults.add({ kind: 'status', status: 404, path, times: 9 });
    await report({ facts: { attempt: 2 } });
    expect(await bodies()).toHaveLength(1);
  });
});

describe('trouble with the comment', () => {
  it('makes one when the answer to the first is lost', async () => {
    forge.faults.add({ kind: 'reset', after: true, method: 'POST', path: /comments/ });
    const told = await report();
    expect(await bodies()).toHaveLength(1);
    expect(told.notices).toEqual([]);
  });

  it.each([
    ['showing', 'GET'],
    ['writing', 'PATCH'],
  ])('makes a new one when it is deleted right before %s it', async (_what, method) => {
    await report({ render: () => 'first' });
    const [{ id } = { id: 0 }] = await forge.comments(pull);
    const path = /issues\/comments/;
    forge.faults.add({ kind: 'meanwhile', method, path, run: () => forge.deleteComment(id) });
    const told = await report({ render: () => 'second', facts: { attempt: 2 } });
    const comments = await forge.comments(pull);
    expect(comments).toEqual([expect.objectContaining({ body: expect.stringContaining('second') })]);
    expect(comments[0]?.id).not.toBe(id);
    expect(told.notices).toEqual([]);
  });

  it('gets shorter when GitHub finds it too long', async () => {
    const told = await report({ render: (_surface, budgetBytes) => 'x'.repeat(budgetBytes - 10) });
    forge.faults.add({
      kind: 'status',
      status: 422,
      method: 'PATCH',
      body: { message: 'Validation Failed', errors: [{ message: 'Body is too long (maximum is 65536 characters)' }] },
    });
    const again = await report({
      facts: { attempt: 2 },
      render: (_surface, budgetBytes) => 'y'.repeat(budgetBytes - 10),
    });
    const [body = ''] = await bodies();
    expect(body.length).toBeGreaterThan(10_000);
    expect(body.length).toBeLessThan(15_001);
    expect([...told.notices, ...again.notices]).toEqual([]);
  });

  it('is told once when the conversation is locked', async () => {
    forge.faults.add({ ...troubles.locked, method: 'POST', times: 9 });
    const told = await report();
    expect(told.notices).toEqual([
      'No comment: GitHub would not write the comment: Unable to create comment because issue is locked. (403). The job summary and the envelope have it all.',
    ]);
    expect(await bodies()).toEqual([]);
  });

  it('puts back what was edited out of it by hand, and survives what was edited in', async () => {
    await leg('22');
    const [{ id } = { id: 0 }] = await forge.comments(pull);
    const [body = ''] = await bodies();
    const edited = body.replace(
      '<!-- quoderat:end -->',
      '<!-- quoderat:leg [1,2] -->\n<!-- quoderat:section [] -->\nhi',
    );
    await forge.deleteComment(id);
    await forge.comment(pull, edited.replaceAll('\n', '\r\n'), forge.token);
    await leg('24');
    expect(parseSections((await bodies())[0] ?? '').map(({ leg }) => leg.label)).toEqual(['24', '22']);
  });

  it('is given up at the end of the time, without an error', async () => {
    forge.faults.add({ kind: 'hang', times: 99 });
    const told = await report({ budgetMs: 150 });
    expect(told.notices).toEqual([
      'No comment: GitHub did not answer in time when asked to list the comments. The job summary and the envelope have it all.',
    ]);
  });

  it('counts as written when only the time to look after it is over', async () => {
    const over = new AbortController();
    const sleep = async (): Promise<void> => over.abort();
    const told = await report({ giveUp: over.signal, ports: { ...fastPorts(forge), sleep } });
    expect(told).toMatchObject({ notices: [], commentUrl: expect.stringContaining('#issuecomment') });
  });
});
