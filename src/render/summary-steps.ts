import { groupBy } from '../lib/group-by.ts';
import type { StepRecord } from '../schema/record.ts';
import { isFailure } from './outcome.ts';
import { toChangesOf } from './reading-remarks.ts';
import { stepColumns, toStepCells } from './step-cells.ts';
import { toReason, toStepWord } from './step-words.ts';
import { type Facts, toSubject } from './summary-facts.ts';
import { type Block, code, type Inline, strong, text } from './tree.ts';

/** From so many steps on that one thing kept from running, they share a row. */
const sharingSteps = 4;
/** Steps that such a row names. */
const namedSteps = 8;

/** What a reader has to look at, worst first, then what did not run; nothing when all is well. */
export function makeTroubleTable(facts: Facts, remarks: ReadonlyMap<string, string>): Block[] {
  const { steps } = facts.envelope.execution;
  const worse = toStepsWithNews(facts);
  const shown = steps
    .filter((step) => (step.status !== 'success' && step.status !== 'skipped') || worse.has(step.id))
    .toSorted((a, b) => toRank(a) - toRank(b));
  const rows = shown.map((step) => toCells(step, facts, remarks));
  const skipped = toSkippedRows(facts);
  if (rows.length + skipped.length === 0) return [];
  return [{ type: 'table', columns: stepColumns, rows: [...rows, ...skipped], reserved: skipped.length }];
}

/** The steps that came to nothing, by how much that matters. */
export function toFailedSteps(steps: readonly StepRecord[]): StepRecord[] {
  return steps.filter((step) => isFailure(step) || step.status === 'aborted').toSorted((a, b) => toRank(a) - toRank(b));
}

/** The warnings of the steps, by step. */
export function makeWarningsTable(steps: readonly StepRecord[]): Block[] {
  const rows = steps.flatMap(({ id, warnings }) => warnings.map((warning) => [[code(id)], [text(warning)]]));
  if (rows.length === 0) return [];
  return [{ type: 'table', columns: [{ title: 'Step' }, { title: 'Warning' }], rows }];
}

function toCells(step: StepRecord, { artifacts }: Facts, remarks: ReadonlyMap<string, string>): Inline[][] {
  const [emoji = [], ...cells] = toStepCells(step, artifacts, remarks.get(step.id) ?? '');
  return [step.status === 'success' ? [text('⚠️')] : emoji, ...cells];
}

/** Steps that passed, and whose reports are worse than those of the base. */
function toStepsWithNews({ findings, tests, changes }: Facts): Set<string> {
  const isWorse = (subject: string): boolean =>
    toChangesOf(changes, 'finding_new', subject).length > 0 ||
    toChangesOf(changes, 'test_newly_failing', subject).length > 0 ||
    toChangesOf(changes, 'test_newly_flaky', subject).length > 0;
  return new Set(
    [...findings, ...tests].filter((reading) => isWorse(toSubject(reading))).flatMap(({ stepIds }) => stepIds),
  );
}

/** A row for each step that did not run, or one for many of them that the same thing held up. */
function toSkippedRows({ envelope, artifacts }: Facts): Inline[][][] {
  const skipped = envelope.execution.steps.filter(({ status }) => status === 'skipped');
  const byReason = groupBy(skipped, toReason);
  return [...byReason].flatMap(([reason, steps]) => {
    const [first] = steps;
    if (first === undefined || steps.length < sharingSteps)
      return steps.map((step) => toStepCells(step, artifacts, ''));
    const named = steps.slice(0, namedSteps).flatMap(({ id }, index) => [text(index === 0 ? '' : ', '), code(id)]);
    const left = steps.length - namedSteps;
    const { emoji, word } = toStepWord(first);
    const kinds = [...new Set(steps.map(({ kind }) => kind))];
    return [
      [
        [text(emoji)],
        [...named, text(left > 0 ? ` and ${left} more` : '')],
        [text(kinds.length === 1 ? (kinds[0] ?? '') : '–')],
        [strong(text(word)), text(`, ${steps.length} steps${reason === '' ? '' : `: ${reason}`}`)],
        [text('–')],
        [text('–')],
      ],
    ];
  });
}

function toRank(step: StepRecord): number {
  if (isFailure(step)) return step.continue_on_error ? 3 : 0;
  if (step.status === 'aborted') return 1;
  return step.status === 'waiting' ? 2 : 4;
}
