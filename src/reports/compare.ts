import {
  type CoverageMetricName,
  coverageMetricNames,
  coverageValue,
  type CoverageValue,
  type Finding,
  findingsValue,
  type FindingsValue,
  type ObservationType,
  observationValues,
  type TestCase,
  testsValue,
  type TestsValue,
} from '../schema/observation.ts';

/** A figure in the base and now. */
export type Change = { base: number; head: number };

export type TestsDelta = {
  type: 'tests';
  id: string;
  /** Failing now, and not among the failing ones of the base; a test that is new counts too. */
  newly_failing: TestCase[];
  /** Failing in the base; they pass now, or are gone. */
  no_longer_failing: TestCase[];
  newly_flaky: TestCase[];
  tests: Change;
  failed: Change;
  skipped: Change;
  duration_ms: { base: number | null; head: number | null };
  /** false: one of the two leaves cases out, so that the lists may name too many or too few. */
  complete: boolean;
};
export type FindingsDelta = {
  type: 'findings';
  id: string;
  added: Finding[];
  gone: Finding[];
  total: Change;
  errors: Change;
  complete: boolean;
};
export type CoverageDelta = {
  type: 'coverage';
  id: string;
  /** In percent, and their difference in percentage points, two decimals. */
  metrics: Partial<Record<CoverageMetricName, Change & { difference: number }>>;
};
export type ObservationDelta = TestsDelta | FindingsDelta | CoverageDelta;

export type Observed = { id: string; type: string; value: unknown };
export type Comparison = {
  deltas: ObservationDelta[];
  /** Ids of observations that only one of the two has, or whose value there is not of its type's shape. */
  only_in_base: string[];
  only_in_head: string[];
};

/**
 * What has changed between the observations of two envelopes. They belong together by id and type. The base may come
 * from anywhere: a value that is not of its type's shape counts as absent.
 */
export function compareObservations(base: readonly Observed[], head: readonly Observed[]): Comparison {
  const before = new Map(base.filter(isReadable).map((entry) => [toKey(entry), entry]));
  const after = new Map(head.filter(isReadable).map((entry) => [toKey(entry), entry]));
  const deltas = [...after].flatMap(([key, entry]) => {
    const earlier = before.get(key);
    return earlier === undefined ? [] : [compareOne(earlier, entry)].filter((delta) => delta !== undefined);
  });
  return {
    deltas,
    only_in_base: [...before].flatMap(([key, { id }]) => (after.has(key) ? [] : [id])),
    only_in_head: [...after].flatMap(([key, { id }]) => (before.has(key) ? [] : [id])),
  };
}

function isReadable({ type, value }: Observed): boolean {
  return isType(type) && observationValues[type].safeParse(value).success;
}

function isType(type: string): type is ObservationType {
  return Object.hasOwn(observationValues, type);
}

function toKey({ id, type }: Observed): string {
  return JSON.stringify([type, id]);
}

function compareOne(base: Observed, head: Observed): ObservationDelta | undefined {
  const { id } = head;
  switch (head.type) {
    case 'tests':
      return compareTests(id, testsValue.parse(base.value), testsValue.parse(head.value));
    case 'findings':
      return compareFindings(id, findingsValue.parse(base.value), findingsValue.parse(head.value));
    case 'coverage':
      return compareCoverage(id, coverageValue.parse(base.value), coverageValue.parse(head.value));
    default:
      return undefined;
  }
}

function compareTests(id: string, base: TestsValue, head: TestsValue): TestsDelta {
  const failingBefore = base.cases.filter(({ status }) => status === 'failed');
  const failingNow = head.cases.filter(({ status }) => status === 'failed');
  // What is listed and not failing was skipped or not run this time: that is no fix.
  const listedNow = new Set(head.cases.filter(({ flaky }) => !flaky).map(toTestKey));
  const flakyBefore = base.cases.filter(({ flaky }) => flaky);
  return {
    type: 'tests',
    id,
    newly_failing: without(failingNow, failingBefore, toTestKey),
    no_longer_failing: failingBefore.filter((found) => !listedNow.has(toTestKey(found))),
    newly_flaky: without(
      head.cases.filter(({ flaky }) => flaky),
      flakyBefore,
      toTestKey,
    ),
    tests: { base: base.tests, head: head.tests },
    failed: { base: base.failed, head: head.failed },
    skipped: { base: base.skipped, head: head.skipped },
    duration_ms: { base: base.duration_ms, head: head.duration_ms },
    complete: base.cases_left_out === 0 && head.cases_left_out === 0,
  };
}

function compareFindings(id: string, base: FindingsValue, head: FindingsValue): FindingsDelta {
  return {
    type: 'findings',
    id,
    added: without(head.results, base.results, toFindingKey),
    gone: without(base.results, head.results, toFindingKey),
    total: { base: base.total, head: head.total },
    errors: { base: base.by_level.error, head: head.by_level.error },
    complete: base.results_left_out === 0 && head.results_left_out === 0,
  };
}

function compareCoverage(id: string, base: CoverageValue, head: CoverageValue): CoverageDelta {
  const metrics: CoverageDelta['metrics'] = {};
  for (const name of coverageMetricNames) {
    const before = base[name]?.percent;
    const after = head[name]?.percent;
    if (before === undefined || after === undefined) continue;
    metrics[name] = { base: before, head: after, difference: Math.round((after - before) * 100) / 100 + 0 };
  }
  return { type: 'coverage', id, metrics };
}

function toTestKey({ suite, name }: TestCase): string {
  return JSON.stringify([suite, name]);
}

/** The tool's own fingerprint, else what stays when lines move. */
function toFindingKey({ rule_id, uri, message, fingerprint }: Finding): string {
  return JSON.stringify(fingerprint === undefined ? [rule_id, uri, message] : [rule_id, uri, fingerprint]);
}

/** Those of `list` that `other` has not, each as often as it has it too few times. */
function without<T>(list: readonly T[], other: readonly T[], toItsKey: (item: T) => string): T[] {
  const left = new Map<string, number>();
  for (const item of other) left.set(toItsKey(item), (left.get(toItsKey(item)) ?? 0) + 1);
  return list.filter((item) => {
    const key = toItsKey(item);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}
