import { describe, expect, it } from 'vitest';
import { compareEnvelopes } from '../../src/compare/compare-envelopes.ts';
import { renderSummary, type SummaryOptions } from '../../src/render/summary.ts';
import type { Comparison } from '../../src/schema/comparison.ts';
import type { Envelope } from '../../src/schema/envelope.ts';
import { flatten, parseGfm } from './gfm.ts';
import { makeAttempt } from './html/rich-envelope.ts';
import { digestOf, failed, makeEnvelope, makeStep, makeVerdict } from './sample-envelope.ts';
import { failing, found, makeCoverage, makeFindings, makeReported, makeTests } from './sample-reports.ts';

const render = (envelope: Envelope, change: Partial<SummaryOptions> = {}): string =>
  renderSummary({
    envelope,
    envelopeSha256: digestOf('f'),
    envelopeFileName: 'envelope.json',
    verdict: makeVerdict(),
    budgetBytes: 60_000,
    ...change,
  });

const compare = (base: Envelope, head: Envelope): Comparison => {
  const side = (named: string, envelope: Envelope) => ({ named, envelope, verdict: makeVerdict() });
  return compareEnvelopes(side('base', base), side('head', head));
};

/** What is on the page without opening anything. */
const toVisible = (page: string): string => page.replaceAll(/<details>[\s\S]*?<\/details>/g, '');

const unit = (cases = [failing('adds tax')]) => ({ step: 'unit', name: 'junit.xml', value: makeTests(cases) });

describe('failing tests on the page', () => {
  it('stand by name with message and place, and the counts in the row of their step', () => {
    const cases = [failing('adds tax', { suite: ['cart'] }), failing('locks', { file: 'test/login.ts', line: 5 })];
    const page = toVisible(render(makeReported([makeStep('build'), failed('unit')], [unit(cases)])));
    expect(page).toContain('| `cart › adds tax` | expected 10.8, got 10.7 | `test/cart.test.ts:12` |');
    expect(page).toContain('| `locks` | expected 10.8, got 10.7 | `test/login.ts:5` |');
    expect(page).toContain('**failed**: 2 of 412 tests failed, 2 skipped · exit code 1');
    expect(page).toContain('412 tests, 2 failed, 2 skipped');
  });

  it('are twenty at most, ten of them in sight, and the rest is counted', () => {
    const cases = Array.from({ length: 200 }, (_, index) => failing(`test ${index}`));
    const value = makeTests(cases, { failed: 250, cases_left_out: 50 });
    const page = render(makeReported([failed('unit')], [{ step: 'unit', name: 'junit.xml', value }]));
    expect(toVisible(page).match(/`test \d+` \|/g)).toHaveLength(10);
    expect(page.match(/`test \d+` \|/g)).toHaveLength(20);
    expect(page).toContain('| 230 more, in the envelope |');
  });

  it('are not those of an attempt that was tried again', () => {
    const reports = [
      { ...unit([failing('flaked')]), attempt: 1 },
      { ...unit([failing('broke')]), attempt: 2 },
    ];
    const attempts = [1, 2].map((attempt) =>
      makeAttempt(attempt, 0, 1, { report_artifact_ids: [`unit/${attempt}/report/junit.xml`] }),
    );
    const page = render(makeReported([failed('unit', { attempt: 2, max_attempts: 2, attempts })], reports));
    expect(page).toContain('`broke`');
    expect(page).not.toContain('`flaked`');
    expect(page).toContain('412 tests, 1 failed');
  });

  it('have the lines of their message in sight where there are more than one', () => {
    const message = 'expected values to be equal:\n\n- 10.8\n+ 10.7\n    at cart.ts:9\n';
    const page = render(makeReported([failed('unit')], [unit([failing('adds tax', { message })])]));
    expect(page).toContain('| `adds tax` | expected values to be equal: - 10.8 |');
    const quotes = flatten(parseGfm(toVisible(page))).flatMap((node) => (node.type === 'code' ? [node.value] : []));
    expect(quotes).toContain('expected values to be equal:\n\n- 10.8\n+ 10.7\n    at cart.ts:9');
  });

  it('do not come twice where a tool repeats the message in its stack', () => {
    const message = 'expected 3, got 2\nError: expected 3, got 2\n    at cart.ts:9';
    const page = toVisible(render(makeReported([failed('unit')], [unit([failing('adds', { message })])])));
    expect(page.match(/expected 3, got 2/g)).toHaveLength(1);
  });

  it('come with what broke beside any single test', () => {
    const value = makeTests([], { problems: [{ where: 'test/broken.ts', message: 'could not be loaded' }] });
    const page = toVisible(render(makeReported([failed('unit')], [{ step: 'unit', name: 'junit.xml', value }])));
    expect(page).toContain('| `test/broken.ts` | could not be loaded |');
  });

  it('name their steps when there are several', () => {
    const reports = [unit(), { ...unit([failing('clicks')]), step: 'e2e' }];
    const page = render(makeReported([failed('unit'), failed('e2e')], reports));
    expect(page).toContain('| `clicks` | expected 10.8, got 10.7 | `test/cart.test.ts:12` | `e2e` |');
  });

  it('leave the output of their step folded, which is in sight where nothing else tells why it failed', () => {
    const excerpts = { 'unit/1/stderr': 'it broke' };
    expect(toVisible(render(makeEnvelope([failed('unit')]), { excerpts }))).toContain('it broke');
    const page = render(makeReported([failed('unit')], [unit()]), { excerpts });
    expect(toVisible(page)).not.toContain('it broke');
    expect(page).toContain('it broke');
  });
});

describe('findings on the page', () => {
  const results = [found('no-debugger'), found('no-eval', { level: 'error', start_line: 3 })];

  it('stand by rule and place where their step failed, errors first', () => {
    const report = { step: 'lint', name: 'lint.sarif', value: makeFindings(results) };
    const page = toVisible(render(makeReported([failed('lint')], [report])));
    expect(page).toContain('| ❌\u00A0error | no-eval is not allowed | `src/cart.ts:3` | `no-eval` |');
    expect(page.indexOf('no-eval is')).toBeLessThan(page.indexOf('no-debugger is'));
    expect(page).toContain('2 findings (1 error)');
  });

  it('are folded where no step failed over them', () => {
    const report = { step: 'lint', name: 'lint.sarif', value: makeFindings(results) };
    const page = render(makeReported([makeStep('lint')], [report]));
    expect(toVisible(page)).not.toContain('no-eval is');
    expect(page).toContain('<summary>2 findings that fail no step</summary>');
  });
});

describe('a page with a base', () => {
  const lint = (...rules: string[]) => ({
    step: 'lint',
    name: 'lint.sarif',
    value: makeFindings(rules.map((rule, index) => found(rule, { fingerprint: rule, start_line: index + 1 }))),
  });
  const coverage = (percent: number) => ({ step: 'unit', name: 'lcov.info', value: makeCoverage(percent) });
  const base = makeReported(
    [failed('unit'), makeStep('lint')],
    [unit([failing('old')]), lint('gone', 'stays'), coverage(84)],
  );
  const head = makeReported(
    [failed('unit'), makeStep('lint')],
    [unit([failing('old'), failing('adds tax')]), lint('stays', 'fresh'), coverage(84.3)],
  );
  const page = render(head, { comparison: compare(base, head) });

  it('gives the deltas of tests, findings and coverage in one line', () => {
    expect(page).toContain(
      '412 tests, 2 failed (+1), 2 skipped · 2 findings (1 new, 1 fixed) · lines covered 84.3 % (+0.3) · against base `9e8d7c6`',
    );
  });

  it('says of each failing test whether it is new, those first', () => {
    expect(page).toMatch(/\| `adds tax` .* \| \*\*new\*\* \|\n\| `old` .* \| on the base too \|/);
  });

  it('shows a finding that is new though its step passed, and the step among what to look at', () => {
    expect(toVisible(page)).toMatch(/\| `fresh` \| \*\*new\*\* \|/);
    expect(toVisible(page)).not.toContain('`stays`');
    expect(toVisible(page)).toMatch(/\| ⚠️ \| `lint` \| test \| \*\*passed\*\*: 2 findings, 1 new/);
    expect(toVisible(page)).toContain('2 of 412 tests failed (1 on the base)');
  });

  it('lists the differences behind a fold', () => {
    expect(page).toContain('<summary>4 differences to the base</summary>');
    expect(page).toMatch(/✅\u00A0better \| `lint: lint.sarif` \| gone: warning gone/);
  });

  it('says so when nothing could be compared', () => {
    const side = { ...compare(base, head), changes: null };
    expect(render(head, { comparison: side })).toContain('**Not compared with the base:** one of the two');
  });

  it('takes a report that the base has not for new in nothing', () => {
    const without = makeReported([failed('unit')], []);
    const alone = render(head, { comparison: compare(without, head) });
    expect(alone).not.toContain('**new**');
    expect(alone).toContain('412 tests, 2 failed, 2 skipped');
  });
});
