import type { Json } from '../lib/json.ts';
import { type TestStatus, testStatuses } from '../schema/observation.ts';
import { toCount, toMilliseconds } from './figures.ts';
import { dig, digList, digNumber, digText } from './json-fields.ts';
import { leaf, leaves, readJson, type Shape } from './json-shape.ts';
import type { ReportReader } from './reader.ts';
import { refuse } from './report-error.ts';
import { type FoundCase, makeTestsTally } from './tests-tally.ts';

const TEST: Shape = {
  item: 'test',
  members: {
    ...leaves('name', 'status', 'duration', 'message', 'filePath', 'line', 'retries', 'flaky').members,
    suite: { elements: leaf },
  },
};
const SHAPE: Shape = {
  members: {
    results: {
      members: {
        tests: { elements: TEST },
        summary: leaves('tests', 'suites', 'failed', 'start', 'stop', 'duration'),
      },
    },
  },
};

/** CTRF, Common Test Report Format (https://ctrf.io/docs/full-schema). */
export const readCtrf: ReportReader = async (texts, where) => {
  const tally = makeTestsTally(where);
  const suites = new Set<string>();
  const root = await readJson(texts, SHAPE, (test) => {
    const found = toFound(test);
    if (found.suite.length > 0 && suites.size < 100_000) suites.add(JSON.stringify(found.suite));
    tally.add(found);
  });
  if (dig(root, 'results', 'tests') === undefined) refuse('it is no CTRF report: it has no results.tests');

  for (let count = 0; count < suites.size; count += 1) tally.suite();
  const summary = dig(root, 'results', 'summary');
  const { passed, failed, skipped, pending, other } = tally.counts;
  const declare = (what: string, name: string) => ({
    what,
    where: 'the summary',
    declared: toCount(digNumber(summary, name)),
  });
  tally.compare(declare('tests', 'tests'), passed + failed + skipped + pending + other);
  tally.compare(declare('failures', 'failed'), failed);
  const start = digNumber(summary, 'start');
  const stop = digNumber(summary, 'stop');
  if (start !== undefined && stop !== undefined && start > 0) tally.took(toMilliseconds(stop - start));
  return tally.reading();
};

function toFound(test: Json): FoundCase {
  const status = digText(test, 'status') ?? '';
  const suite = digText(test, 'suite');
  const path =
    suite === undefined ? digList(test, 'suite').filter((part) => typeof part === 'string') : suite.split(' > ');
  return {
    name: digText(test, 'name') ?? '',
    suite: path.filter((part) => part !== ''),
    status: isStatus(status) ? status : 'other',
    flaky: dig(test, 'flaky') === true && status === 'passed',
    message: digText(test, 'message'),
    file: digText(test, 'filePath'),
    line: toCount(digNumber(test, 'line')),
    retries: toCount(digNumber(test, 'retries')) ?? 0,
    durationMs: toMilliseconds(digNumber(test, 'duration')),
  };
}

function isStatus(text: string): text is TestStatus {
  return (testStatuses as readonly string[]).includes(text);
}
