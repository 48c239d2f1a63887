import { fullDetail, renderMarkdown } from '../../render/markdown.ts';
import { type Block, code, type Inline, link, paragraph, text } from '../../render/tree.ts';
import type { Leg } from './comment-leg.ts';
import type { Sorted } from './comment-sections.ts';

export type CommentLinks = { run: (leg: Leg) => string | undefined; artifact: (leg: Leg) => string | undefined };

export const symbols = { success: '✅', failed: '❌', aborted: '⚠️' } as const;
const words = { success: 'passed', failed: 'failed', aborted: 'incomplete' } as const;

/** How all legs together stand, and a row for each, as far as `rowBytes` go; failures come first. */
export function renderHead(manifest: string, sorted: Sorted, links: CommentLinks, rowBytes: number): string {
  const newest = sorted.current[0]?.leg;
  if (newest === undefined) return '';
  const rows = toRows(sorted, links);
  const shown = rows.slice(0, toFitting(rows, rowBytes));
  const left = rows.length - shown.length;
  const waiting = sorted.expected - sorted.current.length;
  const more: Inline[][][] = [
    ...(left > 0 ? [toNoteRow(`${left} more`, 'in their own job summaries')] : []),
    ...(waiting > 0 ? [toNoteRow(waiting === 1 ? '1 leg' : `${waiting} legs`, '⏳ no envelope yet')] : []),
  ];
  const run = links.run(newest);
  return renderMarkdown(
    [
      { type: 'heading', level: 3, children: [text(`${toSentence(sorted)} · `), code(manifest)] },
      paragraph(
        ...(newest.commit === '' ? [] : [text('Commit '), code(newest.commit.slice(0, 7)), text(' · ')]),
        ...link(run, text(`run ${newest.runNumber}`)),
      ),
      toTable([...shown, ...more]),
    ],
    fullDetail,
  );
}

/** Folded: what runs and attempts before this one have said. */
export function renderSuperseded({ current, superseded }: Sorted, links: CommentLinks): string {
  const newest = current[0]?.leg;
  if (newest === undefined || superseded.length === 0) return '';
  const by = [
    ...(newest.commit === '' ? [] : [code(newest.commit.slice(0, 7)), text(', ')]),
    text(`run ${newest.runNumber}`),
  ];
  const rows = superseded.map((leg) => [
    toName(leg),
    [text(`${symbols[leg.status]} ${words[leg.status]}`)],
    [code(leg.commit.slice(0, 7))],
    link(links.run(leg), text(`run ${leg.runNumber}, attempt ${leg.attempt}`)),
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

function toRows({ current }: Sorted, links: CommentLinks): Inline[][][] {
  const attempt = Math.max(...current.map(({ leg }) => leg.attempt));
  return current.map(({ leg }) => [
    toName(leg),
    [text(`${symbols[leg.status]} ${words[leg.status]}`)],
    [text(leg.title)],
    [text(leg.attempt === attempt ? String(leg.attempt) : `${leg.attempt} (not re-run)`)],
    leg.digest === '' ? [text('–')] : link(links.artifact(leg), code(`sha256:${leg.digest.slice(0, 8)}…`)),
  ]);
}

function toName(leg: Leg): Inline[] {
  return [code(toLegName(leg))];
}

function toNoteRow(name: string, note: string): Inline[][] {
  return [[text(name)], [text(note)], [], [], []];
}

function toTable(rows: Inline[][][]): Block {
  return {
    type: 'table',
    columns: ['Leg', 'Result', 'Steps', 'Attempt', 'Envelope'].map((title) => ({ title })),
    rows,
  };
}

/** How many rows fit. */
function toFitting(rows: Inline[][][], rowBytes: number): number {
  const empty = Buffer.byteLength(renderMarkdown([toTable([])], fullDetail));
  let size = 0;
  const end = rows.findIndex((row) => {
    size += Buffer.byteLength(renderMarkdown([toTable([row])], fullDetail)) - empty;
    return size > rowBytes;
  });
  return end === -1 ? rows.length : end;
}
