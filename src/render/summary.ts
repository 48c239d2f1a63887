import type { Comparison } from '../schema/comparison.ts';
import type { Envelope } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';
import { renderWithinBudget } from './budget.ts';
import { toCount } from './counts.ts';
import { makeOtherChecks } from './other-checks.ts';
import { toReadingRemarks } from './reading-remarks.ts';
import { toOtherObservations } from './readings.ts';
import { toStepRemarks } from './step-remarks.ts';
import { makeApprovals } from './summary-approvals.ts';
import { makeExcerptSections } from './summary-excerpts.ts';
import { type Facts, toFacts } from './summary-facts.ts';
import { makeFindingSections, makeQuietFindings } from './summary-findings.ts';
import { makeHeader, makeSupersededHeader, type Superseded } from './summary-header.ts';
import { makePassedTable } from './summary-passed.ts';
import { makeLimitLines, makeSealLines, makeUsualLimits, type Signing } from './summary-seal.ts';
import { makeTroubleTable, makeWarningsTable, toFailedSteps } from './summary-steps.ts';
import { makeTestSections } from './summary-tests.ts';
import { makeBaseNote, makeDeltaDetails, makeTotals } from './summary-totals.ts';
import { type Block, code, details, paragraph, type Section, text } from './tree.ts';
import { toTrust } from './trust.ts';

export type SummaryOptions = {
  envelope: Envelope;
  /** SHA-256 of the envelope's file. */
  envelopeSha256: string;
  envelopeFileName: string;
  verdict: Verdict;
  /** Bytes of UTF-8 that the page may have; 12,000 are always enough. */
  budgetBytes: number;
  /** http or https, from the caller, never from the envelope. */
  links?: { run?: string; envelope?: string };
  /** Output texts by artifact id (their ends suffice): the envelope names them only. */
  excerpts?: Record<string, string>;
  /** Where it will stand. A comment's sections stand below a title, so their headings are one level lower. */
  surface?: Surface;
  /** Of the base's envelope (`before`) with this one (`after`), as src/compare makes it. */
  comparison?: Comparison;
  signing?: Signing;
  /** What a reader should know of the reporting itself: sentences, as `Could not post the comment: ...`. */
  notices?: string[];
  superseded?: Superseded;
};

export type Surface = 'job_summary' | 'check' | 'comment';

/** Notices on a page; a publisher has few. */
const noticesShown = 5;

/**
 * The page that a reviewer reads, as GitHub Flavored Markdown: first whether it passed, then what did not, then how to
 * check it. Everything in the envelope is taken for a stranger's text.
 * @throws RangeError when budgetBytes is too small for what must be on the page
 */
export function renderSummary(options: SummaryOptions): string {
  const sections =
    options.superseded === undefined ? makeSections(options) : makeOldSections(options, options.superseded);
  return renderWithinBudget(
    sections.filter(({ blocks }) => blocks.length > 0),
    options.budgetBytes,
  );
}

/** In the order of the page; `keep` is the order in which they go when it is too large. */
function makeSections(options: SummaryOptions): Section[] {
  const { envelope, comparison } = options;
  const { steps } = envelope.execution;
  const facts = toFacts(envelope, comparison);
  const remarks = joinRemarks(toStepRemarks(envelope), toReadingRemarks(facts));
  const testedSteps = new Set(facts.tests.filter(({ value }) => value.failed > 0).flatMap(({ stepIds }) => stepIds));
  const hasTests = (stepId: string): boolean => testedSteps.has(stepId);
  return [
    { keep: 'always', label: 'header', blocks: [...makeHeader(toHeaderOptions(options)), ...makeNotices(options)] },
    { keep: 58, label: 'totals', blocks: [...makeTotals(facts, comparison), ...makeBaseNote(comparison)] },
    { keep: 'always', label: 'failures', blocks: makeTroubleTable(facts, remarks) },
    ...makeTestSections(facts),
    ...makeFindingSections(facts),
    ...makeExcerptSections(toFailedSteps(steps), { ...options.excerpts }, hasTests),
    { keep: 60, label: 'approvals', blocks: makeApprovals(envelope) },
    { keep: 25, label: 'warnings', blocks: makeWarningsTable(steps) },
    { keep: 10, label: 'passed steps', blocks: makePassedTable(facts, remarks) },
    { keep: 7, label: 'other findings', blocks: makeQuietFindings(facts) },
    { keep: 6, label: 'observations', blocks: makeOtherObservations(facts) },
    { keep: 5, label: 'differences', blocks: makeDeltaDetails(facts, comparison) },
    ...makeLastSections(options),
  ];
}

/** A page that is history: what it said, and where its evidence is. */
function makeOldSections(options: SummaryOptions, superseded: Superseded): Section[] {
  const facts = toFacts(options.envelope, undefined);
  const remarks = joinRemarks(toStepRemarks(options.envelope), toReadingRemarks(facts));
  const trouble = makeTroubleTable(facts, remarks);
  return [
    { keep: 'always', label: 'header', blocks: makeSupersededHeader(toHeaderOptions(options), superseded) },
    {
      keep: 'always',
      label: 'failures',
      blocks: trouble.length === 0 ? [] : [details([text('What did not pass then')], trouble)],
    },
    ...makeLastSections(options),
  ];
}

function makeLastSections(options: SummaryOptions): Section[] {
  const { envelope, envelopeSha256: sha256, envelopeFileName: fileName, verdict, signing } = options;
  const seal = { ...options, envelopeUrl: options.links?.envelope, signing };
  const checked = { fileName, sha256, repo: envelope.subject.repo.name, trust: toTrust(envelope, verdict), signing };
  return [
    { keep: 'always', label: 'limits', blocks: makeLimitLines(envelope, signing) },
    { keep: 3, label: 'limits of any record', blocks: makeUsualLimits(envelope) },
    { keep: 'always', label: 'envelope', blocks: makeSealLines(seal) },
    { keep: 4, label: 'other ways to check', blocks: makeOtherChecks(checked) },
  ];
}

function toHeaderOptions({
  envelope,
  verdict,
  links,
  surface,
  signing,
}: SummaryOptions): Parameters<typeof makeHeader>[0] {
  return {
    envelope,
    verdict,
    runUrl: links?.run,
    level: surface === 'comment' ? 4 : 3,
    isSigned: envelope.integrity.signatures.length > 0 || signing?.state === 'keyless',
  };
}

function makeNotices({ notices = [] }: SummaryOptions): Block[] {
  return notices.slice(0, noticesShown).map((notice) => paragraph(text(`ℹ️ ${notice}`)));
}

function joinRemarks(...maps: ReadonlyMap<string, string>[]): ReadonlyMap<string, string> {
  const ids = new Set(maps.flatMap((map) => [...map.keys()]));
  return new Map([...ids].map((id) => [id, maps.flatMap((map) => map.get(id) ?? []).join(' · ')]));
}

/** What was read that has no place of its own on the page, folded. */
function makeOtherObservations({ envelope }: Facts): Block[] {
  const others = toOtherObservations(envelope).filter(({ type }) => type !== 'http' && type !== 'service');
  if (others.length === 0) return [];
  const titles = ['Observation', 'What', 'Basis'];
  const rows = others.map(({ type, summary, informational, basis_artifact_ids: basis }) => [
    [code(type)],
    [text(summary)],
    [text(informational ? 'none: a remark' : toCount(basis.length, 'artifact'))],
  ]);
  const count = toCount(others.length, 'other observation');
  return [details([text(count)], [{ type: 'table', columns: titles.map((title) => ({ title })), rows }])];
}
