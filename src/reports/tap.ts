import type { TestStatus } from '../schema/observation.ts';
import { toMilliseconds } from './figures.ts';
import { readLines } from './lines.ts';
import type { ReportReader } from './reader.ts';
import { refuse } from './report-error.ts';
import { parseTapDiagnostics } from './tap-diagnostics.ts';
import { makeTapLevels } from './tap-levels.ts';
import { parseTapLine, type TapPoint } from './tap-lines.ts';
import { makeTestsTally, type TestsTally } from './tests-tally.ts';

/** A test, and what follows it: a YAML block, or comments. */
type Test = { point: TapPoint; suite: string[]; yaml: string; comments: string };

const INDENT = 4;
const MAX_TEXT_CHARS = 16 * 1024;

/**
 * TAP 13 and 14 with subtests, as node:test, node-tap, vitest, bats and Test::More write them. A point that sums up
 * subtests is no test of its own, unless it fails though none of them did. A plan that is not met or missing, and a
 * bail-out, are problems of the run.
 */
export const readTap: ReportReader = async (texts, where) => {
  const tally = makeTestsTally(where);
  const levels = makeTapLevels(tally, (point, suite) => addTest(tally, { point, suite, yaml: '', comments: '' }));
  let test: Test | undefined;
  let testIndent = 0;
  let yamlIndent: number | undefined;
  let seen = false;

  const begin = (point: TapPoint, suite: string[] | undefined): void => {
    if (suite !== undefined) test = { point, suite, yaml: '', comments: '' };
  };
  const flush = (): void => {
    if (test !== undefined) addTest(tally, test);
    test = undefined;
  };

  for await (const { text } of readLines(texts)) {
    const indent = /^ */.exec(text)?.[0].length ?? 0;
    const trimmed = text.trim();
    if (yamlIndent !== undefined) {
      if (trimmed === '...' && indent === yamlIndent) yamlIndent = undefined;
      else if (test !== undefined) test.yaml = addText(test.yaml, text.slice(yamlIndent));
      continue;
    }
    if (trimmed === '---' && indent > testIndent) {
      yamlIndent = indent;
      continue;
    }
    const depth = Math.floor(indent / INDENT);
    const line = parseTapLine(text.slice(depth * INDENT).trimEnd());
    if (line.kind === 'other') continue;
    if (line.kind === 'comment') {
      if (test?.point.ok === false) test.comments = addText(test.comments, line.text);
      continue;
    }
    flush();
    testIndent = indent;
    seen ||= line.kind === 'point' || line.kind === 'plan' || line.kind === 'bail-out';
    if (line.kind === 'subtest') levels.announce(depth, line.name);
    else if (line.kind === 'point') begin(line, levels.point(depth, line));
    else if (line.kind === 'bail-out') {
      tally.problem('bail out', line.reason === '' ? 'the tests bailed out' : line.reason);
    } else if (line.kind === 'plan') {
      levels.plan(depth, line.count);
      if (line.skip !== null && line.count === 0) tally.remark(`everything was skipped: ${line.skip}`);
    } else {
      const closed = levels.close(depth);
      if (closed) begin(closed.point, closed.suite);
    }
  }
  flush();
  if (!seen) refuse('it is no TAP: it holds neither a plan nor a test');
  levels.end();
  return tally.reading();
};

function addText(held: string, line: string): string {
  return held.length < MAX_TEXT_CHARS ? `${held}${line.slice(0, MAX_TEXT_CHARS)}\n` : held;
}

function addTest(tally: TestsTally, { point, suite, yaml, comments }: Test): void {
  const status = toStatus(point);
  const told = status === 'failed' ? parseTapDiagnostics(yaml) : {};
  const [, duration] = /^\s*duration_ms:\s*([\d.]{1,20})\s*$/m.exec(yaml) ?? [];
  tally.add({
    name: point.name,
    suite,
    status,
    message: told.message ?? (comments === '' ? point.reason : comments),
    file: told.file,
    line: told.line,
    durationMs: toMilliseconds(duration === undefined ? point.durationMs : Number(duration)),
  });
}

function toStatus({ ok, directive }: TapPoint): TestStatus {
  if (directive === 'skip') return 'skipped';
  if (directive === 'todo') return 'pending';
  return ok ? 'passed' : 'failed';
}
