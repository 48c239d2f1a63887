import type { Change, ChangeCode } from '../schema/comparison.ts';
import { coverageMetricNames, type CoverageValue, type FindingsValue, type TestsValue } from '../schema/observation.ts';
import { formatCount, toCount } from './counts.ts';
import type { Reading } from './readings.ts';
import { type Facts, toSubject } from './summary-facts.ts';

/**
 * What the reports of steps say, by step id, in a few words: `3 of 412 tests failed (0 on the base)`, `12 findings, 2 of
 * them new`, `lines 84.1 % (+0.3)`. The words are ours, the figures a stranger's.
 */
export function toReadingRemarks(facts: Facts): ReadonlyMap<string, string> {
  const { changes } = facts;
  const said = [
    ...facts.tests.map((reading) => [reading, toTestsRemark(reading, changes)] as const),
    ...facts.findings.map((reading) => [reading, toFindingsRemark(reading, changes)] as const),
    ...facts.coverage.map((reading) => [reading, toCoverageRemark(reading, changes)] as const),
  ];
  const remarks = new Map<string, string>();
  for (const [{ stepIds }, remark] of said) {
    if (remark === '') continue;
    for (const id of stepIds) remarks.set(id, remarks.has(id) ? `${remarks.get(id)} · ${remark}` : remark);
  }
  return remarks;
}

/** Whether a base has the report of a reading too, so that equal figures mean that nothing changed. */
export function isCompared(reading: Reading<unknown>, changes: readonly Change[] | null): changes is readonly Change[] {
  return changes !== null && findChange(changes, 'report_read', toSubject(reading)) === undefined;
}

/** Changes of one kind in what a reading says. */
export function toChangesOf(changes: readonly Change[] | null, code: ChangeCode, subject: string): Change[] {
  return (changes ?? []).filter((change) => change.code === code && change.subject === subject);
}

/** `+0.3`, `−2`; empty when equal. With a minus sign that is no hyphen, which a line could break at. */
export function toSigned(difference: number): string {
  const rounded = Math.round(difference * 100) / 100;
  if (rounded === 0) return '';
  return `${rounded > 0 ? '+' : '−'}${formatCount(Math.abs(rounded))}`;
}

/** `84.1 %`, rounded down: 100 means all. */
export function toPercent(percent: number): string {
  return `${(Math.floor(percent * 10) / 10).toFixed(1)} %`;
}

function findChange(changes: readonly Change[], code: ChangeCode, subject: string): Change | undefined {
  return changes.find((change) => change.code === code && change.subject === subject);
}

function toTestsRemark(reading: Reading<TestsValue>, changes: readonly Change[] | null): string {
  const { tests, failed, flaky, skipped, pending, problems, problems_left_out: left } = reading.value;
  const beside = problems.length + left;
  const notes = [
    ...(beside > 0 ? [`${toCount(beside, 'problem')} beside them`] : []),
    ...(flaky > 0 ? [`${flaky} flaky`] : []),
    ...(skipped + pending > 0 ? [`${formatCount(skipped + pending)} skipped`] : []),
  ];
  const outcome =
    failed > 0
      ? `${formatCount(failed)} of ${toCount(tests, 'test')} failed${toBaseFailures(reading, changes)}`
      : toCount(tests, 'test');
  return [outcome, ...notes].join(', ');
}

function toBaseFailures(reading: Reading<TestsValue>, changes: readonly Change[] | null): string {
  if (!isCompared(reading, changes)) return '';
  const change = findChange(changes, 'tests_failed', toSubject(reading));
  return change === undefined ? ' (as many on the base)' : ` (${Number(change.before)} on the base)`;
}

function toFindingsRemark(reading: Reading<FindingsValue>, changes: readonly Change[] | null): string {
  const { total, by_level: levels } = reading.value;
  const fresh = toChangesOf(changes, 'finding_new', toSubject(reading)).length;
  const errors = levels.error > 0 ? `, ${toCount(levels.error, 'error')}` : '';
  return `${total === 0 ? 'no findings' : toCount(total, 'finding')}${errors}${fresh > 0 ? `, ${fresh} new` : ''}`;
}

function toCoverageRemark(reading: Reading<CoverageValue>, changes: readonly Change[] | null): string {
  const name = coverageMetricNames.find((metric) => reading.value[metric] !== undefined);
  const percent = name === undefined ? undefined : reading.value[name]?.percent;
  if (name === undefined || percent === undefined) return '';
  const change = changes && findChange(changes, 'coverage', `${toSubject(reading)} (${name})`);
  const difference = change ? toSigned(Number(change.after) - Number(change.before)) : '';
  return `${name} covered ${toPercent(percent)}${difference === '' ? '' : ` (${difference})`}`;
}
