import { formatDuration } from '../lib/duration.ts';
import { renderWithinBudget } from './budget.ts';
import { makeOtherChecks } from './other-checks.ts';
import { type LegFacts, makeLegFailures, makeLegTests, toLegFacts } from './collection-failures.ts';
import { type CollectionLeg, type LegOutcome, makeLegsTable, toLegOutcome } from './collection-legs.ts';
import { toCount } from './counts.ts';
import { toShortCommit } from './digest.ts';
import { toHeadline } from './outcome.ts';
import { toReadingRemarks } from './reading-remarks.ts';
import { stepColumns, toStepCells } from './step-cells.ts';
import { emojis } from './summary-header.ts';
import { makeCommand, type Signing, toChecked, toTrustNodes, toVerifyCommand } from './summary-seal.ts';
import { makeTotals } from './summary-totals.ts';
import {
  type Block,
  code,
  details,
  dotted,
  type Inline,
  link,
  paragraph,
  type Section,
  strong,
  text,
  wholeCode,
} from './tree.ts';
import { toTrust, type Trust } from './trust.ts';

/** The file that lists the members of a collection, and how far it carries. */
export type CollectionFile = {
  fileName: string;
  sha256: string;
  headHash: string;
  url?: string;
  /** `toTrust` (render/trust.ts) of the collection's envelope. */
  trust: Trust;
  signing?: Signing;
};

export type CollectionPage = {
  /** The manifest, the workflow or the pipeline that the legs are of. */
  title: string;
  /** undefined: nothing was sealed of it, or not yet. */
  collection?: CollectionFile;
  /** All that were expected. */
  legs: CollectionLeg[];
  newestAttempt?: number;
  repo?: string | null;
  /** What was tested, and the head of the pull or merge request where that is another. */
  commit?: string | null;
  headCommit?: string | null;
  runUrl?: string;
  /** false: more envelopes may come. A leg that is missing at the end makes the whole incomplete. */
  isFinal?: boolean;
  isComment?: boolean;
  notices?: string[];
  /** Bytes of UTF-8 that the page may have; 12,000 are always enough. */
  budgetBytes: number;
};

const stepsShown = 30;
const noticesShown = 5;

/**
 * The page of many jobs: first whether all passed and none is missing, then the legs, what failed in which, and each
 * leg by itself, folded. Everything that comes from a leg is taken for a stranger's text.
 * @throws RangeError when budgetBytes is too small for what must be on the page
 */
export function renderCollection(page: CollectionPage): string {
  const { legs, isFinal = true } = page;
  const known = toLegFacts(legs);
  const sections: Section[] = [
    { keep: 'always', label: 'header', blocks: makeHeader(page) },
    { keep: 'always', label: 'legs', blocks: legs.length === 0 ? [] : [makeLegsTable(legs, isFinal)] },
    { keep: 'always', label: 'failures', blocks: makeLegFailures(known) },
    ...makeLegTests(known),
    ...known.map((leg): Section => ({
      keep: toLegOutcome(leg.leg) === 'pass' ? 10 : 20,
      label: 'legs by themselves',
      blocks: makeLegFold(leg),
    })),
    { keep: 'always', label: 'collection', blocks: makeCollectionLines(page) },
    { keep: 4, label: 'other ways to check', blocks: makeCollectionChecks(page) },
  ];
  return renderWithinBudget(
    sections.filter(({ blocks }) => blocks.length > 0),
    page.budgetBytes,
  );
}

/** The first line of a page, and the title of a check: `✅ Passed: 4 of 4 legs passed`. */
export function toCollectionSentence({ legs, isFinal = true }: Pick<CollectionPage, 'legs' | 'isFinal'>): string {
  const outcomes = legs.map(toLegOutcome);
  const count = (outcome: LegOutcome): number => outcomes.filter((one) => one === outcome).length;
  const total = legs.length;
  const arrived = total - count('missing');
  const missing = count('missing') === 0 ? '' : `, ${count('missing')} missing`;
  const of = (part: number): string => `${part} of ${toCount(total, 'leg')}`;
  if (total === 0) return `${emojis.fail} Nothing ran: 0 envelopes in`;
  if (count('rejected') > 0) {
    const [part, verb] = [count('rejected'), count('rejected') === 1 ? 'does' : 'do'];
    return `⛔ Do not rely on this: ${part} of ${toCount(total, 'envelope')} ${verb} not hold`;
  }
  if (count('fail') > 0) return `${emojis.fail} Failed: ${of(count('fail'))} failed${isFinal ? missing : ''}`;
  if (count('missing') > 0) {
    const sentence = `${arrived} of ${toCount(total, 'envelope')} in`;
    return isFinal ? `${emojis.incomplete} Incomplete: ${sentence}` : `⏳ ${sentence}`;
  }
  if (count('incomplete') > 0) return `${emojis.incomplete} Incomplete: ${of(count('incomplete'))} did not finish`;
  if (count('waiting') > 0) return `${emojis.waiting} Waiting for approval: ${of(count('pass'))} passed`;
  return `${emojis.pass} Passed: ${of(total)} passed`;
}

function makeHeader(page: CollectionPage): Block[] {
  const { title, newestAttempt, runUrl, isComment, legs, notices = [] } = page;
  const older = legs.filter(({ isOlderAttempt }) => isOlderAttempt === true).length;
  const facts: Inline[][] = [
    toCommit(page),
    ...(newestAttempt === undefined ? [] : [[text(`attempt ${newestAttempt}`)]]),
    ...(older === 0 ? [] : [[text(`${toCount(older, 'leg')} of an earlier attempt`)]]),
    ...(runUrl === undefined ? [] : [link(runUrl, text('run'))]),
  ];
  return [
    {
      type: 'heading',
      level: isComment === true ? 4 : 3,
      children: [text(`${toCollectionSentence(page)} · `), code(title)],
    },
    paragraph(...dotted(facts)),
    ...notices.slice(0, noticesShown).map((notice) => paragraph(text(`ℹ️ ${notice}`))),
  ];
}

function toCommit({ commit, headCommit }: CollectionPage): Inline[] {
  if (commit === undefined || commit === null) return [text('No commit')];
  if (headCommit === undefined || headCommit === null || headCommit === commit) {
    return [text('Commit '), code(toShortCommit(commit))];
  }
  return [
    text('Commit '),
    code(toShortCommit(headCommit)),
    text(' (tested as '),
    code(toShortCommit(commit)),
    text(')'),
  ];
}

/** One leg, folded: its answer, its totals, its steps, and its envelope with the command that checks it. */
function makeLegFold({ leg, facts }: LegFacts): Block[] {
  const { envelope } = facts;
  const { mood, sentence } = toHeadline(envelope.execution);
  const remarks = toReadingRemarks(facts);
  const steps = envelope.execution.steps.slice(0, stepsShown);
  const left = envelope.execution.steps.length - steps.length;
  const rows = steps.map((step) => toStepCells(step, facts.artifacts, remarks.get(step.id) ?? ''));
  const counted = left > 0 ? [[[], [text(`${left} more, in the envelope`)], [], [], [], []]] : [];
  const took = formatDuration(envelope.execution.duration_ms);
  return [
    details(
      [strong(text(leg.label)), text(` · ${emojis[mood]} ${sentence} · ${took}`)],
      [
        ...makeTotals(facts, undefined),
        { type: 'table', columns: stepColumns, rows: [...rows, ...counted] },
        ...makeLegEnvelope(leg, facts),
      ],
    ),
  ];
}

function makeLegEnvelope(leg: CollectionLeg, { envelope }: LegFacts['facts']): Block[] {
  const name = leg.envelopeFileName ?? 'envelope.json';
  return [
    paragraph(
      strong(text('Envelope')),
      text(' '),
      ...link(leg.url, code(name)),
      ...(leg.envelopeSha256 === undefined ? [] : [text(' · '), wholeCode(`sha256:${leg.envelopeSha256}`)]),
      text(' · head '),
      wholeCode(envelope.integrity.head_entry_hash),
      text(` · ${toTrust(envelope, leg.verdict).level}`),
    ),
    makeCommand(toVerifyCommand(name, toChecked(envelope))),
  ];
}

function makeCollectionLines({ collection, repo, commit }: CollectionPage): Block[] {
  if (collection === undefined) return [];
  const { fileName, sha256, headHash, url, trust, signing } = collection;
  return [
    paragraph(
      strong(text('Collection')),
      text(' '),
      ...link(url, code(fileName)),
      text(' · '),
      wholeCode(`sha256:${sha256}`),
      text(' · head '),
      wholeCode(headHash),
    ),
    paragraph(strong(text('Trust:')), text(' '), ...toTrustNodes(trust, signing)),
    makeCommand(toVerifyCommand(fileName, { repo: repo ?? null, commit: commit ?? null })),
  ];
}

function makeCollectionChecks({ collection, repo = null }: CollectionPage): Block[] {
  return collection === undefined ? [] : makeOtherChecks({ signing: undefined, ...collection, repo });
}
