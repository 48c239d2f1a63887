import type { Change, ChangeArea, ChangeCode, Comparison } from '../schema/comparison.ts';
import { coverageMetricNames, type CoverageValue } from '../schema/observation.ts';
import { toPhrase } from './change-phrases.ts';
import { formatCount, toCount } from './counts.ts';
import { toShortCommit } from './digest.ts';
import type { Reading } from './readings.ts';
import { isCompared, toChangesOf, toPercent, toSigned } from './reading-remarks.ts';
import { type Facts, toSubject } from './summary-facts.ts';
import { type Block, code, details, dotted, type Inline, paragraph, strong, text } from './tree.ts';

/** Coverage reports that the line names, and differences that the fold lists. */
const coverageShown = 3;
const changesShown = 40;

/**
 * Tests, findings and coverage of the run in one line, each with what is different from the base:
 * `412 tests, 3 failed (+3), 2 skipped · 12 findings (2 new, 1 fixed) · lines covered 84.1 % (+0.3)`.
 */
export function makeTotals(facts: Facts, comparison: Comparison | undefined): Block[] {
  const parts = [...toTestsTotal(facts), ...toFindingsTotal(facts), ...toCoverageTotal(facts)];
  if (parts.length === 0) return [];
  return [paragraph(...dotted(parts), ...toBase(comparison))];
}

/** What else is different from the base, folded: names of tests and findings, coverage. */
export function makeDeltaDetails({ changes }: Facts, comparison: Comparison | undefined): Block[] {
  const told = (changes ?? []).filter(({ area, code }) => areas.has(area) && !totals.has(code));
  const lines: Inline[][] = (comparison?.notes ?? []).map((note) => [text(note)]);
  if (told.length + lines.length === 0) return [];
  const rows = told.slice(0, changesShown).map((change) => toRow(change));
  const left = told.length - rows.length;
  const table: Block = {
    type: 'table',
    columns: [{ title: '' }, { title: 'Report' }, { title: 'Against the base' }],
    rows: left > 0 ? [...rows, [[], [text(`${left} more, told by quoderat diff`)], []]] : rows,
  };
  const summary = toCount(told.length, 'difference to the base', 'differences to the base');
  return [details([text(summary)], [...(rows.length > 0 ? [table] : []), ...lines.map((line) => paragraph(...line))])];
}

/** Why there are no differences where a base was given. */
export function makeBaseNote(comparison: Comparison | undefined): Block[] {
  if (comparison === undefined || comparison.changes !== null) return [];
  return [paragraph(strong(text('Not compared with the base:')), text(' one of the two envelopes is not intact.'))];
}

const areas: ReadonlySet<ChangeArea> = new Set(['tests', 'findings', 'coverage']);
const totals: ReadonlySet<ChangeCode> = new Set(['tests_total', 'tests_failed', 'tests_skipped', 'findings_total']);
const senses: Record<Change['sense'], string> = {
  worse: '❌\u00A0worse',
  better: '✅\u00A0better',
  neutral: '–\u00A0neither',
};

function toRow({ code: changeCode, subject, before, after, sense }: Change): Inline[][] {
  const phrase = toPhrase(changeCode, toValue(changeCode, before), toValue(changeCode, after));
  return [[text(senses[sense])], [code(subject ?? 'run')], [text(phrase)]];
}

function toValue(changeCode: ChangeCode, value: Change['before']): string {
  if (value === null) return 'none';
  return changeCode === 'coverage' ? `${value} %` : String(value);
}

function toTestsTotal({ tests, changes }: Facts): Inline[][] {
  if (tests.length === 0) return [];
  const sum = (name: 'tests' | 'failed' | 'flaky' | 'skipped' | 'pending'): number =>
    tests.reduce((total, { value }) => total + value[name], 0);
  const delta = (name: ChangeCode): string => toDelta(tests, changes, name);
  const skipped = sum('skipped') + sum('pending');
  const words = [
    `${toCount(sum('tests'), 'test')}${delta('tests_total')}`,
    `${formatCount(sum('failed'))} failed${delta('tests_failed')}`,
    ...(sum('flaky') > 0 ? [`${formatCount(sum('flaky'))} flaky`] : []),
    ...(skipped > 0 ? [`${formatCount(skipped)} skipped${delta('tests_skipped')}`] : []),
  ];
  return [[text(words.join(', '))]];
}

function toFindingsTotal({ findings, changes }: Facts): Inline[][] {
  if (findings.length === 0) return [];
  const total = findings.reduce((sum, { value }) => sum + value.total, 0);
  const errors = findings.reduce((sum, { value }) => sum + value.by_level.error, 0);
  const count = (name: ChangeCode): number =>
    findings.reduce((sum, reading) => sum + toChangesOf(changes, name, toSubject(reading)).length, 0);
  const notes = [
    ...(errors > 0 ? [toCount(errors, 'error')] : []),
    ...(findings.some((reading) => isCompared(reading, changes))
      ? [`${count('finding_new')} new`, `${count('finding_gone')} fixed`]
      : []),
  ];
  return [[text(`${toCount(total, 'finding')}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`)]];
}

function toCoverageTotal({ coverage, changes }: Facts): Inline[][] {
  const told = coverage.flatMap((reading) => toCoverageWords(reading, changes, coverage.length > 1));
  const left = told.length - coverageShown;
  return [...told.slice(0, coverageShown), ...(left > 0 ? [[text(`${left} more coverage reports`)]] : [])];
}

function toCoverageWords(
  reading: Reading<CoverageValue>,
  changes: readonly Change[] | null,
  isOneOfMany: boolean,
): Inline[][] {
  const name = coverageMetricNames.find((metric) => reading.value[metric] !== undefined);
  const percent = name === undefined ? undefined : reading.value[name]?.percent;
  if (name === undefined || percent === undefined) return [];
  const delta = toDelta([reading], changes, 'coverage', ` (${name})`);
  const of = isOneOfMany && reading.stepIds[0] !== undefined ? [text(' by '), code(reading.stepIds[0])] : [];
  return [[text(`${name} covered ${toPercent(percent)}${delta}`), ...of]];
}

/** By how much readings differ in sum from those of the base; empty where they do not, or nothing was compared. */
function toDelta(
  readings: readonly Reading<unknown>[],
  changes: readonly Change[] | null,
  name: ChangeCode,
  suffix = '',
): string {
  const differences = readings.flatMap((reading) =>
    toChangesOf(changes, name, `${toSubject(reading)}${suffix}`).map(
      ({ before, after }) => Number(after) - Number(before),
    ),
  );
  const signed = toSigned(differences.reduce((sum, difference) => sum + difference, 0));
  return signed === '' ? '' : ` (${signed})`;
}

function toBase(comparison: Comparison | undefined): Inline[] {
  if (comparison === undefined || comparison.changes === null) return [];
  const { commit_sha: commit } = comparison.before;
  return commit === null ? [text(' · against the base')] : [text(' · against base '), code(toShortCommit(commit))];
}
