import type { Envelope } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';
import { type Mood, toBrokenAnswers, toHeadline, toTally } from './outcome.ts';
import { toShortDigest } from './digest.ts';
import { type Block, code, type Inline, link, strong, text } from './tree.ts';

/** One job of many, and the evidence it gave. */
export type CollectionLeg = {
  /** As people tell it from its siblings: a matrix's values, a job's name. */
  label: string;
  /** rejected: there is a file, and it is not evidence of this leg; `reason` says why. */
  state: 'in' | 'missing' | 'rejected';
  reason?: string;
  attempt?: number;
  /** true: the newest attempt did not run this leg again, and its evidence is of an earlier one. */
  isOlderAttempt?: boolean;
  envelope?: Envelope;
  envelopeSha256?: string;
  envelopeFileName?: string;
  verdict?: Verdict;
  /** From where the envelope can be downloaded. */
  url?: string;
};

/** How a leg came out; of what it says itself only when its envelope holds. */
export type LegOutcome = Mood | 'missing' | 'rejected';

const looks: Record<LegOutcome, { emoji: string; word: string }> = {
  rejected: { emoji: '⛔', word: 'rejected' },
  fail: { emoji: '❌', word: 'failed' },
  incomplete: { emoji: '⚠️', word: 'incomplete' },
  missing: { emoji: '⏳', word: 'no envelope' },
  waiting: { emoji: '⏸️', word: 'waiting' },
  pass: { emoji: '✅', word: 'passed' },
};
const order = Object.keys(looks);

export function toLegOutcome({ state, envelope, verdict }: CollectionLeg): LegOutcome {
  if (state === 'rejected' || (verdict !== undefined && toBrokenAnswers(verdict).length > 0)) return 'rejected';
  if (state === 'missing' || envelope === undefined) return 'missing';
  return toHeadline(envelope.execution).mood;
}

/** Worst first, and otherwise as given. */
export function sortLegs(legs: readonly CollectionLeg[]): CollectionLeg[] {
  return legs.toSorted((a, b) => order.indexOf(toLegOutcome(a)) - order.indexOf(toLegOutcome(b)));
}

/** Every leg with its result, of which attempt, and by which file that is shown. */
export function makeLegsTable(legs: readonly CollectionLeg[], isFinal: boolean): Block {
  const columns = [
    { title: 'Leg' },
    { title: 'Result' },
    { title: 'Steps passed', align: 'right' } as const,
    { title: 'Attempt' },
    { title: 'Envelope' },
  ];
  return {
    type: 'table',
    columns,
    rows: sortLegs(legs).map((leg) => [
      [code(leg.label)],
      toResult(leg, isFinal),
      [text(toSteps(leg))],
      toAttempt(leg),
      leg.envelopeSha256 === undefined ? [text('–')] : link(leg.url, code(toShortDigest(leg.envelopeSha256))),
    ]),
  };
}

function toResult(leg: CollectionLeg, isFinal: boolean): Inline[] {
  const outcome = toLegOutcome(leg);
  const { emoji, word } = looks[outcome];
  if (outcome === 'missing' && isFinal) return [text('⚠️ '), strong(text('no envelope')), ...toWhy(leg.reason)];
  if (outcome === 'missing') return [text(`${emoji} no envelope yet`), ...toWhy(leg.reason)];
  return [text(`${emoji} `), ...(outcome === 'pass' ? [text(word)] : [strong(text(word))]), ...toWhy(toReason(leg))];
}

function toReason({ reason, verdict, envelope, state }: CollectionLeg): string | undefined {
  if (reason !== undefined || verdict === undefined) return reason;
  const broken = toBrokenAnswers(verdict);
  if (broken.length > 0) return broken.map(({ name }) => name.toLowerCase()).join(', ');
  const allowed = envelope === undefined || state !== 'in' ? 0 : toTally(envelope.execution.steps).allowed;
  return allowed === 0 ? undefined : `${allowed} allowed to fail`;
}

function toWhy(reason: string | undefined): Inline[] {
  return reason === undefined || reason === '' ? [] : [text(`: ${reason}`)];
}

/** What a rejected file says of itself is not told. */
function toSteps(leg: CollectionLeg): string {
  const outcome = toLegOutcome(leg);
  if (leg.envelope === undefined || outcome === 'rejected' || outcome === 'missing') return '–';
  const { passed, total } = toTally(leg.envelope.execution.steps);
  return `${passed} of ${total}`;
}

function toAttempt({ attempt, isOlderAttempt }: CollectionLeg): Inline[] {
  if (attempt === undefined) return [text('–')];
  return isOlderAttempt === true ? [strong(text(`${attempt} (not re-run)`))] : [text(String(attempt))];
}
