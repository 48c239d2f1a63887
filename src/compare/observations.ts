import type { Change, ChangeArea } from '../schema/comparison.ts';
import type { Envelope } from '../schema/envelope.ts';
import { makeChanges } from './change.ts';
import { compareCoverage } from './coverage.ts';
import { compareFindings } from './findings.ts';
import { type Reading, toReadings } from './readings.ts';
import { compareTests } from './tests.ts';

/** Changes, and what could not be compared because the evidence holds a part of it only: sentences. */
export type Found = { changes: Change[]; notes: string[] };

/** What reports say of tests, findings and coverage, report by report. */
export function compareObservations(before: Envelope, after: Envelope): Found {
  const [old, now] = [toReadings(before), toReadings(after)];
  const found: Found = { changes: [], notes: [] };
  for (const [key, reading] of old) {
    if (!now.has(key)) found.changes.push(toLost(reading));
  }
  for (const [key, reading] of now) {
    const { changes, notes } = compareReadings(old.get(key), reading);
    found.changes.push(...changes);
    found.notes.push(...notes);
  }
  return found;
}

function compareReadings(before: Reading | undefined, after: Reading): Found {
  const { source } = after;
  const area = areas[after.type];
  if (before === undefined) {
    return { changes: [makeChanges(area).change('report_read', source, null, after.type)], notes: [] };
  }
  if (before.type === 'tests' && after.type === 'tests') return compareTests(source, before.value, after.value);
  if (before.type === 'findings' && after.type === 'findings') {
    return compareFindings(source, before.value, after.value);
  }
  if (before.type === 'coverage' && after.type === 'coverage') {
    return { changes: compareCoverage(source, before.value, after.value), notes: [] };
  }
  const [was, is] = [toText(before), toText(after)];
  return { changes: makeChanges(area).differs('observation', source, was, is), notes: [] };
}

/** What was shown before and is not any more: silence is no good news. */
function toLost({ type, source }: Reading): Change {
  return makeChanges(areas[type]).change('report_not_read', source, type, null, 'worse');
}

const areas: Record<Reading['type'], ChangeArea> = {
  tests: 'tests',
  findings: 'findings',
  coverage: 'coverage',
  other: 'steps',
};

function toText(reading: Reading): string {
  return reading.type === 'other' ? reading.value : reading.type;
}
