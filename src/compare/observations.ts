import {
  compareObservations as compareReports,
  type CoverageDelta,
  type FindingsDelta,
  type ObservationDelta,
  type TestsDelta,
} from '../reports/compare.ts';
import type { Change } from '../schema/comparison.ts';
import type { Envelope } from '../schema/envelope.ts';
import type { Finding, TestCase } from '../schema/observation.ts';
import { makeChanges, toSense } from './change.ts';
import { type Reading, toReadings } from './readings.ts';

/** Changes, and what could not be compared because the evidence holds a part of it only: sentences. */
export type Found = { changes: Change[]; notes: string[] };

/** Whether each of the two names all that there is: a name that is missing from a cut list means nothing. */
type Whole = { before: boolean; after: boolean };

/** What reports say of tests, findings and coverage, report by report. */
export function compareObservations(before: Envelope, after: Envelope): Found {
  const [old, now] = [toReadings(before), toReadings(after)];
  const { deltas } = compareReports([...old.values()], [...now.values()]);
  const presence = [
    ...[...old].filter(([id]) => !now.has(id)).map(([, reading]) => toPresence(reading, 'report_not_read')),
    ...[...now].filter(([id]) => !old.has(id)).map(([, reading]) => toPresence(reading, 'report_read')),
  ];
  const found = deltas.map((delta) => {
    const whole = { before: old.get(delta.id)?.isWhole === true, after: now.get(delta.id)?.isWhole === true };
    return { delta, whole, source: now.get(delta.id)?.source ?? delta.id };
  });
  return {
    changes: [...presence, ...found.flatMap(({ delta, whole, source }) => toChanges(delta, whole, source))],
    notes: found
      .filter(({ whole }) => !whole.before || !whole.after)
      .map(({ source }) => `${source}: the evidence names a part of what was found only`),
  };
}

/** What was shown before and is not any more is no good news: silence is none. */
function toPresence({ area, source, type }: Reading, code: 'report_read' | 'report_not_read'): Change {
  const { change } = makeChanges(area);
  return code === 'report_read' ? change(code, source, null, type) : change(code, source, type, null, 'worse');
}

function toChanges(delta: ObservationDelta, whole: Whole, source: string): Change[] {
  switch (delta.type) {
    case 'tests':
      return toTestChanges(delta, whole, source);
    case 'findings':
      return toFindingChanges(delta, whole, source);
    default:
      return toCoverageChanges(delta, source);
  }
}

function toTestChanges(delta: TestsDelta, whole: Whole, source: string): Change[] {
  const { change, differs } = makeChanges('tests');
  const { tests, failed, skipped } = delta;
  const names = (cases: readonly TestCase[], isKnown: boolean): string[] => (isKnown ? cases.map(toTestName) : []);
  return [
    ...names(delta.newly_failing, whole.before).map((name) =>
      change('test_newly_failing', source, null, name, 'worse'),
    ),
    ...names(delta.no_longer_failing, whole.after).map((name) =>
      change('test_no_longer_failing', source, name, null, 'better'),
    ),
    ...names(delta.newly_flaky, whole.before).map((name) => change('test_newly_flaky', source, null, name, 'worse')),
    ...differs('tests_failed', source, failed.base, failed.head, toSense(failed.base, failed.head, 'worse')),
    ...differs('tests_total', source, tests.base, tests.head, tests.head < tests.base ? 'worse' : 'neutral'),
    ...differs('tests_skipped', source, skipped.base, skipped.head, toSense(skipped.base, skipped.head, 'worse')),
  ];
}

function toFindingChanges({ added, gone, total }: FindingsDelta, whole: Whole, source: string): Change[] {
  const { change, differs } = makeChanges('findings');
  return [
    ...(whole.before ? added : []).map((found) => change('finding_new', source, null, toFindingText(found), 'worse')),
    ...(whole.after ? gone : []).map((found) => change('finding_gone', source, toFindingText(found), null, 'better')),
    ...differs('findings_total', source, total.base, total.head, toSense(total.base, total.head, 'worse')),
  ];
}

function toCoverageChanges({ metrics }: CoverageDelta, source: string): Change[] {
  const { differs } = makeChanges('coverage');
  return Object.entries(metrics).flatMap(([name, { base, head }]) =>
    differs('coverage', `${source} (${name})`, base, head, toSense(base, head, 'better')),
  );
}

function toTestName({ suite, name }: TestCase): string {
  return [...suite, name].join(' › ');
}

function toFindingText({ rule_id: rule, level, message, uri, start_line: line }: Finding): string {
  const where = uri === undefined ? '' : ` ${uri}${line === undefined ? '' : `:${line}`}`;
  return `${level} ${rule}${where}: ${message.split('\n')[0] ?? ''}`;
}
