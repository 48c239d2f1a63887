import { groupBy } from '../lib/group-by.ts';
import { type CollectionLeg, sortLegs, toLegOutcome } from './collection-legs.ts';
import { toCount } from './counts.ts';
import { toFirstLine } from './message-lines.ts';
import { isFailure } from './outcome.ts';
import { toReadingRemarks } from './reading-remarks.ts';
import { makeRowSections } from './row-sections.ts';
import { toReason, toStepWord } from './step-words.ts';
import { type Facts, toFacts, toPlace, toTestName } from './summary-facts.ts';
import { type Block, code, type Inline, type Section, strong, text } from './tree.ts';

const rowsShown = { open: 10, folded: 10, legs: 4 } as const;

/** A leg whose envelope holds, and what it says. */
export type LegFacts = { leg: CollectionLeg; facts: Facts };

/** Legs that may be quoted, worst first. */
export function toLegFacts(legs: readonly CollectionLeg[]): LegFacts[] {
  return sortLegs(legs).flatMap((leg) => {
    const outcome = toLegOutcome(leg);
    if (leg.envelope === undefined || outcome === 'rejected' || outcome === 'missing') return [];
    return [{ leg, facts: toFacts(leg.envelope, undefined) }];
  });
}

/** Steps that did not pass, and how many did not run, leg by leg. */
export function makeLegFailures(legs: readonly LegFacts[]): Block[] {
  const rows = legs.flatMap(({ leg, facts }) => {
    const { steps } = facts.envelope.execution;
    const remarks = toReadingRemarks(facts);
    const failed = steps
      .filter((step) => isFailure(step) || step.status === 'aborted' || step.status === 'waiting')
      .toSorted((a, b) => Number(a.continue_on_error) - Number(b.continue_on_error));
    const skipped = steps.filter(({ status }) => status === 'skipped');
    const [first] = skipped;
    return [
      ...failed.map((step) => {
        const { emoji, word } = toStepWord(step);
        const why = [remarks.get(step.id) ?? '', toReason(step)].filter((part) => part !== '').join(' · ');
        return [
          [text(emoji)],
          [code(leg.label)],
          [code(step.id)],
          [strong(text(word)), text(why === '' ? '' : `: ${why}`)],
        ];
      }),
      ...(first === undefined
        ? []
        : [
            [
              [text(toStepWord(first).emoji)],
              [code(leg.label)],
              toIds(skipped.map(({ id }) => id)),
              [strong(text('not run')), text(`: ${toReason(first)}${skipped.length > 1 ? ', and more' : ''}`)],
            ],
          ]),
    ];
  });
  if (rows.length === 0) return [];
  const columns = [{ title: '' }, { title: 'Leg' }, { title: 'Step' }, { title: 'Result' }];
  return [{ type: 'table', columns, rows }];
}

/** The failing tests of all legs by name, each once, with the legs in which it failed; the most frequent first. */
export function makeLegTests(legs: readonly LegFacts[]): Section[] {
  const failures = legs.flatMap(({ leg, facts }) =>
    facts.tests.flatMap(({ value }) =>
      value.cases.filter(({ status }) => status === 'failed').map((found) => ({ leg: leg.label, found })),
    ),
  );
  const groups = [...groupBy(failures, ({ found }) => toTestName(found)).values()].toSorted(
    (a, b) => toLegLabels(b).length - toLegLabels(a).length,
  );
  if (groups.length === 0) return [];
  const rows = groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const place = toPlace(first.found.file, first.found.line);
    const message = toFirstLine(first.found.message ?? '');
    return [
      [
        [code(toTestName(first.found))],
        [text(message === '' ? '–' : message)],
        place === '' ? [text('–')] : [code(place)],
        toLegs(toLegLabels(group), legs.length),
      ],
    ];
  });
  return makeRowSections({
    titles: ['Failing test', 'Message', 'Where', 'Legs'],
    rows,
    total: rows.length,
    open: rowsShown.open,
    folded: rowsShown.folded,
    keep: 50,
    label: 'failing tests',
    one: 'failing test',
  });
}

function toLegLabels(group: { leg: string }[]): string[] {
  return [...new Set(group.map(({ leg }) => leg))];
}

function toLegs(labels: string[], total: number): Inline[] {
  return labels.length === total && total > 1 ? [strong(text(`all ${toCount(total, 'leg')}`))] : toIds(labels);
}

function toIds(ids: string[]): Inline[] {
  const shown = ids.slice(0, rowsShown.legs).flatMap((id, index) => [text(index === 0 ? '' : ', '), code(id)]);
  const left = ids.length - rowsShown.legs;
  return left > 0 ? [...shown, text(` and ${left} more`)] : shown;
}
