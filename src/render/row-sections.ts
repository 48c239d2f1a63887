import { formatCount } from './counts.ts';
import { type Block, details, type Inline, type Section, text } from './tree.ts';

export type Rows = {
  titles: string[];
  rows: Inline[][][];
  /** How many there are in truth: the envelope may name a part of them, and the rows be a part of those. */
  total: number;
  open: number;
  folded: number;
  keep: number;
  label: string;
  one: string;
};

/** A table whose first rows are seen at once, some more of them behind a fold, and the rest counted. */
export function makeRowSections({ titles, rows, total, open, folded, keep, label, one }: Rows): Section[] {
  const columns = titles.map((title) => ({ title }));
  const first = rows.slice(0, open);
  const more = rows.slice(open, open + folded);
  const left = Math.max(total, rows.length) - first.length - more.length;
  const counted: Inline[][] = [[text(`${formatCount(left)} more, in the envelope`)], ...columns.slice(1).map(() => [])];
  const withCount = (part: Inline[][][]): Block => ({
    type: 'table',
    columns,
    rows: left > 0 ? [...part, counted] : part,
    reserved: left > 0 ? 1 : 0,
  });
  if (more.length === 0) return [{ keep, label, blocks: [withCount(first)] }];
  return [
    { keep, label, blocks: [{ type: 'table', columns, rows: first }] },
    {
      keep: keep - 1,
      label: `more ${label}`,
      blocks: [details([text(`${more.length} more ${more.length === 1 ? one : `${one}s`}`)], [withCount(more)])],
    },
  ];
}
