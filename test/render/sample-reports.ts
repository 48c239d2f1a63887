import type { Envelope } from '../../src/schema/envelope.ts';
import type { CoverageValue, Finding, FindingsValue, TestCase, TestsValue } from '../../src/schema/observation.ts';
import type { Observation, StepRecord } from '../../src/schema/record.ts';
import { makeArtifact, makeEnvelope } from './sample-envelope.ts';

export const failing = (name: string, change: Partial<TestCase> = {}): TestCase => ({
  name,
  suite: [],
  status: 'failed',
  flaky: false,
  message: 'expected 10.8, got 10.7',
  file: 'test/cart.test.ts',
  line: 12,
  retries: 0,
  duration_ms: 3,
  ...change,
});

/** A report of 412 tests, of which those given failed. */
export function makeTests(cases: TestCase[], change: Partial<TestsValue> = {}): TestsValue {
  const failed = cases.filter(({ status }) => status === 'failed').length;
  return {
    tests: 412,
    passed: 410 - failed,
    failed,
    skipped: 2,
    pending: 0,
    other: 0,
    flaky: 0,
    suites: 1,
    duration_ms: 41,
    cases,
    cases_left_out: 0,
    problems: [],
    problems_left_out: 0,
    disagreements: [],
    remarks: [],
    ...change,
  };
}

export const found = (rule: string, change: Partial<Finding> = {}): Finding => ({
  rule_id: rule,
  level: 'warning',
  message: `${rule} is not allowed`,
  uri: 'src/cart.ts',
  start_line: 17,
  ...change,
});

export function makeFindings(results: Finding[], change: Partial<FindingsValue> = {}): FindingsValue {
  const count = (level: Finding['level']): number => results.filter((result) => result.level === level).length;
  return {
    tools: [{ name: 'oxlint', version: '1.94.0' }],
    total: results.length,
    by_level: { error: count('error'), warning: count('warning'), note: count('note'), none: count('none') },
    suppressed: 0,
    results,
    results_left_out: 0,
    problems: [],
    problems_left_out: 0,
    disagreements: [],
    remarks: [],
    ...change,
  };
}

export function makeCoverage(percent: number): CoverageValue {
  return {
    lines: { covered: Math.floor(percent * 100), total: 10_000, percent },
    files_total: 1,
    files: [],
    files_left_out: 0,
    disagreements: [],
    remarks: [],
  };
}

/** What a step's report says. */
export type Report = {
  step: string;
  name: string;
  value: TestsValue | FindingsValue | CoverageValue;
  attempt?: number;
};

/** An envelope with the steps and what their reports say; those of the last attempt are the steps' own. */
export function makeReported(steps: StepRecord[], reports: Report[], change: Partial<Envelope> = {}): Envelope {
  const toId = ({ step, name, attempt = 1 }: Report): string => `${step}/${attempt}/report/${name}`;
  const reported = steps.map((step, index) => {
    const own = reports.filter((report) => report.step === step.id);
    return Object.assign({}, step, {
      index,
      report_artifact_ids: own.filter(({ attempt = 1 }) => attempt === step.attempt).map(toId),
    });
  });
  const envelope = makeEnvelope(reported, change);
  return {
    ...envelope,
    artifacts: [
      ...envelope.artifacts,
      ...reports.map((report) =>
        makeArtifact(toId(report), { kind: 'report', name: report.name, step_id: report.step }),
      ),
    ],
    observations: reports.map((report) => observe(toId(report), report.value)),
  };
}

function observe(artifactId: string, value: Report['value']): Observation {
  const type = 'cases' in value ? 'tests' : 'results' in value ? 'findings' : 'coverage';
  return {
    id: `${artifactId}/${type}`,
    type,
    summary: type,
    value: JSON.parse(JSON.stringify(value)),
    basis_artifact_ids: [artifactId],
    informational: false,
    parser: { name: 'quoderat/test', version: '1' },
  };
}
