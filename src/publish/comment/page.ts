import { renderInline } from '../../render/markdown-inline.ts';
import { strong, text } from '../../render/tree.ts';
import { type CommentOwner, printSection, toCommentMarker, toSectionText } from './body.ts';
import { type CommentWords, renderHead, renderSuperseded, symbols, toLegName } from './head.ts';
import { type Leg, type Section, toLegId } from './leg.ts';
import { mergeSections, type Sorted, sortSections } from './sections.ts';

/** The section that this job writes. */
export type OwnSection = {
  leg: Leg;
  /** The page in at most so many bytes. @throws RangeError when it can't be so short */
  render: (budgetBytes: number) => string;
};

export type CommentPage = {
  owner: CommentOwner;
  /** What the comment and its duplicates hold. */
  sections: Section[];
  own: OwnSection;
  words: CommentWords;
  budgetBytes: number;
};

/** Less than this says nothing; a failure is worth this much. */
const SHORTEST = 1200;
const FAILURE = 6000;
/** About what the comment has that is not about a single leg. */
const HEAD = 300;

/** What is given up in turn when even the names of all legs are too much. */
const details = [
  { rows: 0.35, hasSuperseded: true, nameLength: 100 },
  { rows: 0.15, hasSuperseded: false, nameLength: 40 },
  { rows: 0.05, hasSuperseded: false, nameLength: 12 },
];
type Detail = (typeof details)[number];

/**
 * The comment with this job's section in it. Every leg has a fair share of the room; this job's section is made to
 * fit, and where others have taken more than theirs, or a failure needs it, pages go whole, those of passed legs first:
 * their rows stay.
 */
export function makeCommentPage(page: CommentPage): string {
  const sorted = sortSections(mergeSections(page.sections, [{ leg: page.own.leg, text: undefined }]));
  const bare = sorted.current.map(({ leg }) => ({ leg, text: undefined }));
  for (const detail of details) {
    const size = toSize(layOut({ ...sorted, current: bare }, page, detail));
    const room = page.budgetBytes - size;
    // Legs that are still to come will have a row and a mention too.
    const kept = (Math.max(0, size - HEAD) / bare.length) * Math.max(0, sorted.expected - bare.length);
    const share = Math.floor((room - kept) / sorted.expected);
    if (room >= 0) return layOut({ ...sorted, current: toTexts(sorted, page, room, share) }, page, detail);
  }
  // Only a budget that is no budget comes here.
  return layOut({ current: [], superseded: [], expected: 0 }, page, { rows: 0, hasSuperseded: false, nameLength: 0 });
}

/** Which sections keep their text, and this job's own in what is left. */
function toTexts(sorted: Sorted, { own, sections }: CommentPage, room: number, share: number): Section[] {
  const id = toLegId(own.leg);
  const isCurrent = sorted.current.some(({ leg }) => toLegId(leg) === id);
  const isTight = share < SHORTEST;
  const least = isCurrent ? toFairShare(own.leg, share) : 0;

  const kept = new Map(
    sections.flatMap(({ leg, text }) => (text === undefined || toLegId(leg) === id ? [] : [[toLegId(leg), text]])),
  );
  const others = sorted.current.flatMap(({ leg }) => {
    const text = kept.get(toLegId(leg));
    return text === undefined ? [] : [{ leg, text, size: toCost({ leg, text }) }];
  });
  let used = others.reduce((sum, { size }) => sum + size, 0);
  for (const other of toDropOrder(others)) {
    const isOver = used > room;
    const isInTheWay =
      used + least > room && (other.size > toFairShare(other.leg, share) || isLesser(other.leg, own.leg));
    if (!isOver && !isInTheWay) continue;
    kept.delete(toLegId(other.leg));
    used -= other.size;
  }

  const isComplete = sorted.current.length >= sorted.expected;
  const most = isComplete && !isTight ? room - used : Math.min(room - used, least);
  const text = least === 0 ? undefined : toOwnText(own, most);
  return sorted.current.map(({ leg }) => ({ leg, text: toLegId(leg) === id ? text : kept.get(toLegId(leg)) }));
}

/** What a leg's page may have at the cost of others: more where something failed, nothing where nothing could be said. */
function toFairShare({ status }: Leg, share: number): number {
  if (status !== 'success') return Math.max(share, FAILURE);
  return share < SHORTEST ? 0 : share;
}

/** A page about what passed gives way to one about what did not. */
function isLesser(other: Leg, own: Leg): boolean {
  return other.status === 'success' && own.status !== 'success';
}

function toDropOrder<T extends { leg: Leg; size: number }>(others: T[]): T[] {
  const rank = ({ leg }: T): number => (leg.status === 'success' ? 0 : 1);
  return others.toSorted((a, b) => rank(a) - rank(b) || b.size - a.size);
}

function toOwnText({ leg, render }: OwnSection, most: number): string | undefined {
  const budget = most - toCost({ leg, text: '' });
  if (budget < 200) return undefined;
  try {
    const text = toSectionText(render(budget));
    return toCost({ leg, text }) <= most ? text : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function layOut(sorted: Sorted, { owner, words, budgetBytes }: CommentPage, detail: Detail): string {
  const isOne = sorted.current.length === 1 && sorted.expected <= 1 && sorted.current[0]?.text !== undefined;
  const head = isOne ? '' : renderHead(owner.manifest, sorted, words, budgetBytes * detail.rows);
  const superseded = detail.hasSuperseded ? sorted.superseded : [];
  const short = (leg: Leg): Leg => toShort(leg, detail.nameLength);
  const silent = sorted.current.filter(({ text }) => text === undefined).map(({ leg }) => leg);
  const parts = [
    toCommentMarker(owner),
    head,
    ...sorted.current.map(({ leg, text }) => {
      if (text === undefined) return '';
      return isOne ? printSection({ leg: short(leg), text }) : fold({ leg: short(leg), text });
    }),
    renderSuperseded({ ...sorted, superseded }, words),
    [...silent, ...superseded].map((leg) => printSection({ leg: short(leg), text: undefined })).join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function fold({ leg, text: page }: Section): string {
  const nodes = [text(`${symbols[leg.status]} `), strong(text(toLegName(leg))), text(`: ${leg.title}`)];
  const summary = renderInline(nodes, 'html', { text: 100, code: 100 });
  const open = leg.status === 'success' ? '' : ' open';
  return `<details${open}><summary>${summary}</summary>\n\n${printSection({ leg, text: page })}\n\n</details>`;
}

/** What a section's text costs over its bare mention. */
function toCost({ leg, text }: Section): number {
  return toSize(fold({ leg, text: text ?? '' })) - toSize(printSection({ leg, text: undefined })) + 4;
}

/** The job's name stays: by it the legs that are still to come are counted. */
function toShort(leg: Leg, length: number): Leg {
  return leg.label.length > length ? { ...leg, label: `${leg.label.slice(0, length).toWellFormed()}…` } : leg;
}

function toSize(page: string): number {
  return Buffer.byteLength(page);
}
