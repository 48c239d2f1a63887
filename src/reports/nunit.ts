import type { TestStatus } from '../schema/observation.ts';
import { toDotnetPlace } from './dotnet-stack.ts';
import { parseCount, parseSeconds } from './figures.ts';
import type { ReportReader } from './reader.ts';
import { makeTestsTally } from './tests-tally.ts';
import { readXml, type XmlAttributes } from './xml.ts';

/** The results of NUnit 3 (https://docs.nunit.org/articles/nunit/technical-notes/usage/Test-Result-XML-Format.html), and of 2. */
const RESULTS: Record<string, TestStatus> = {
  Passed: 'passed',
  Failed: 'failed',
  Skipped: 'skipped',
  Inconclusive: 'other',
  Warning: 'other',
  Success: 'passed',
  Failure: 'failed',
  Error: 'failed',
  NotRunnable: 'failed',
  Cancelled: 'failed',
  Invalid: 'failed',
  Ignored: 'skipped',
  NotRun: 'skipped',
};
/** Where a suite fails by itself, not through its tests. */
const OWN_SITES = new Set(['SetUp', 'TearDown']);

type Element = { name: string; attributes: XmlAttributes; message: string; stack: string };

/** NUnit 3's test-run XML, and NUnit 2's test-results. */
export const readNunit: ReportReader = async (texts, where) => {
  const tally = makeTestsTally(where);
  const suites: Element[] = [];
  let test: Element | undefined;
  let root: XmlAttributes = {};

  await readXml(
    texts,
    { roots: ['test-run', 'test-results', 'test-suite'], doctype: 'refused' },
    {
      open(name, attributes, parents) {
        if (parents.length === 0) {
          root = attributes;
          tally.took(parseSeconds(attributes['duration']));
        }
        if (name === 'test-suite') {
          tally.suite();
          suites.push({ name, attributes, message: '', stack: '' });
        } else if (name === 'test-case') {
          test = { name, attributes, message: '', stack: '' };
        }
        return name === 'message' || name === 'stack-trace';
      },
      close(name, text, parents) {
        const parent = parents.at(-1);
        const element = test ?? suites.at(-1);
        if (name === 'message' && element && (parent === 'failure' || parent === 'reason')) element.message ||= text;
        else if (name === 'stack-trace' && element && parent === 'failure') element.stack = text;
        else if (name === 'test-case' && test) {
          const { attributes, message, stack } = test;
          tally.add({
            name: attributes['name'] ?? '',
            suite: toPath(suites, attributes),
            status: RESULTS[attributes['result'] ?? ''] ?? (attributes['executed'] === 'False' ? 'skipped' : 'other'),
            message: message === '' ? attributes['label'] : message,
            ...toDotnetPlace(stack),
            durationMs: parseSeconds(attributes['duration'] ?? attributes['time']),
          });
          test = undefined;
        } else if (name === 'test-suite') {
          const suite = suites.pop();
          if (suite?.attributes['result'] === 'Failed' && OWN_SITES.has(suite.attributes['site'] ?? '')) {
            tally.problem(suite.attributes['fullname'] ?? suite.attributes['name'] ?? '', suite.message);
          }
        }
      },
    },
  );

  const { passed, failed, skipped, pending, other } = tally.counts;
  const tests = passed + failed + skipped + pending + other;
  const total = parseCount(root['total']);
  const label = 'the run';
  // NUnit 2 leaves what did not run out of its total.
  tally.compare(
    { what: 'tests', where: label, declared: parseCount(root['testcasecount']) ?? total },
    tests,
    tests - skipped,
  );
  tally.compare({ what: 'failures', where: label, declared: parseCount(root['failed']) }, failed);
  return tally.reading();
};

/** The class that a case names, else the suites around it but assembly and namespaces. */
function toPath(suites: readonly Element[], { classname = '' }: XmlAttributes): string[] {
  const named = suites.filter(({ attributes }) =>
    /^(?:TestFixture|ParameterizedMethod|Theory|GenericMethod)$/.test(attributes['type'] ?? ''),
  );
  const names = named.map(({ attributes }) => attributes['name'] ?? '');
  return classname === '' || named.length === 0 ? names : [classname, ...names.slice(1)];
}
