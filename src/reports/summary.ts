import {
  type CoverageMetricName,
  coverageMetricNames,
  type CoverageValue,
  type FindingsValue,
  type TestsValue,
} from '../schema/observation.ts';

/** One line for people: `412 tests: 3 failed, 1 flaky, 408 passed, 2 skipped`. */
export function toTestsSummary(value: TestsValue): string {
  const parts = (['failed', 'flaky', 'passed', 'other', 'pending', 'skipped'] as const)
    .filter((name) => value[name] > 0)
    .map((name) => `${value[name]} ${name}`);
  const problems = value.problems.length + value.problems_left_out;
  const all = problems > 0 ? [...parts, `${problems} ${plural('problem', problems)} beside the tests`] : parts;
  return `${value.tests} ${plural('test', value.tests)}${all.length > 0 ? `: ${all.join(', ')}` : ''}`;
}

/** `12 findings: 2 errors, 10 warnings (1 suppressed)`. */
export function toFindingsSummary(value: FindingsValue): string {
  const { error, warning, note, none } = value.by_level;
  const levels: [number, string][] = [
    [error, plural('error', error)],
    [warning, plural('warning', warning)],
    [note, plural('note', note)],
    [none, 'without a level'],
  ];
  const parts = levels.filter(([count]) => count > 0).map(([count, name]) => `${count} ${name}`);
  const suppressed = value.suppressed > 0 ? ` (${value.suppressed} suppressed)` : '';
  const problems = value.problems.length + value.problems_left_out;
  const also = problems > 0 ? `; ${problems} ${plural('problem', problems)} of the tool` : '';
  return `${value.total} ${plural('finding', value.total)}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}${suppressed}${also}`;
}

/** `lines 84.1 %, branches 70 %, in 12 files`. */
export function toCoverageSummary(value: CoverageValue): string {
  const toPart = (name: CoverageMetricName): string[] => {
    const metric = value[name];
    return metric === undefined ? [] : [`${name} ${metric.percent} %`];
  };
  const parts = coverageMetricNames.flatMap(toPart);
  return `${parts.length > 0 ? parts.join(', ') : 'nothing that can be covered'}, in ${value.files_total} ${plural('file', value.files_total)}`;
}

function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`;
}
