import type { Json } from '../lib/json.ts';
import type { TestStatus } from '../schema/observation.ts';
import { toCount, toMilliseconds } from './figures.ts';
import { dig, digList, digNumber, digText } from './json-fields.ts';
import { leaf, leaves, readJson, type Shape, type Surroundings } from './json-shape.ts';
import type { ReportReader } from './reader.ts';
import { refuse } from './report-error.ts';
import { type FoundCase, makeTestsTally } from './tests-tally.ts';

const LOCATION = leaves('file', 'line');
const ERROR: Shape = { members: { message: leaf, location: LOCATION } };
const RESULT: Shape = {
  members: { status: leaf, duration: leaf, retry: leaf, error: ERROR, errors: { elements: ERROR } },
};
const TEST: Shape = {
  members: { expectedStatus: leaf, projectName: leaf, status: leaf, results: { elements: RESULT } },
};
const SPEC: Shape = {
  item: 'spec',
  members: { title: leaf, file: leaf, line: leaf, ok: leaf, tests: { elements: TEST } },
};
const suiteMembers: Record<string, Shape> = { title: leaf, file: leaf, specs: { elements: SPEC } };
const SUITE: Shape = { members: suiteMembers };
suiteMembers['suites'] = { elements: SUITE };
const SHAPE: Shape = {
  members: {
    config: { members: { version: leaf } },
    suites: { elements: SUITE },
    errors: { elements: ERROR },
    stats: leaves('duration', 'expected', 'skipped', 'unexpected', 'flaky'),
  },
};

/** A test's own word for how it came out (Playwright's TestCase.outcome()). */
const OUTCOMES: Record<string, TestStatus> = {
  expected: 'passed',
  flaky: 'passed',
  unexpected: 'failed',
  skipped: 'skipped',
};

/** The JSON reporter of Playwright. A test is counted once per project, however often it was tried. */
export const readPlaywright: ReportReader = async (texts, where) => {
  const tally = makeTestsTally(where);
  const counts = new Map(Object.keys(OUTCOMES).map((outcome) => [outcome, 0]));
  const root = await readJson(texts, SHAPE, (spec, _name, around) => {
    const suite = toSuitePath(around);
    for (const test of digList(spec, 'tests')) {
      const outcome = digText(test, 'status') ?? '';
      if (Object.hasOwn(OUTCOMES, outcome)) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      tally.add(toFound(spec, test, suite));
    }
  });
  if (dig(root, 'suites') === undefined || dig(root, 'stats') === undefined) {
    refuse("it is no report of Playwright's JSON reporter: it lacks suites or stats");
  }

  countSuites(digList(root, 'suites'), tally.suite);
  for (const error of digList(root, 'errors')) {
    tally.problem(digText(error, 'location', 'file') ?? 'run', digText(error, 'message') ?? '');
  }
  const stats = dig(root, 'stats');
  tally.took(toMilliseconds(digNumber(stats, 'duration')));
  for (const outcome of Object.keys(OUTCOMES)) {
    const declared = toCount(digNumber(stats, outcome));
    tally.compare({ what: `${outcome} tests`, where: 'the statistics', declared }, counts.get(outcome) ?? 0);
  }
  return tally.reading();
};

function toSuitePath(around: Surroundings): string[] {
  return around.flatMap((part) => digText(part, 'title') ?? []).filter((title) => title !== '');
}

function countSuites(suites: readonly Json[], count: () => void): void {
  for (const suite of suites) {
    count();
    countSuites(digList(suite, 'suites'), count);
  }
}

function toFound(spec: Json, test: Json, suite: readonly string[]): FoundCase {
  const outcome = digText(test, 'status') ?? '';
  const project = digText(test, 'projectName') ?? '';
  const results = digList(test, 'results');
  const failure = results.findLast((result) => dig(result, 'error') !== undefined);
  return {
    name: digText(spec, 'title') ?? '',
    suite: project === '' ? suite : [project, ...suite],
    status: OUTCOMES[outcome] ?? 'other',
    flaky: outcome === 'flaky',
    message: digText(failure, 'error', 'message'),
    file: digText(spec, 'file'),
    line: toCount(digNumber(spec, 'line')),
    retries: Math.max(0, results.length - 1),
    durationMs: toMilliseconds(results.reduce<number>((sum, result) => sum + (digNumber(result, 'duration') ?? 0), 0)),
  };
}
