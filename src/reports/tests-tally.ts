import { observationLimits, type TestCase, type TestStatus } from '../schema/observation.ts';
import { toMessageExcerpt, toName } from './bounded-text.ts';
import { toCount } from './figures.ts';
import type { TestsReading, Where } from './reader.ts';
import { makeRemarks, type Remarks } from './remarks.ts';
import { toSourcePath } from './source-path.ts';

export type FoundCase = {
  name: string;
  suite: readonly string[];
  status: TestStatus;
  flaky?: boolean;
  message?: string | undefined;
  file?: string | undefined;
  line?: number | undefined;
  retries?: number;
  durationMs?: number | undefined;
};

export type TestsTally = Pick<Remarks, 'problem' | 'compare' | 'remark'> & {
  counts: Readonly<Record<TestStatus, number>>;
  /** Answers what is kept of the case; undefined where it passed or there is no room for it. */
  add(found: FoundCase): TestCase | undefined;
  /** A case that passed, of which there is nothing to tell. */
  pass(durationMs: number | undefined): void;
  suite: () => void;
  /** The time that the report itself gives for all; without it the cases' times are added up. */
  took(durationMs: number | undefined): void;
  reading(): TestsReading;
};

/** Which cases are kept first when there is no room for all. */
const KEEPING_ORDER = ['failed', 'flaky', 'other', 'pending', 'skipped'] as const;

/** Counts cases as a report is read, and keeps the ones that are worth telling. */
export function makeTestsTally(where: Where): TestsTally {
  const counts = { passed: 0, failed: 0, skipped: 0, pending: 0, other: 0 };
  const kept = new Map<string, TestCase[]>(KEEPING_ORDER.map((group) => [group, []]));
  const remarks = makeRemarks();
  let flaky = 0;
  let suites = 0;
  let notable = 0;
  let timeOfCases: number | null = null;
  let timeOfAll: number | null = null;

  return {
    counts,
    problem: remarks.problem,
    compare: remarks.compare,
    remark: remarks.remark,
    add(found) {
      counts[found.status] += 1;
      if (found.durationMs !== undefined) timeOfCases = (timeOfCases ?? 0) + found.durationMs;
      if (found.status === 'passed' && found.flaky !== true) return undefined;
      notable += 1;
      if (found.flaky === true) flaky += 1;
      const group = kept.get(found.flaky === true ? 'flaky' : found.status);
      if (group === undefined || group.length >= observationLimits.cases) return undefined;
      const told = toCase(found, where);
      group.push(told);
      return told;
    },
    pass(durationMs) {
      counts.passed += 1;
      if (durationMs !== undefined) timeOfCases = (timeOfCases ?? 0) + durationMs;
    },
    suite() {
      suites += 1;
    },
    took(durationMs) {
      if (durationMs !== undefined) timeOfAll = (timeOfAll ?? 0) + durationMs;
    },
    reading() {
      const cases = [...kept.values()].flat().slice(0, observationLimits.cases);
      const tests = counts.passed + counts.failed + counts.skipped + counts.pending + counts.other;
      const duration = toCount(timeOfAll ?? timeOfCases ?? undefined) ?? null;
      const list = { cases, cases_left_out: notable - cases.length };
      return {
        type: 'tests',
        value: { tests, ...counts, flaky, suites, duration_ms: duration, ...list, ...remarks.value() },
      };
    },
  };
}

function toCase(found: FoundCase, where: Where): TestCase {
  const { suite, message, file, line } = found;
  const said = message === undefined ? '' : toMessageExcerpt(message);
  const lineCount = toCount(line);
  return {
    name: toName(found.name),
    suite: suite.slice(0, observationLimits.suiteParts).map((part) => toName(part)),
    status: found.status,
    flaky: found.flaky === true,
    ...(said !== '' && { message: said }),
    ...(file !== undefined && file !== '' && { file: toSourcePath(file, where.root) }),
    ...(lineCount !== undefined && { line: lineCount }),
    retries: toCount(found.retries) ?? 0,
    duration_ms: found.durationMs ?? null,
  };
}
