import type { TestStatus } from '../schema/observation.ts';
import { parseCount, parseSeconds } from './figures.ts';
import type { ReportReader } from './reader.ts';
import { makeTestsTally, type TestsTally } from './tests-tally.ts';
import { readXml, type XmlAttributes } from './xml.ts';

type Suite = {
  name: string;
  attributes: XmlAttributes;
  /** Cases directly in it, and in it and the suites below it. */
  own: Counts;
  all: Counts;
  suites: number;
};
type Counts = { tests: number; failed: number; skipped: number; /** Further tries of its cases. */ tries: number };
type Element = { name: string; attributes: XmlAttributes };
type Case = {
  attributes: XmlAttributes;
  failed: boolean;
  skipped: boolean;
  pending: boolean;
  other: boolean;
  /** Attempts that failed before one passed, and attempts that failed after the first. */
  flakes: number;
  reruns: number;
  message: string;
};

/** What an element in a test case means; Surefire's words for tries and PHPUnit's for doubts included. */
const MEANING: Record<string, 'failed' | 'skipped' | 'other' | 'flake' | 'rerun'> = {
  failure: 'failed',
  error: 'failed',
  skipped: 'skipped',
  warning: 'other',
  flakyFailure: 'flake',
  flakyError: 'flake',
  rerunFailure: 'rerun',
  rerunError: 'rerun',
};

const NOT_RUN = /^(?:notrun|disabled|skipped|suppressed)$/i;

/**
 * JUnit XML, which has no standard: what the runners named in docs/reports.md write. Cases are counted here; what
 * suites declare is only compared.
 */
export const readJunit: ReportReader = async (texts, where) => {
  const tally = makeTestsTally(where);
  const suites: Suite[] = [];
  let current: Case | undefined;
  let opened: Element | undefined;

  await readXml(
    texts,
    { roots: ['testsuites', 'testsuite'], doctype: 'refused' },
    {
      open(name, attributes, parents) {
        if (name === 'testcase') {
          current ??= {
            attributes,
            failed: false,
            skipped: false,
            pending: false,
            other: false,
            flakes: 0,
            reruns: 0,
            message: '',
          };
        } else if (name === 'testsuites' || name === 'testsuite') {
          if (name === 'testsuite') tally.suite();
          if (parents.length === 0) tally.took(parseSeconds(attributes['time']));
          suites.push({ name: attributes['name'] ?? '', attributes, own: makeCounts(), all: makeCounts(), suites: 0 });
        } else if (MEANING[name] !== undefined) {
          const parent = parents.at(-1);
          if (parent !== 'testcase' && parent !== 'testsuite') return false;
          opened = { name, attributes };
          return true;
        }
        return false;
      },
      close(name, text, parents) {
        if (name === 'testcase') {
          if (current === undefined || parents.at(-1) === 'testcase') return;
          addCase(tally, current, suites);
          current = undefined;
        } else if (name === 'testsuite' || name === 'testsuites') {
          const suite = suites.pop();
          if (suite !== undefined) closeSuite(tally, suite, suites.at(-1));
        } else if (opened?.name === name) {
          const message = toMessage(opened.attributes, text);
          if (current !== undefined) applyOutcome(current, opened, message);
          else if (MEANING[name] === 'failed') tally.problem(suites.at(-1)?.name ?? '', message);
          opened = undefined;
        }
      },
    },
  );
  return tally.reading();
};

function makeCounts(): Counts {
  return { tests: 0, failed: 0, skipped: 0, tries: 0 };
}

function applyOutcome(found: Case, element: Element, message: string): void {
  const meaning = MEANING[element.name];
  if (meaning === 'failed') found.failed = true;
  else if (meaning === 'skipped' && element.attributes['type'] === 'todo') found.pending = true;
  else if (meaning === 'skipped') found.skipped = true;
  else if (meaning === 'other') found.other = true;
  else if (meaning === 'flake') found.flakes += 1;
  else if (meaning === 'rerun') found.reruns += 1;
  if (found.message === '') found.message = message;
}

function addCase(tally: TestsTally, found: Case, suites: readonly Suite[]): void {
  const { attributes } = found;
  const status = toStatus(found);
  const suite = suites.at(-1);
  if (suite !== undefined) {
    suite.own.tests += 1;
    if (status === 'failed') suite.own.failed += 1;
    if (status === 'skipped' || status === 'pending') suite.own.skipped += 1;
    suite.own.tries += found.flakes + found.reruns;
  }
  const durationMs = parseSeconds(attributes['time']);
  if (status === 'passed' && found.flakes === 0) return tally.pass(durationMs);
  const { name = '', classname = '' } = attributes;
  tally.add({
    name: name === '' ? classname : name,
    suite: toSuitePath(suites, classname),
    status,
    flaky: status === 'passed' && found.flakes > 0,
    message: found.message,
    file: attributes['file'] ?? attributes['filepath'] ?? suite?.attributes['file'],
    line: parseCount(attributes['line'] ?? attributes['lineno']),
    retries: found.flakes + found.reruns,
    durationMs,
  });
}

/** The names of the suites, and the class where they do not tell it already. */
function toSuitePath(suites: readonly Suite[], classname: string): string[] {
  const names = suites.map(({ name }) => name).filter((name) => name !== '');
  return classname === '' || names.includes(classname) ? names : [...names, classname];
}

function toStatus({ failed, skipped, pending, other, attributes }: Case): TestStatus {
  if (failed) return 'failed';
  // GoogleTest and CTest tell by attribute what did not run.
  const told = attributes['status'] ?? attributes['result'];
  if (skipped || (told !== undefined && NOT_RUN.test(told))) return 'skipped';
  return pending ? 'pending' : other ? 'other' : 'passed';
}

function toMessage(attributes: XmlAttributes, text: string): string {
  const { message = '', type = '' } = attributes;
  const body = text.trim();
  if (message.trim() === '') return body === '' ? type : body;
  return body === '' || body.startsWith(message.trim()) ? body || message : `${message}\n${body}`;
}

function closeSuite(tally: TestsTally, suite: Suite, parent: Suite | undefined): void {
  const { attributes, own, all } = suite;
  if (parent !== undefined) parent.suites += 1;
  for (const key of ['tests', 'failed', 'skipped', 'tries'] as const) {
    all[key] += own[key];
    if (parent !== undefined) parent.all[key] += all[key];
  }
  const where = suite.name === '' ? 'the file' : `the suite "${suite.name}"`;
  const declaredSkipped = parseCount(attributes['skipped']) ?? 0;
  tally.compare(
    { what: 'tests', where, declared: parseCount(attributes['tests']) },
    all.tests,
    own.tests,
    // node:test counts the suites in a suite as its tests, Surefire each try, and libtest does not list what it skipped.
    own.tests + suite.suites,
    all.tests + all.tries,
    all.skipped === 0 ? all.tests + declaredSkipped : all.tests,
  );
  const failures = parseCount(attributes['failures']);
  const errors = parseCount(attributes['errors']);
  if (failures === undefined && errors === undefined) return;
  // Some count what is an error among the failures as well.
  const declared = (failures ?? 0) + (errors ?? 0);
  if (failures !== all.failed)
    tally.compare({ what: 'failures and errors', where, declared }, all.failed, own.failed, all.failed + all.tries);
}
