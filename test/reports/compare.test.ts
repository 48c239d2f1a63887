import { describe, expect, it } from 'vitest';
import { findDisagreement } from '../../src/reports/agreement.ts';
import { compareObservations, type Observed } from '../../src/reports/compare.ts';
import { readCoverage, readFindings, readTests, readText } from './read.ts';

const failed = (name: string) => `<testcase name="${name}"><failure message="no"/></testcase>`;
const skipped = (name: string) => `<testcase name="${name}"><skipped/></testcase>`;
const flaky = (name: string) => `<testcase name="${name}"><flakyFailure/></testcase>`;

async function observeTests(cases: string): Promise<Observed[]> {
  return [{ id: 'unit', type: 'tests', value: await readTests('junit', `<testsuite name="s">${cases}</testsuite>`) }];
}

describe('what has changed against a base', () => {
  it('names tests that newly fail, no longer fail, or are newly flaky', async () => {
    const base = await observeTests(failed('old') + failed('fixed') + failed('skipped now') + flaky('f'));
    const head = await observeTests(
      failed('old') + failed('new') + skipped('skipped now') + flaky('f') + flaky('g') + '<testcase name="fixed"/>',
    );
    expect(compareObservations(base, head)).toMatchObject({
      deltas: [
        {
          type: 'tests',
          id: 'unit',
          newly_failing: [{ name: 'new' }],
          no_longer_failing: [{ name: 'fixed' }],
          newly_flaky: [{ name: 'g' }],
          tests: { base: 4, head: 6 },
          failed: { base: 3, head: 2 },
          skipped: { base: 0, head: 1 },
          complete: true,
        },
      ],
      only_in_base: [],
      only_in_head: [],
    });
  });

  it('says when the lists can not be complete', async () => {
    const base = await observeTests(failed('x').repeat(201));
    expect(compareObservations(base, base).deltas).toMatchObject([{ newly_failing: [], complete: false }]);
  });

  it('knows findings again by fingerprint, else by rule, file and message, each as often as it is there', async () => {
    const result = (ruleId: string, startLine: number, fingerprint?: string) => ({
      ruleId,
      message: { text: 'no' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'a.js' }, region: { startLine } } }],
      ...(fingerprint !== undefined && { fingerprints: { v1: fingerprint } }),
    });
    const observe = async (...results: object[]): Promise<Observed[]> => [
      {
        id: 'lint',
        type: 'findings',
        value: await readFindings('sarif', JSON.stringify({ version: '2.1.0', runs: [{ results }] })),
      },
    ];
    const base = await observe(result('A', 1), result('A', 2), result('B', 3, 'one'), result('C', 9));
    const head = await observe(
      result('A', 7),
      result('B', 30, 'one'),
      result('B', 31, 'two'),
      result('C', 1),
      result('C', 2),
    );
    expect(compareObservations(base, head).deltas).toMatchObject([
      {
        added: [
          { rule_id: 'B', start_line: 31 },
          { rule_id: 'C', start_line: 2 },
        ],
        gone: [{ rule_id: 'A', start_line: 2 }],
        total: { base: 4, head: 5 },
      },
    ]);
  });

  it('tells the difference of coverage in percentage points', async () => {
    const observe = async (hits: number): Promise<Observed[]> => [
      {
        id: 'coverage',
        type: 'coverage',
        value: await readCoverage('lcov', `SF:a\nDA:1,${hits}\nDA:2,1\nDA:3,1\nend_of_record\n`),
      },
    ];
    expect(compareObservations(await observe(0), await observe(1)).deltas).toEqual([
      { type: 'coverage', id: 'coverage', metrics: { lines: { base: 66.66, head: 100, difference: 33.34 } } },
    ]);
  });

  it('tells what only one of the two has, and takes a value of another shape for absent', async () => {
    const head = await observeTests(failed('x'));
    const strange = [
      { id: 'unit', type: 'tests', value: { tests: 'many' } },
      { id: 'note', type: '__proto__', value: {} },
    ];
    expect(compareObservations(strange, head)).toEqual({ deltas: [], only_in_base: [], only_in_head: ['unit'] });
    expect(compareObservations(head, [])).toEqual({ deltas: [], only_in_base: ['unit'], only_in_head: [] });
  });
});

describe('an exit code and its reports', () => {
  const named = async (xml: string) => ({ name: 'junit.xml', report: await readText('junit', xml) });

  it('disagree when it exited 0 with failures, or otherwise without any', async () => {
    const bad = await named(`<testsuite>${failed('a')}${failed('b')}</testsuite>`);
    const good = await named('<testsuite><testcase name="a"/></testsuite>');
    expect(findDisagreement(0, [good, bad])).toBe('it exited 0, though junit.xml tells of 2 failures');
    expect(findDisagreement(1, [good])).toBe('it exited 1, though junit.xml tells of no failure');
    expect(findDisagreement(0, [good])).toBeUndefined();
    expect(findDisagreement(1, [good, bad])).toBeUndefined();
    expect(findDisagreement(null, [bad])).toBeUndefined();
  });

  it('do not disagree where a report can not be read or says nothing of failures', async () => {
    const broken = await named('<testsuite>');
    const good = await named('<testsuite><testcase name="a"/></testsuite>');
    const coverage = { name: 'lcov.info', report: await readText('lcov', 'SF:a\nDA:1,0\nend_of_record\n') };
    expect(findDisagreement(1, [good, broken])).toBeUndefined();
    expect(findDisagreement(1, [coverage])).toBeUndefined();
    expect(findDisagreement(0, [coverage])).toBeUndefined();
  });

  it('disagree about findings only when those are errors', async () => {
    const lint = async (severity: string) => ({
      name: 'checkstyle.xml',
      report: await readText(
        'checkstyle',
        `<checkstyle><file name="a"><error severity="${severity}"/></file></checkstyle>`,
      ),
    });
    expect(findDisagreement(0, [await lint('error')])).toBe('it exited 0, though checkstyle.xml tells of 1 error');
    expect(findDisagreement(0, [await lint('warning')])).toBeUndefined();
  });
});
