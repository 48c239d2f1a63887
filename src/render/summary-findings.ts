import { type Finding, type FindingLevel, findingLevels } from '../schema/observation.ts';
import { formatCount } from './counts.ts';
import { toFirstLine } from './message-lines.ts';
import { isFailure } from './outcome.ts';
import { isCompared, toChangesOf } from './reading-remarks.ts';
import { makeRowSections } from './row-sections.ts';
import { type Facts, toFindingName, toPlace, toSubject } from './summary-facts.ts';
import { type Block, code, details, type Inline, type Section, strong, text } from './tree.ts';

const rowsShown = { open: 10, folded: 10, quiet: 20 } as const;

const words: Record<FindingLevel, string> = {
  error: '❌\u00A0error',
  warning: '⚠️\u00A0warning',
  note: 'ℹ️\u00A0note',
  none: '–\u00A0none',
};

type Found = { finding: Finding; isNew: boolean | undefined; isLoud: boolean };

/** What static analysis found where a step failed over it, or what is new against the base. Errors first. */
export function makeFindingSections(facts: Facts): Section[] {
  const { loud, quiet, hasBase, hidden } = toFound(facts);
  if (loud.length === 0) return [];
  return makeRowSections({
    titles: toTitles(hasBase),
    rows: loud.map((found) => toRow(found, hasBase)),
    // Those that the envelope does not name are the lightest: they belong to the last table that there is.
    total: loud.length + (quiet.length === 0 ? hidden : 0),
    open: rowsShown.open,
    folded: rowsShown.folded,
    keep: 46,
    label: 'findings',
    one: 'finding',
  });
}

/** The other findings, folded. */
export function makeQuietFindings(facts: Facts): Block[] {
  const { quiet, hasBase, hidden } = toFound(facts);
  if (quiet.length === 0) return [];
  const count = quiet.length + hidden;
  const [section] = makeRowSections({
    titles: toTitles(hasBase),
    rows: quiet.slice(0, rowsShown.quiet).map((found) => toRow(found, hasBase)),
    total: count,
    open: rowsShown.quiet,
    folded: 0,
    keep: 0,
    label: '',
    one: 'finding',
  });
  const title = `${formatCount(count)} ${count === 1 ? 'finding that fails' : 'findings that fail'} no step`;
  return [details([text(title)], section?.blocks ?? [])];
}

type AllFound = { loud: Found[]; quiet: Found[]; hasBase: boolean; hidden: number };

function toFound(facts: Facts): AllFound {
  const found = facts.findings.flatMap((reading): Found[] => {
    const isFailed = reading.stepIds.some((id) => {
      const step = facts.steps.get(id);
      return step !== undefined && isFailure(step) && !step.continue_on_error;
    });
    const isKnown = isCompared(reading, facts.changes);
    const fresh = new Set(toChangesOf(facts.changes, 'finding_new', toSubject(reading)).map(({ after }) => after));
    return reading.value.results.map((finding) => {
      const isNew = isKnown ? fresh.has(toFindingName(finding)) : undefined;
      return { finding, isNew, isLoud: isFailed || isNew === true };
    });
  });
  const sorted = found.toSorted((a, b) => toWeight(a) - toWeight(b));
  return {
    loud: sorted.filter(({ isLoud }) => isLoud),
    quiet: sorted.filter(({ isLoud }) => !isLoud),
    hasBase: found.some(({ isNew }) => isNew !== undefined),
    hidden: facts.findings.reduce((sum, { value }) => sum + value.results_left_out, 0),
  };
}

function toTitles(hasBase: boolean): string[] {
  return ['Level', 'Finding', 'Where', 'Rule', ...(hasBase ? ['Against the base'] : [])];
}

function toWeight({ finding, isNew }: Found): number {
  return findingLevels.indexOf(finding.level) * 2 + (isNew === true ? 0 : 1);
}

function toRow({ finding, isNew }: Found, hasBase: boolean): Inline[][] {
  const place = toPlace(finding.uri, finding.start_line);
  return [
    [text(words[finding.level])],
    [text(toFirstLine(finding.message))],
    place === '' ? [text('–')] : [code(place)],
    [code(finding.rule_id)],
    ...(hasBase ? [toAgainst(isNew)] : []),
  ];
}

function toAgainst(isNew: boolean | undefined): Inline[] {
  if (isNew === undefined) return [text('–')];
  return isNew ? [strong(text('new'))] : [text('on the base too')];
}
