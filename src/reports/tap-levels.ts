import { refuse } from './report-error.ts';
import type { TapPoint } from './tap-lines.ts';
import type { TestsTally } from './tests-tally.ts';

/** A document of TAP: the stream itself, or the subtests of one point. */
type Level = {
  name: string;
  planned: number | undefined;
  points: number;
  /** Tests in it and below it that failed. */
  failed: number;
  /** The point that it belongs to, where that stands before it. */
  parent: TapPoint | undefined;
};

export type TapLevels = {
  /** Subtests of this name come, at this depth or, for node:test, one deeper. */
  announce(depth: number, name: string): void;
  plan(depth: number, count: number): void;
  /** Answers the names around a point that is a test of its own; undefined for one that only sums up its subtests. */
  point(depth: number, point: TapPoint): string[] | undefined;
  /** The end of subtests that followed their point; answers as point() does, for that point. */
  close(depth: number): { point: TapPoint; suite: string[] } | undefined;
  end(): void;
};

const MAX_LEVELS = 64;

/**
 * Keeps track of subtests and their plans; a plan that is not met is a problem of the run.
 * @param onTest told of a test whose name only looks as if subtests followed it
 */
export function makeTapLevels(tally: TestsTally, onTest: (point: TapPoint, suite: string[]) => void): TapLevels {
  const levels: Level[] = [makeLevel('', undefined)];
  let announced = '';

  const toSuite = (depth: number): string[] =>
    levels.slice(1, depth + 1).flatMap(({ name }) => (name === '' ? [] : [name]));
  const openTo = (depth: number): Level => {
    if (depth >= MAX_LEVELS) refuse(`its subtests are nested more than ${MAX_LEVELS} deep`);
    while (levels.length <= depth) {
      levels.push(makeLevel(announced, undefined));
      announced = '';
      tally.suite();
    }
    return levels[depth] ?? makeLevel('', undefined);
  };
  /** Answers the outermost level that it closed and that held tests. */
  const closeBelow = (depth: number): Level | undefined => {
    let outermost: Level | undefined;
    while (levels.length - 1 > depth) {
      const closed = levels.pop();
      const outer = levels.at(-1);
      if (closed === undefined || outer === undefined) break;
      checkPlan(tally, closed);
      if (closed.parent !== undefined && closed.points === 0) {
        if (isFailure(closed.parent)) closed.failed += 1;
        onTest(closed.parent, toSuite(levels.length - 1));
      } else outermost = closed;
      outer.failed += closed.failed;
    }
    return outermost;
  };

  return {
    announce(depth, name) {
      const opens = depth >= levels.length;
      const level = openTo(depth);
      // TAP 14 names subtests inside them, node:test before them.
      if (opens && level.name === '') level.name = name;
      else announced = name;
    },
    plan(depth, count) {
      openTo(depth).planned = count;
    },
    point(depth, found) {
      const subtests = closeBelow(depth);
      const level = openTo(depth);
      level.points += 1;
      if (found.opens) {
        levels.push(makeLevel(found.name, found));
        tally.suite();
        return undefined;
      }
      const fails = isFailure(found);
      if (subtests !== undefined && !(fails && subtests.failed === 0)) return undefined;
      if (fails) level.failed += 1;
      return toSuite(depth);
    },
    close(depth) {
      const closed = closeBelow(depth);
      const level = levels[depth];
      if (closed?.parent === undefined || level === undefined) return undefined;
      if (!isFailure(closed.parent) || closed.failed > 0) return undefined;
      level.failed += 1;
      return { point: closed.parent, suite: toSuite(depth) };
    },
    end() {
      closeBelow(0);
      const [root] = levels;
      if (root) checkPlan(tally, root);
    },
  };
}

function makeLevel(name: string, parent: TapPoint | undefined): Level {
  return { name, planned: undefined, points: 0, failed: 0, parent };
}

function isFailure({ ok, directive }: TapPoint): boolean {
  return !ok && directive === null;
}

function checkPlan(tally: TestsTally, { name, planned, points }: Level): void {
  const plan = name === '' ? 'the plan' : `the plan of "${name}"`;
  if (planned === undefined && points > 0) {
    tally.problem(name, `${plan} is missing: the tests may not have come to their end`);
  } else if (planned !== undefined && planned !== points) {
    tally.problem(name, `${plan} is of ${planned} tests, and ${points} are there`);
  }
}
