import type { ReportProblem, TestsValue } from '../schema/observation.ts';
import { inertLength } from './inert.ts';
import { isCompared, toChangesOf } from './reading-remarks.ts';
import { toFirstLine, toMoreLines } from './message-lines.ts';
import type { Reading } from './readings.ts';
import { makeRowSections } from './row-sections.ts';
import { type Facts, toPlace, toSubject, toTestName } from './summary-facts.ts';
import { code, type Inline, paragraph, type Section, strong, text } from './tree.ts';

/** Failing tests that are shown at once, behind a fold, and with more than the first line of what they say. */
const rowsShown = { open: 10, folded: 10, quoted: 3 } as const;

/** A test that failed, or what went wrong beside any single one; how the base has it, where there is one. */
type Failure = { step: string; name: string; place: string; message: string; against: '' | 'new' | 'on the base too' };

/**
 * The failing tests by name, with what they say and where; the first of them with more lines of that. Of the last
 * attempt of each step: a test that passed when it was tried again is no failure.
 */
export function makeTestSections(facts: Facts): Section[] {
  const failures = facts.tests
    .toSorted((a, b) => toRank(facts, a) - toRank(facts, b))
    .flatMap((reading) => toFailures(reading, facts))
    .toSorted((a, b) => Number(a.against === 'on the base too') - Number(b.against === 'on the base too'));
  if (failures.length === 0) return [];
  const hasSteps = new Set(failures.map(({ step }) => step)).size > 1;
  const hasBase = failures.some(({ against }) => against !== '');
  const last = [...(hasBase ? ['Against the base'] : []), ...(hasSteps ? ['Step'] : [])];
  return [
    ...makeRowSections({
      titles: ['Failing test', 'Message', 'Where', ...last],
      rows: failures.map((failure) => toRow(failure, hasBase, hasSteps)),
      total: facts.tests.reduce((sum, { value }) => sum + toFailureCount(value), 0),
      open: rowsShown.open,
      folded: rowsShown.folded,
      keep: 50,
      label: 'failing tests',
      one: 'failing test',
    }),
    ...failures.slice(0, rowsShown.quoted).flatMap(toQuote),
  ];
}

/** In the order of the steps, those that may fail last. */
function toRank({ steps }: Facts, { stepIds }: Reading<TestsValue>): number {
  const step = steps.get(stepIds[0] ?? '');
  if (step === undefined) return Number.MAX_SAFE_INTEGER;
  return step.index + (step.continue_on_error ? 1_000_000 : 0);
}

function toFailures(reading: Reading<TestsValue>, { changes }: Facts): Failure[] {
  const step = reading.stepIds[0] ?? '';
  const isKnown = isCompared(reading, changes);
  const newly = new Set(toChangesOf(changes, 'test_newly_failing', toSubject(reading)).map(({ after }) => after));
  const failed = reading.value.cases.filter(({ status }) => status === 'failed');
  return reading.value.problems
    .map((problem) => toProblemFailure(problem, step))
    .concat(
      failed.map((found) => {
        const name = toTestName(found);
        const against = newly.has(name) ? 'new' : 'on the base too';
        const place = toPlace(found.file, found.line);
        return { step, name, place, message: found.message ?? '', against: isKnown ? against : '' };
      }),
    );
}

function toProblemFailure({ where, message }: ReportProblem, step: string): Failure {
  return { step, name: where, place: '', message, against: '' };
}

function toFailureCount({ failed, problems, problems_left_out: left }: TestsValue): number {
  return failed + problems.length + left;
}

function toRow({ step, name, place, message, against }: Failure, hasBase: boolean, hasSteps: boolean): Inline[][] {
  const first = toFirstLine(message);
  return [
    [code(name)],
    [text(first === '' ? '–' : first)],
    place === '' ? [text('–')] : [code(place)],
    ...(hasBase ? [against === 'new' ? [strong(text('new'))] : [text(against === '' ? '–' : against)]] : []),
    ...(hasSteps ? [step === '' ? [text('–')] : [code(step)]] : []),
  ];
}

/** What a test says beyond its row; nothing when the row has it all. */
function toQuote({ name, message }: Failure): Section[] {
  const lines = toMoreLines(message, inertLength.excerptLine);
  if (lines.length === 0) return [];
  const blocks = [paragraph(code(name), text(' says:')), { type: 'code_block', language: 'text', lines } as const];
  return [{ keep: 40, label: 'messages of tests', blocks }];
}
