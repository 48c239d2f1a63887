import { describe, expect, it } from 'vitest';
import { compareObservations } from '../../src/compare/observations.ts';
import type { Envelope } from '../../src/schema/envelope.ts';
import type { CoverageValue, Finding, FindingsValue, TestCase, TestsValue } from '../../src/schema/observation.ts';
import type { Observation } from '../../src/schema/record.ts';
import { makeArtifact, makeEnvelope, makeStep } from '../render/sample-envelope.ts';

/** An envelope with one observation of junit.xml of the step `unit`, which needed `attempt` attempts. */
function observed(type: string, reading: object, attempt = 1): Envelope {
  const value: Observation['value'] = JSON.parse(JSON.stringify(reading));
  const id = `unit/${attempt}/report/0`;
  const observation: Observation = {
    id: `${id}/${type}`,
    type,
    summary: 'read',
    value,
    basis_artifact_ids: [id],
    informational: false,
    parser: { name: 'quoderat/junit', version: '1.0.0' },
  };
  const artifact = makeArtifact(id, { kind: 'report', name: 'junit.xml', step_id: 'unit' });
  return makeEnvelope([makeStep('unit')], { artifacts: [artifact], observations: [observation] });
}

const source = 'unit: junit.xml';
const changesOf = (before: Envelope, after: Envelope) =>
  compareObservations(before, after).changes.map(({ code, subject, before, after, sense }) => [
    code,
    subject,
    before,
    after,
    sense,
  ]);

const nothingElse = { problems: [], problems_left_out: 0, disagreements: [], remarks: [] };
const testCase = (name: string, change: Partial<TestCase> = {}): TestCase => ({
  name,
  suite: ['cart'],
  status: 'failed',
  flaky: false,
  retries: 0,
  duration_ms: 1,
  ...change,
});
function tests(cases: TestCase[], change: Partial<TestsValue> = {}): TestsValue {
  const failed = cases.filter(({ status }) => status === 'failed').length;
  const counts = { tests: 10, passed: 10 - failed, failed, skipped: 0, pending: 0, other: 0, flaky: 0, suites: 1 };
  return { ...counts, duration_ms: null, cases, cases_left_out: 0, ...nothingElse, ...change };
}
const finding = (rule: string, change: Partial<Finding> = {}): Finding => ({
  rule_id: rule,
  level: 'error',
  message: 'bad',
  uri: 'a.js',
  start_line: 3,
  ...change,
});
function findings(results: Finding[], change: Partial<FindingsValue> = {}): FindingsValue {
  const levels = { error: results.length, warning: 0, note: 0, none: 0 };
  const counts = { tools: [], total: results.length, by_level: levels, suppressed: 0 };
  return { ...counts, results, results_left_out: 0, ...nothingElse, ...change };
}
function coverage(percent: number): CoverageValue {
  return {
    lines: { covered: percent * 10, total: 1000, percent },
    files_total: 1,
    files: [],
    files_left_out: 0,
    disagreements: [],
    remarks: [],
  };
}

describe('compareObservations', () => {
  it('finds nothing where there are no observations, or the same', () => {
    const none = makeEnvelope([makeStep('unit')]);
    expect(compareObservations(none, none)).toEqual({ changes: [], notes: [] });
    const same = tests([testCase('adds')]);
    // Another attempt gives the artifact, and so the observation, another id.
    expect(changesOf(observed('tests', same), observed('tests', same, 2))).toEqual([]);
  });

  it('names tests that newly fail, no longer fail, and are newly flaky', () => {
    const before = tests([testCase('adds'), testCase('stays')]);
    const after = tests([
      testCase('stays'),
      testCase('breaks'),
      testCase('wobbles', { status: 'passed', flaky: true }),
    ]);
    expect(changesOf(observed('tests', before), observed('tests', after))).toEqual([
      ['test_newly_failing', source, null, 'cart › breaks', 'worse'],
      ['test_no_longer_failing', source, 'cart › adds', null, 'better'],
      ['test_newly_flaky', source, null, 'cart › wobbles', 'worse'],
    ]);
  });

  it('takes fewer tests and more skipped ones for worse', () => {
    const after = tests([], { tests: 8, passed: 6, skipped: 2 });
    expect(changesOf(observed('tests', tests([])), observed('tests', after))).toEqual([
      ['tests_total', source, 10, 8, 'worse'],
      ['tests_skipped', source, 0, 2, 'worse'],
    ]);
  });

  it('concludes nothing from names that the evidence has left out, and says so', () => {
    const cut = tests([testCase('a')], { failed: 300, cases_left_out: 299 });
    const { changes, notes } = compareObservations(observed('tests', cut), observed('tests', tests([testCase('b')])));
    expect(changes.map(({ code }) => code)).toEqual(['test_no_longer_failing', 'tests_failed']);
    expect(notes).toHaveLength(1);
    const back = compareObservations(observed('tests', tests([testCase('b')])), observed('tests', cut));
    expect(back.changes.map(({ code }) => code)).toEqual(['test_newly_failing', 'tests_failed']);
  });

  it('names findings that are new and gone; one that only moved is the same, and each counts', () => {
    const before = findings([
      finding('no-undef'),
      finding('gone'),
      finding('marked', { fingerprint: 'f1', message: 'old' }),
    ]);
    const after = findings([
      finding('no-undef', { start_line: 90 }),
      finding('no-undef', { start_line: 99 }),
      finding('marked', { fingerprint: 'f1', message: 'new' }),
    ]);
    expect(changesOf(observed('findings', before), observed('findings', after))).toEqual([
      ['finding_new', source, null, 'error no-undef a.js:99: bad', 'worse'],
      ['finding_gone', source, 'error gone a.js:3: bad', null, 'better'],
    ]);
    const cut = findings([finding('x')], { total: 500, results_left_out: 499 });
    expect(changesOf(observed('findings', cut), observed('findings', findings([finding('y')])))).toEqual([
      ['finding_gone', source, 'error x a.js:3: bad', null, 'better'],
      ['findings_total', source, 500, 1, 'better'],
    ]);
  });

  it('tells coverage metric by metric', () => {
    expect(changesOf(observed('coverage', coverage(80)), observed('coverage', coverage(79.5)))).toEqual([
      ['coverage', `${source} (lines)`, 80, 79.5, 'worse'],
    ]);
    expect(changesOf(observed('coverage', coverage(80)), observed('coverage', coverage(80)))).toEqual([]);
  });

  it('takes a report that is no longer read for worse, and a new one for neither', () => {
    const none = makeEnvelope([makeStep('unit')]);
    const some = observed('tests', tests([]));
    expect(changesOf(some, none)).toEqual([['report_not_read', source, 'tests', null, 'worse']]);
    expect(changesOf(none, some)).toEqual([['report_read', source, null, 'tests', 'neutral']]);
  });

  it('leaves alone what it does not know, and remarks without a basis', () => {
    const strange = observed('weather', { sun: true });
    const [first] = observed('tests', tests([])).observations;
    const remark = { ...strange, observations: first === undefined ? [] : [{ ...first, basis_artifact_ids: [] }] };
    expect(changesOf(strange, remark)).toEqual([]);
    expect(changesOf(remark, strange)).toEqual([]);
  });
});
