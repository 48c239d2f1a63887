import { observationLimits, type TestCase, type TestStatus } from '../schema/observation.ts';
import { toName } from './bounded-text.ts';
import { toDotnetPlace } from './dotnet-stack.ts';
import { parseCount, parseTimeSpan } from './figures.ts';
import type { ReportReader } from './reader.ts';
import { makeTestsTally } from './tests-tally.ts';
import { readXml, type XmlAttributes } from './xml.ts';

/** Outcomes of the Visual Studio test schema (vstst.xsd, TestOutcome). */
const OUTCOMES: Record<string, TestStatus> = {
  Passed: 'passed',
  Failed: 'failed',
  Error: 'failed',
  Timeout: 'failed',
  Aborted: 'failed',
  Disconnected: 'failed',
  NotRunnable: 'failed',
  NotExecuted: 'skipped',
  Pending: 'pending',
  InProgress: 'pending',
};

type Result = { attributes: XmlAttributes; message: string; stack: string; hasInner: boolean };

/** TRX of `dotnet test --logger trx`. A data-driven test counts by its rows, not once more for itself. */
export const readTrx: ReportReader = async (texts, where) => {
  const tally = makeTestsTally(where);
  const results: Result[] = [];
  let outerCount = 0;
  let counters: XmlAttributes = {};
  let runOutcome = '';
  let info: XmlAttributes | undefined;
  // The classes of the tests stand behind the results.
  const told = new Map<string, TestCase>();
  let definition = '';

  await readXml(
    texts,
    { roots: ['TestRun'], doctype: 'refused' },
    {
      open(name, attributes, parents) {
        const parent = parents.at(-1);
        switch (name) {
          case 'UnitTestResult':
          case 'TestResult':
          case 'GenericTestResult':
            if (parent === 'InnerResults' && results.length > 0) markInner(results);
            results.push({ attributes, message: '', stack: '', hasInner: false });
            return false;
          case 'Times':
            tally.took(toElapsed(attributes));
            return false;
          case 'Counters':
            counters = attributes;
            return false;
          case 'ResultSummary':
            runOutcome = attributes['outcome'] ?? '';
            return false;
          case 'RunInfo':
            info = attributes;
            return false;
          case 'Message':
          case 'StackTrace':
            return parent === 'ErrorInfo';
          case 'UnitTest':
            definition = attributes['id'] ?? '';
            return false;
          case 'TestMethod':
            nameClass(told.get(definition), attributes['className'] ?? '');
            return false;
          case 'Text':
            return parent === 'RunInfo';
          default:
            return false;
        }
      },
      close(name, text, parents) {
        const result = results.at(-1);
        const parent = parents.at(-1);
        if (name === 'Message' && parent === 'ErrorInfo' && result) result.message = text;
        else if (name === 'StackTrace' && parent === 'ErrorInfo' && result) result.stack = text;
        else if (name === 'Text' && parent === 'RunInfo') {
          // Adapters repeat each failed test here.
          if (info?.['outcome'] === 'Error' && !text.trimEnd().endsWith('[FAIL]')) tally.problem('run', text);
        } else if (name.endsWith('TestResult') && results.length > 0) {
          results.pop();
          if (result?.hasInner === true) outerCount += 1;
          else if (result) {
            const kept = tally.add(toFound(result, results));
            if (kept) told.set(result.attributes['testId'] ?? '', kept);
          }
        }
      },
    },
  );

  const { counts } = tally;
  const tests = counts.passed + counts.failed + counts.skipped + counts.pending + counts.other;
  const declare = (
    what: string,
    ...names: string[]
  ): { what: string; where: string; declared: number | undefined } => ({
    what,
    where: 'the summary',
    declared:
      counters[names[0] ?? ''] === undefined
        ? undefined
        : names.reduce((sum, name) => sum + (parseCount(counters[name]) ?? 0), 0),
  });
  tally.compare(declare('tests', 'total'), tests, tests + outerCount);
  tally.compare(
    declare('failures', 'failed', 'error', 'timeout', 'aborted'),
    counts.failed,
    counts.failed + outerCount,
  );
  if (/^(?:Failed|Error|Aborted|Timeout)$/.test(runOutcome) && counts.failed === 0) {
    tally.problem('run', `the run's outcome is ${runOutcome}, though no test failed`);
  }
  return tally.reading();
};

function markInner(results: Result[]): void {
  const outer = results.at(-1);
  if (outer) outer.hasInner = true;
}

function nameClass(kept: TestCase | undefined, className: string): void {
  if (kept === undefined || className === '') return;
  const name = toName(className.replace(/,.*$/s, ''));
  if (!kept.suite.includes(name)) kept.suite = [name, ...kept.suite].slice(0, observationLimits.suiteParts);
  if (kept.name.startsWith(`${name}.`)) kept.name = kept.name.slice(name.length + 1);
}

function toFound({ attributes, message, stack }: Result, outer: readonly Result[]) {
  return {
    name: attributes['testName'] ?? '',
    suite: outer.map((result) => result.attributes['testName'] ?? ''),
    status: OUTCOMES[attributes['outcome'] ?? ''] ?? 'other',
    message,
    ...toDotnetPlace(stack),
    durationMs: parseTimeSpan(attributes['duration']),
  };
}

function toElapsed({ start = '', finish = '' }: XmlAttributes): number | undefined {
  const elapsed = Date.parse(finish) - Date.parse(start);
  return elapsed >= 0 ? elapsed : undefined;
}
