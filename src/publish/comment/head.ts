import { fullDetail, renderMarkdown } from '../../render/markdown.ts';
import { type Block, code, type Inline, link, paragraph, text } from '../../render/tree.ts';
import type { Leg } from './leg.ts';
import type { Sorted } from './sections.ts';

/** What a forge calls the things that the comment tells of, and where they are. Addresses are http or https. */
export type CommentWords = {
  /** The run that all current legs belong to: `run 42`. */
  run: (leg: Leg) => string;
  runUrl: (leg: Leg) => string | undefined;
  /** One leg's part in a former run: `run 41, attempt 2`. */
  part: (leg: Leg) => string;
  partUrl: (leg: Leg) => string | undefined;
  artifactUrl: (leg: Leg) => string | undefined;
  /** Where the pages are that have no row: `in their own job summaries`. */
  elsewhere: string;
  /** false: attempts only have an order, and no numbers for people. */
  hasAttempts: boolean;
};

export const symbols = { success: '✅', failed: '❌', aborted: '⚠️' } as const;
const results = { success: 'passed', failed: 'failed', aborted: 'incomplete' } as const;

/** How all legs together stand, and a row for each, as far as `rowBytes` go; failures come first. */
export function renderHead(manifest: string, sorted: Sorted, words: CommentWords, rowBytes: number): string {
  const newest = sorted.current[0]?.leg;
  if (newest === undefined) return '';
  const rows = toRows(sorted, words);
  const shown = rows.slice(0, toFitting(rows, rowBytes, words));
  const left = rows.length - shown.length;
  const waiting = sorted.expected - sorted.current.length;
  const more: Inline[][][] = [
    ...(left > 0 ? [toNoteRow(`${left} more`, words.elsewhere, words)] : []),
    ...(waiting > 0 ? [toNoteRow(waiting === 1 ? '1 leg' : `${waiting} legs`, '⏳ no envelope yet', words)] : []),
  ];
  return renderMarkdown(
    [
      { type: 'heading', level: 3, children: [text(`${toSentence(sorted)} · `), code(manifest)] },
      paragraph(
        ...(newest.commit === '' ? [] : [text('Commit '), code(newest.commit.slice(0, 7)), text(' · ')]),
        ...link(words.runUrl(newest), text(words.run(newest))),
      ),
      toTable([...shown, ...more], words),
    ],
    fullDetail,
  );
}

/** Folded: what runs and attempts before this one have said. */
export function renderSuperseded({ current, superseded }: Sorted, words: CommentWords): string {
  const newest = current[0]?.leg;
  if (newest === undefined || superseded.length === 0) return '';
  const by = [...(newest.commit === '' ? [] : [code(newest.commit.slice(0, 7)), text(', ')]), text(words.run(newest))];
  const rows = superseded.map((leg) => [
    toName(leg),
    [text(`${symbols[leg.status]} ${results[leg.status]}`)],
    [code(leg.commit.slice(0, 7))],
    link(words.partUrl(leg), text(words.part(leg))),
  ]);
  const columns = ['Leg', 'Result', 'Commit', 'Run'].map((title) => ({ title }));
  const count = superseded.length === 1 ? '1 earlier result' : `${superseded.length} earlier results`;
  const folded: Block = {
    type: 'details',
    summary: [text('⏭ Superseded by '), ...by, text(`: ${count}`)],
    children: [{ type: 'table', columns, rows }],
  };
  return renderMarkdown([folded], fullDetail);
}

/** What a leg is called: its matrix values, or its job where there is no matrix. */
export function toLegName({ label, job }: Leg): string {
  return label || job || 'job';
}

function toSentence({ current, expected }: Sorted): string {
  const count = (status: Leg['status']): number => current.filter(({ leg }) => leg.status === status).length;
  const [failed, aborted] = [count('failed'), count('aborted')];
  const incomplete = aborted === 0 ? '' : `, ${aborted} incomplete`;
  if (current.length < expected) {
    return `⏳ ${current.length} of ${expected} envelopes in${failed === 0 ? '' : `, ${failed} failed`}${incomplete}`;
  }
  if (failed > 0) return `❌ Failed: ${failed} of ${expected} legs failed${incomplete}`;
  if (aborted > 0) return `⚠️ Incomplete: ${aborted} of ${expected} legs did not finish`;
  return `✅ Passed: ${expected} of ${expected} legs passed`;
}

function toRows({ current }: Sorted, words: CommentWords): Inline[][][] {
  const attempt = Math.max(...current.map(({ leg }) => leg.attempt));
  return current.map(({ leg }) => [
    toName(leg),
    [text(`${symbols[leg.status]} ${results[leg.status]}`)],
    [text(leg.title)],
    ...(words.hasAttempts
      ? [[text(leg.attempt === attempt ? String(leg.attempt) : `${leg.attempt} (not re-run)`)]]
      : []),
    leg.digest === '' ? [text('–')] : link(words.artifactUrl(leg), code(`sha256:${leg.digest.slice(0, 8)}…`)),
  ]);
}

function toName(leg: Leg): Inline[] {
  return [code(toLegName(leg))];
}

function toNoteRow(name: string, note: string, words: CommentWords): Inline[][] {
  return [
    [text(name)],
    [text(note)],
    ...toTitles(words)
      .slice(2)
      .map(() => []),
  ];
}

function toTable(rows: Inline[][][], words: CommentWords): Block {
  return { type: 'table', columns: toTitles(words).map((title) => ({ title })), rows };
}

function toTitles({ hasAttempts }: CommentWords): string[] {
  return ['Leg', 'Result', 'Steps', ...(hasAttempts ? ['Attempt'] : []), 'Envelope'];
}

/** How many rows fit. */
function toFitting(rows: Inline[][][], rowBytes: number, words: CommentWords): number {
  const empty = Buffer.byteLength(renderMarkdown([toTable([], words)], fullDetail));
  let size = 0;
  const end = rows.findIndex((row) => {
    size += Buffer.byteLength(renderMarkdown([toTable([row], words)], fullDetail)) - empty;
    return size > rowBytes;
  });
  return end === -1 ? rows.length : end;
}
