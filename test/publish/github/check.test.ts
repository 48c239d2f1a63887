import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Annotation } from '../../../src/publish/github/annotation.ts';
import { reportToGithub } from '../../../src/publish/github/report.ts';
import { troubles } from '../../support/forge/faults.ts';
import { type Forge, startForge } from '../../support/forge/forge.ts';
import { headSha, makeReport, type ReportChange } from './reports.ts';

let forge: Forge;

beforeAll(async () => {
  forge = await startForge();
});
afterAll(async () => {
  await forge[Symbol.asyncDispose]();
});
beforeEach(() => {
  forge.faults.clear();
  forge.requests.length = 0;
  forge.violations.length = 0;
});

let runs = 0;

/** Reports a check run only, under a name of its own, and gives back what is on the forge then. */
async function report(change: ReportChange = {}) {
  runs += 1;
  const manifest = change.manifest ?? `manifest ${runs}`;
  const evidenceRunId = change.evidenceRunId ?? `run ${runs}`;
  const modes = { check: 'auto', comment: 'never' } as const;
  const told = await reportToGithub(makeReport(forge, { modes, ...change, manifest, evidenceRunId }));
  return { told, checks: forge.checks().filter(({ name }) => name.startsWith(`Quoderat: ${manifest}`)) };
}

function makeAnnotations(count: number, change: Partial<Annotation> = {}): Annotation[] {
  return Array.from({ length: count }, (_, index) => ({
    path: 'src/a.ts',
    start_line: index + 1,
    end_line: index + 1,
    level: 'warning',
    title: 'no-shadow',
    message: `finding ${index}`,
    ...change,
  }));
}

describe('a check run', () => {
  it('has a name and a title that do nothing, whatever the manifest is called', async () => {
    const manifest = `release ${++runs}`;
    await report({
      manifest: `${manifest}\u202E✅\0\u200B\n##[add-mask]x${'👩‍👩‍👧‍👦'.repeat(40)}`,
      title: 'a\u202Eb\r\n::error::c\uD800',
    });
    const check = forge.checks().find(({ name }) => name.startsWith(`Quoderat: ${manifest}`));
    expect(check?.name).toMatch(/^Quoderat: release \d+\[U\+202E\]✅␀\[U\+200B\] ##\u200B\[add-mask\]x(?:👩‍👩‍👧‍👦)+…$/u);
    expect(check?.name.length).toBeLessThanOrEqual(200);
    expect(check?.title).toBe('a[U+202E]b ::error::c[U+D800]');
  });

  it('is made finished, on the head of the pull request, with a link to the run', async () => {
    const { told, checks } = await report({ annotations: makeAnnotations(2) });
    expect(checks).toMatchObject([
      {
        name: `Quoderat: manifest ${runs}`,
        headSha,
        conclusion: 'success',
        externalId: `run ${runs}`,
        detailsUrl: 'https://github.com/acme/widgets/actions/runs/9001/attempts/1',
        title: '9 of 9 steps passed',
        summary: '### Passed, for the check\n\nbudget 60000',
        annotations: [{ path: 'src/a.ts', start_line: 1, end_line: 1, annotation_level: 'warning' }, {}],
      },
    ]);
    expect(told).toMatchObject({ notices: [], warnings: [], annotated: 'check' });
    expect(told.checkUrl).toContain('/checks/');
    expect(forge.violations).toEqual([]);
  });

  it.each([
    ['failed', 'failure'],
    ['aborted', 'cancelled'],
  ] as const)('concludes a run that is %s as %s', async (status, conclusion) => {
    const { checks } = await report({ status });
    expect(checks).toMatchObject([{ conclusion }]);
  });

  it('names the matrix leg', async () => {
    const { checks } = await report({ facts: { matrix: { os: 'ubuntu', node: '24' } } });
    expect(checks[0]?.name).toMatch(/ \(ubuntu · 24\)$/);
  });

  it('gets its annotations in batches of 50 up to 200, gravest first, and says what is left out', async () => {
    const annotations = [...makeAnnotations(250), ...makeAnnotations(1, { level: 'failure', message: 'grave' })];
    const { told, checks } = await report({ annotations });
    expect(checks[0]?.annotations.length).toBe(200);
    expect(checks[0]?.annotations[0]).toMatchObject({ message: 'grave', annotation_level: 'failure' });
    expect(new Set(checks[0]?.annotations.map((each) => each['start_line'])).size).toBe(199);
    expect(checks[0]?.summary).toContain('_51 more annotations are not shown');
    expect(forge.requests.map((line) => line.split(' ')[0])).toEqual(['POST', 'PATCH', 'PATCH', 'PATCH']);
    expect(forge.violations).toEqual([]);
    expect(told.notices.join()).toContain('51 annotations');
  });

  it('is made once when the answer is lost', async () => {
    forge.faults.add({ kind: 'reset', after: true, method: 'POST' });
    const { told, checks } = await report({ annotations: makeAnnotations(60) });
    expect(checks.length).toBe(1);
    expect(checks[0]?.annotations.length).toBe(60);
    expect(told.notices).toEqual([]);
    expect(forge.requests.filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  it('is made once when a gateway answers 502 after it was made', async () => {
    forge.faults.add({ kind: 'lost', status: 502, method: 'POST' });
    expect((await report()).checks.length).toBe(1);
  });

  it('is made after a burst of 502, a broken connection and a rate limit', async () => {
    forge.faults.add(troubles.badGateway, { kind: 'reset' }, { ...troubles.secondaryLimit(1), method: 'POST' });
    const { told, checks } = await report();
    expect(checks.length).toBe(1);
    expect(told.notices).toEqual([]);
  });

  it('gets no annotation twice when the answer to a batch is lost', async () => {
    forge.faults.add({ kind: 'reset', after: true, method: 'PATCH' }, { kind: 'reset', method: 'PATCH' });
    const { checks } = await report({ annotations: makeAnnotations(170) });
    expect(checks[0]?.annotations.length).toBe(170);
    expect(new Set(checks[0]?.annotations.map((each) => each['start_line'])).size).toBe(170);
  });

  it('stands with what it has when a batch can not be added', async () => {
    forge.faults.add({ ...troubles.badGateway, method: 'PATCH', times: 99 });
    const { told, checks } = await report({ annotations: makeAnnotations(70) });
    expect(checks[0]?.annotations.length).toBe(50);
    expect(told.notices.join()).toContain('20 annotations are not on the check run');
    expect(told.annotated).toBe('check');
  });

  it('is a new one of the same name in the next attempt', async () => {
    const manifest = 'again';
    await report({ manifest, status: 'failed', evidenceRunId: 'first' });
    const { checks } = await report({ manifest, evidenceRunId: 'second', facts: { attempt: 2 } });
    expect(checks.map(({ externalId, conclusion }) => [externalId, conclusion])).toEqual([
      ['first', 'failure'],
      ['second', 'success'],
    ]);
  });

  it('is not made again by who comes after a process that was cut off while it made it', async () => {
    const stop = new AbortController();
    const run = async (): Promise<void> => stop.abort();
    // It is cut off while GitHub does the work: the request has arrived, the answer has not.
    forge.faults.add({ kind: 'meanwhile', method: 'POST', run });
    const evidenceRunId = 'cut off';
    const first = await report({ evidenceRunId, manifest: 'cut', giveUp: stop.signal });
    expect(first.told.notices.join()).toContain('did not answer in time');
    await forge.untilQuiet();
    const { told, checks } = await report({ evidenceRunId, manifest: 'cut', mayExist: true });
    expect(checks).toHaveLength(1);
    expect(told.checkUrl).toBeDefined();
  });

  it('has a shorter page when GitHub finds it too long', async () => {
    const render = (_: string, budgetBytes: number): string => 'ä'.repeat(Math.min(budgetBytes, 50_000));
    const { told, checks } = await report({ render });
    expect(checks[0]?.summary.length).toBe(15_000);
    expect(told.notices).toEqual([]);
  });

  it('has its title for a page when none is short enough', async () => {
    const render = (): string => {
      throw new RangeError('too small');
    };
    expect((await report({ render })).checks[0]?.summary).toBe('9 of 9 steps passed');
  });

  it('goes without annotations when GitHub refuses them', async () => {
    forge.faults.add({ kind: 'status', status: 422, body: { message: 'Invalid request.' } });
    const { told, checks } = await report({ annotations: makeAnnotations(3) });
    expect(checks[0]?.annotations).toEqual([]);
    expect(told.notices.join()).toContain('3 annotations are not on the check run');
  });

  it('holds no annotation that would have all refused', async () => {
    const annotations = [
      ...makeAnnotations(1, { path: '/etc/passwd' }),
      ...makeAnnotations(1, { path: '../outside' }),
      ...makeAnnotations(1, { path: '' }),
      ...makeAnnotations(1, { start_line: 0 }),
      ...makeAnnotations(1, { start_line: 1.5 }),
      ...makeAnnotations(1, { start_line: 7, end_line: 3, start_column: 9, end_column: 2 }),
      ...makeAnnotations(1, { start_line: 8, end_line: 9, start_column: 1, message: '', title: '' }),
      ...makeAnnotations(1, { start_line: 10, message: `${'x'.repeat(3999)}\u{1F600}${'y'.repeat(70_000)}` }),
    ];
    const { checks } = await report({ annotations: [...annotations, ...annotations] });
    expect(checks[0]?.annotations).toMatchObject([
      { start_line: 7, end_line: 7 },
      { start_line: 8, end_line: 9, message: 'no message' },
      { message: expect.stringMatching(/^x{3999}…$/) },
    ]);
    expect(checks[0]?.annotations.some((each) => 'start_column' in each)).toBe(false);
    expect(forge.violations).toEqual([]);
  });
});
