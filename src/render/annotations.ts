import { groupBy } from '../lib/group-by.ts';
import type { Envelope } from '../schema/envelope.ts';
import type { Finding, TestCase } from '../schema/observation.ts';
import type { StepRecord } from '../schema/record.ts';
import { type PathRoots, toAnnotationPath } from './annotation-path.ts';
import { toAnnotationText } from './annotation-text.ts';
import { isFailure } from './outcome.ts';
import type { Reading } from './readings.ts';
import { toReason, toStepWord } from './step-words.ts';
import { type Facts, toFacts, toTestName } from './summary-facts.ts';

/** A remark at a place in the repository, in the words of GitHub's check runs. All of it is plain, inert text. */
export type Annotation = {
  path: string;
  start_line: number;
  end_line: number;
  level: 'failure' | 'warning' | 'notice';
  title: string;
  message: string;
};

export type AnnotationOptions = PathRoots & {
  /** false: not the failed steps, for a surface that has told of them already. */
  hasSteps?: boolean;
  /** How many a surface takes; undefined: 1,000, twenty requests to GitHub. */
  most?: number;
};

const defaultMost = 1000;
/** GitHub: "The title that represents the annotation. The maximum size is 255 characters"; messages to 64 KB, and to 4,096 characters from a runner. */
const lengths = { title: 255, message: 4000 } as const;
/** Lines are 32-bit numbers to GitHub, and begin at 1. */
const lastLine = 2 ** 31 - 1;

/**
 * Failing tests, findings and failed steps as annotations, worst first, each once however many reports tell it. What has
 * no place of its own is put at the manifest. `leftOut` counts what is told by nobody: over the cap, outside of the
 * repository, or not named in the envelope.
 */
export function toAnnotations(
  envelope: Envelope,
  options: AnnotationOptions = {},
): { annotations: Annotation[]; leftOut: number } {
  const facts = toFacts(envelope, undefined);
  const drafts = [...toTestDrafts(facts), ...toFindingDrafts(facts)];
  const told = new Set(drafts.filter(({ level }) => level !== 'notice').flatMap(({ step }) => step ?? []));
  const steps = options.hasSteps === false ? [] : toStepDrafts(envelope, told);
  const sorted = [...drafts, ...steps].toSorted((a, b) => a.rank - b.rank);
  const placed = sorted.map((draft) => toPlaced(draft, facts, options));
  const found = placed.filter((annotation) => annotation !== undefined);
  const unique = [...groupBy(found, toKey).values()].flatMap(([first]) => first ?? []);
  const kept = unique.slice(0, options.most ?? defaultMost);
  return {
    annotations: kept.map(({ isPlaced: _isPlaced, ...annotation }) => annotation),
    leftOut: unique.length - kept.length + (placed.length - found.length) + toUnnamed(facts),
  };
}

type Draft = {
  /** 0 is worst. */
  rank: number;
  level: Annotation['level'];
  step: string | undefined;
  file: string | undefined;
  line: number | undefined;
  title: string;
  message: string;
};

/** Whether what it tells has a place of its own. */
type Placed = Annotation & { isPlaced: boolean };

function toTestDrafts({ tests, steps }: Facts): Draft[] {
  return tests.flatMap((reading) => {
    const { step, isAllowed } = toStep(reading, steps);
    const level = isAllowed ? 'warning' : 'failure';
    const draft = (title: string, message: string, found?: TestCase): Draft => ({
      rank: isAllowed ? 4 : 1,
      level,
      step: step?.id,
      file: found?.file,
      line: found?.line,
      title,
      message,
    });
    const failed = reading.value.cases.filter(({ status }) => status === 'failed');
    return [
      ...reading.value.problems.map(({ where, message }) => draft(`Tests: ${where}`, message)),
      ...failed.map((found) => draft(`Test failed: ${toTestName(found)}`, found.message ?? '', found)),
    ];
  });
}

const levels: Record<Finding['level'], Annotation['level']> = {
  error: 'failure',
  warning: 'warning',
  note: 'notice',
  none: 'notice',
};

/** An error that no step failed over is a warning: a check that passed has no failures in it. */
function toFindingDrafts({ findings, steps }: Facts): Draft[] {
  return findings.flatMap((reading) => {
    const { step, isAllowed } = toStep(reading, steps);
    const hasFailed = step !== undefined && isFailure(step) && !isAllowed;
    return reading.value.results.map((found): Draft => {
      const level = levels[found.level] === 'failure' && !hasFailed ? 'warning' : levels[found.level];
      const ranks = { failure: 2, warning: found.level === 'error' ? 4 : 5, notice: 6 } as const;
      return {
        rank: ranks[level],
        level,
        step: step?.id,
        file: found.uri,
        line: found.start_line,
        title: found.rule_id === '' ? 'Finding' : found.rule_id,
        message: found.message,
      };
    });
  });
}

/** A step of which nothing else tells why it failed comes first. */
function toStepDrafts({ execution }: Envelope, told: ReadonlySet<string>): Draft[] {
  return execution.steps
    .filter((step) => isFailure(step) || step.status === 'aborted')
    .map((step) => {
      const isHard = isFailure(step) && !step.continue_on_error;
      const first = isHard ? 0 : 4;
      return {
        rank: told.has(step.id) ? first + 3 : first,
        level: isHard ? 'failure' : 'warning',
        step: step.id,
        file: undefined,
        line: undefined,
        title: `Step ${toStepWord(step).word}: ${step.id}`,
        message: toReason(step),
      };
    });
}

function toStep(
  { stepIds }: Reading<unknown>,
  steps: ReadonlyMap<string, StepRecord>,
): { step: StepRecord | undefined; isAllowed: boolean } {
  const step = steps.get(stepIds[0] ?? '');
  return { step, isAllowed: step?.continue_on_error === true };
}

function toPlaced(
  { file, line, level, title, message, step }: Draft,
  { envelope, steps }: Facts,
  options: AnnotationOptions,
): Placed | undefined {
  const isPlaced = file !== undefined && file !== '';
  const path = isPlaced
    ? toAnnotationPath(file, steps.get(step ?? '')?.cwd ?? '.', options)
    : toAnnotationPath(envelope.plan.manifest_path, '.', options);
  if (path === undefined) return undefined;
  const at = isPlaced ? Math.min(lastLine, Math.max(1, line ?? 1)) : 1;
  const shownTitle = toAnnotationText(title, lengths.title, 1);
  const shownMessage = toAnnotationText(message, lengths.message);
  return {
    path,
    start_line: at,
    end_line: at,
    level,
    title: shownTitle,
    message: shownMessage || shownTitle,
    isPlaced,
  };
}

/** Several reports may name one thing differently; where nothing has a place of its own, the name is all that differs. */
function toKey({ path, start_line: line, message, title, isPlaced }: Placed): string {
  return JSON.stringify([path, line, message, ...(isPlaced ? [] : [title])]);
}

/** Failures and findings that the envelope counts without naming them. */
function toUnnamed({ tests, findings }: Facts): number {
  const failures = tests.map(
    ({ value }) =>
      Math.max(0, value.failed - value.cases.filter(({ status }) => status === 'failed').length) +
      value.problems_left_out,
  );
  return [...failures, ...findings.map(({ value }) => value.results_left_out)].reduce((sum, count) => sum + count, 0);
}
