import { toMilliseconds } from './figures.ts';
import { readLines } from './lines.ts';
import type { ReportReader } from './reader.ts';
import { refuse } from './report-error.ts';
import { parseTapDiagnostics } from './tap-diagnostics.ts';
import { parseTapLine, type TapLine } from './tap-lines.ts';
import { makeTestsTally } from './tests-tally.ts';

/** A document: the stream, or the subtests of one point. */
type Level = { name: string; planned: number | undefined; points: number; failed: number };
type Point = Extract<TapLine, { kind: 'point' }> & { yaml: string; comments: string; suite: string[] };

const INDENT = 4;
const MAX_LEVELS = 64;
const MAX_YAML_CHARS = 16 * 1024;

/**
 * TAP 13 and 14 with subtests. A point that sums up subtests is no test of its own, unless it fails though none of them
 * did. A plan that is not met, and a bail-out, are problems of the run.
 */
export const readTap: ReportReader = async (texts, where) => {
  const tally = makeTestsTally(where);
  const levels: Level[] = [makeLevel('')];
  let announced = '';
  let point: Point | undefined;
  let inYaml: number | undefined;
  let seen = false;

  const flush = (): void => {
    if (point === undefined) return;
    const { ok, directive, name, suite, yaml, comments, reason } = point;
    const status = directive === 'skip' ? 'skipped' : ok ? 'passed' : directive === 'todo' ? 'pending' : 'failed';
    const told = status === 'failed' ? parseTapDiagnostics(yaml) : {};
    const [, duration] = /^\s*duration_ms:\s*([\d.]{1,20})\s*$/m.exec(yaml) ?? [];
    tally.add({
      name,
      suite,
      status,
      message: told.message ?? (comments === '' ? reason : comments),
      file: told.file,
      line: told.line,
      durationMs: toMilliseconds(duration === undefined ? undefined : Number(duration)),
    });
    point = undefined;
  };
  const closeBelow = (depth: number): Level | undefined => {
    let closed: Level | undefined;
    while (levels.length - 1 > depth) {
      closed = levels.pop();
      if (closed === undefined) break;
      checkPlan(closed);
      const outer = levels.at(-1);
      if (outer) outer.failed += closed.failed;
    }
    return closed;
  };
  const checkPlan = ({ name, planned, points }: Level): void => {
    const label = name === '' ? 'the plan' : `the plan of "${name}"`;
    if (planned === undefined) {
      if (points > 0) tally.problem(name, `${label} is missing: the tests may not have come to their end`);
    } else if (planned !== points) {
      tally.problem(name, `${label} is of ${planned} tests, and ${points} are there`);
    }
  };
  const openTo = (depth: number): void => {
    if (depth >= MAX_LEVELS) refuse(`its subtests are nested more than ${MAX_LEVELS} deep`);
    while (levels.length - 1 < depth) {
      levels.push(makeLevel(announced));
      announced = '';
      tally.suite();
    }
  };
  const onPoint = (found: Extract<TapLine, { kind: 'point' }>, depth: number): void => {
    const failedBefore = levels[depth]?.failed ?? 0;
    const subtests = closeBelow(depth);
    openTo(depth);
    const level = levels[depth] ?? makeLevel('');
    level.points += 1;
    const failsByItself = !found.ok && found.directive === null && level.failed === failedBefore;
    if (subtests !== undefined && !failsByItself) return;
    if (!found.ok && found.directive === null) level.failed += 1;
    const suite = levels.slice(1, depth + 1).map(({ name }) => name);
    point = { ...found, yaml: '', comments: '', suite: suite.filter((name) => name !== '') };
  };

  for await (const { text } of readLines(texts)) {
    if (inYaml !== undefined) {
      if (text.slice(inYaml).trimEnd() === '  ...') inYaml = undefined;
      else if (point !== undefined && point.yaml.length < MAX_YAML_CHARS)
        point.yaml += `${text.slice(inYaml, inYaml + MAX_YAML_CHARS)}\n`;
      continue;
    }
    const spaces = /^ */.exec(text)?.[0].length ?? 0;
    const depth = Math.floor(spaces / INDENT);
    const line = parseTapLine(text.slice(depth * INDENT).trimEnd());
    if (line.kind === 'yaml') {
      inYaml = depth * INDENT;
      continue;
    }
    if (line.kind === 'comment') {
      if (point !== undefined && !point.ok && point.comments.length < MAX_YAML_CHARS)
        point.comments += `${line.text.slice(0, MAX_YAML_CHARS)}\n`;
      continue;
    }
    if (line.kind === 'other') continue;
    flush();
    if (line.kind === 'bail-out') {
      seen = true;
      tally.problem('bail out', line.reason === '' ? 'the tests bailed out' : line.reason);
    } else if (line.kind === 'subtest') {
      const opens = depth >= levels.length;
      openTo(depth);
      const level = levels[depth];
      // TAP 14 names the subtest inside it, node:test before it.
      if (opens && level?.name === '') level.name = line.name;
      else announced = line.name;
    } else if (line.kind === 'plan') {
      seen = true;
      openTo(depth);
      const level = levels[depth];
      if (level) level.planned = line.count;
      if (line.skip !== null && line.count === 0) tally.remark(`everything was skipped: ${line.skip}`);
    } else {
      seen = true;
      onPoint(line, depth);
    }
  }
  flush();
  if (!seen) refuse('it is no TAP: it holds neither a plan nor a test');
  closeBelow(0);
  checkPlan(levels[0] ?? makeLevel(''));
  return tally.reading();
};

function makeLevel(name: string): Level {
  return { name, planned: undefined, points: 0, failed: 0 };
}
