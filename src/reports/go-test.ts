import { isObject } from '../lib/json.ts';
import { toCount, toMilliseconds } from './figures.ts';
import { readLines } from './lines.ts';
import type { ReportReader } from './reader.ts';
import { refuse } from './report-error.ts';
import { type FoundCase, makeTestsTally, type TestsTally } from './tests-tally.ts';

/** Tests and packages that have begun and not ended; output kept of each, in UTF-16 units. */
const MAX_OPEN = 100_000;
const MAX_OUTPUT_CHARS = 4096;

type Event = {
  Action: string;
  Package: string;
  Test: string;
  Output: string;
  Elapsed: number | undefined;
  ImportPath: string;
  FailedBuild: string;
};
type Package = {
  failedTests: number;
  cached: boolean;
  output: string;
  /** Output by test, of the tests that have begun and not ended. */
  open: Map<string, string>;
};

const FRAMING = /^\s*(?:=== |--- |(?:PASS|FAIL|ok)\b|exit status|coverage:)/;
/** Go before 1.24 tells of a build that failed only in plain text. */
const BUILD_FAILED = /^FAIL\t(\S{1,1000}) \[(?:build|setup) failed\]$/;
const FILE_AND_LINE = /^\s*([^\s:]{1,400}\.go):(\d{1,7}):/m;

/**
 * `go test -json` (go doc test2json). Tests are counted as go does: a test with subtests is one itself. A package that
 * fails without a failing test, and one that does not end, are problems of the run.
 */
export const readGoTest: ReportReader = async (texts, where) => {
  const tally = makeTestsTally(where);
  const packages = new Map<string, Package>();
  const builds = new Map<string, string>();
  let plain = '';
  let events = 0;
  let cached = 0;
  let begun = 0;

  const toPackage = (name: string): Package => {
    let found = packages.get(name);
    if (found === undefined) {
      if (packages.size >= MAX_OPEN) refuse(`it has more than ${MAX_OPEN} packages at once`);
      found = { failedTests: 0, cached: false, output: '', open: new Map() };
      packages.set(name, found);
      tally.suite();
    }
    return found;
  };
  const onTest = (event: Event): void => {
    const own = toPackage(event.Package);
    switch (event.Action) {
      case 'run':
      case 'output':
        if (!own.open.has(event.Test)) begun += 1;
        if (begun > MAX_OPEN) refuse(`it has more than ${MAX_OPEN} tests that have begun and not ended`);
        own.open.set(event.Test, addOutput(own.open.get(event.Test) ?? '', event.Output));
        return;
      case 'pass':
      case 'fail':
      case 'skip':
      case 'bench':
        if (event.Action === 'fail') own.failedTests += 1;
        tally.add(toFound(event, own.open.get(event.Test) ?? ''));
        if (own.open.delete(event.Test)) begun -= 1;
        return;
      default:
    }
  };
  const onPackage = (event: Event): void => {
    const own = toPackage(event.Package);
    switch (event.Action) {
      case 'output':
        if (event.Output.includes('\t(cached)')) own.cached = true;
        if (!FRAMING.test(event.Output)) own.output = addOutput(own.output, event.Output);
        return;
      case 'pass':
      case 'fail':
      case 'skip':
        if (own.cached) cached += 1;
        begun -= own.open.size;
        endPackage(tally, event, own, builds.get(event.FailedBuild) ?? plain);
        packages.delete(event.Package);
        return;
      default:
    }
  };

  for await (const { text, number, cut } of readLines(texts)) {
    if (text.trim() === '') continue;
    // What the build prints stands between the events when both streams go to one file.
    const event = text.startsWith('{') && !cut ? parseEvent(text, number) : undefined;
    if (event === undefined) {
      const [, failed] = BUILD_FAILED.exec(text) ?? [];
      if (failed === undefined) plain = addOutput(plain, `${text.slice(0, MAX_OUTPUT_CHARS)}\n`);
      else tally.problem(failed, plain === '' ? text : plain);
      if (failed !== undefined) plain = '';
    } else if (event.Action === 'build-output') {
      if (builds.size < MAX_OPEN)
        builds.set(event.ImportPath, addOutput(builds.get(event.ImportPath) ?? '', event.Output));
    } else if (event.Action !== 'build-fail') {
      if (event.Test === '') onPackage(event);
      else onTest(event);
    }
    if (event !== undefined) events += 1;
  }
  if (events === 0) refuse('it is no output of go test -json: it holds no event');
  for (const [name, own] of packages) {
    endOpen(tally, name, own);
    tally.problem(name, 'the report ends before the package does');
  }
  if (cached > 0) tally.remark(`${cached} of the packages were answered from go's cache`);
  return tally.reading();
};

function parseEvent(text: string, number: number): Event {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(`line ${number} is no valid JSON, as the events of go test -json are`);
  }
  if (!isObject(value) || typeof value['Action'] !== 'string')
    return refuse(`line ${number} is no event of go test -json: it has no Action`);
  const toText = (name: string): string => (typeof value[name] === 'string' ? value[name] : '');
  return {
    Action: value['Action'],
    Package: toText('Package'),
    Test: toText('Test'),
    Output: toText('Output'),
    Elapsed: typeof value['Elapsed'] === 'number' ? value['Elapsed'] : undefined,
    ImportPath: toText('ImportPath'),
    FailedBuild: toText('FailedBuild'),
  };
}

function addOutput(held: string, output: string): string {
  return held.length < MAX_OUTPUT_CHARS ? held + output.slice(0, MAX_OUTPUT_CHARS) : held;
}

function toFound({ Action, Package, Test, Elapsed }: Event, output: string): FoundCase {
  const at = FILE_AND_LINE.exec(output);
  const said = output.split('\n').filter((line) => !FRAMING.test(line));
  return {
    name: Test,
    suite: [Package],
    status: Action === 'fail' ? 'failed' : Action === 'skip' ? 'skipped' : 'passed',
    message: Action === 'pass' ? undefined : said.join('\n'),
    file: at?.[1],
    line: toCount(Number(at?.[2])),
    durationMs: toMilliseconds(Elapsed === undefined ? undefined : Elapsed * 1000),
  };
}

/** @param build what the compiler said, as far as it is known to be about this package */
function endPackage(tally: TestsTally, event: Event, own: Package, build: string): void {
  own.failedTests += endOpen(tally, event.Package, own);
  if (event.Action === 'fail' && own.failedTests === 0) {
    const said = `${build}${own.output}`.trim();
    tally.problem(event.Package, said === '' ? 'the package failed, though none of its tests did' : said);
  }
}

/** Tests that have no end: the process was gone before. @returns how many */
function endOpen(tally: TestsTally, name: string, own: Package): number {
  for (const [test, output] of own.open) {
    const end: Event = {
      Action: 'fail',
      Package: name,
      Test: test,
      Output: '',
      Elapsed: undefined,
      ImportPath: '',
      FailedBuild: '',
    };
    tally.add(toFound(end, `${output}${own.output}\nthe test did not end`));
  }
  const { size } = own.open;
  own.open.clear();
  return size;
}
