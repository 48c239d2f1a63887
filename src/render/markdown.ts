import { defuseCodeLine } from './defuse.ts';
import { inertLength, toInertLine } from './inert.ts';
import { type Lengths, renderInline } from './markdown-inline.ts';
import type { Block, Inline } from './tree.ts';

/** How much of a page is shown: user-perceived characters of a string in a cell and outside of tables, and rows. */
export type Detail = { cellLength: number; tableRows: number; outside: Lengths };
/** Enough for all that is no attack. */
export const usualLengths: Lengths = { text: inertLength.line, code: 160 };
export const fullDetail: Detail = { cellLength: 400, tableRows: Infinity, outside: usualLengths };

/**
 * Blocks as GitHub Flavored Markdown (github.github.com/gfm), each string inert: it can't open or close a structure,
 * notify anybody, or load anything. Ends without a line break.
 */
export function renderMarkdown(blocks: Block[], detail: Detail): string {
  return blocks.map((block) => renderBlock(block, detail)).join('\n\n');
}

function renderBlock(block: Block, detail: Detail): string {
  switch (block.type) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${renderInline(block.children, 'block', detail.outside)}`;
    case 'paragraph':
      return renderInline(block.children, 'block', detail.outside);
    case 'table':
      return renderTable(block, detail);
    case 'details': {
      const summary = renderInline(block.summary, 'html', detail.outside);
      return `<details><summary>${summary}</summary>\n\n${renderMarkdown(block.children, detail)}\n\n</details>`;
    }
    case 'code_block':
      return renderCodeBlock(block.language, block.lines);
    default:
      return renderMarker(block.name, block.fields);
  }
}

function renderTable({ columns, rows, reserved = 0 }: Extract<Block, { type: 'table' }>, detail: Detail): string {
  const lengths = { text: detail.cellLength, code: detail.cellLength };
  const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const render = (rows: Inline[][][]): string[] =>
    rows.map((cells) => row(cells.map((cell) => renderInline(cell, 'cell', lengths))));
  const left = rows.length - detail.tableRows;
  const last = Math.min(reserved, left > 0 ? Math.ceil(detail.tableRows / 3) : 0);
  const first = rows.slice(0, Math.min(rows.length, detail.tableRows) - last);
  return [
    row(columns.map(({ title }) => title)),
    row(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...render(first),
    ...(left > 0 ? [row(columns.map((_, index) => (index === 1 ? `${left} more, in the envelope` : '')))] : []),
    ...render(rows.slice(rows.length - last)),
  ].join('\n');
}

function renderCodeBlock(language: string, lines: string[]): string {
  const inert = lines.map((line) => defuseCodeLine(toInertLine(line, inertLength.line)));
  const longest = Math.max(3, ...inert.flatMap((line) => Array.from(line.matchAll(/~+/g), (run) => run[0].length)));
  const fence = '~'.repeat(longest + 1);
  return [`${fence}${language}`, ...inert, fence].join('\n');
}

function renderMarker(name: string, fields: Record<string, string>): string {
  const members = Object.entries(fields).map(([key, value]) => ` ${toMarkerWord(key)}=${toMarkerWord(value)}`);
  return `<!-- ${toMarkerWord(name)}${members.join('')} -->`;
}

/** Letters, digits and a few signs as they are, the rest percent-encoded, so that `-->` cannot come about. */
function toMarkerWord(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll(/[!'()*~]|-(?=-)|-$/g, toPercent);
}

function toPercent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
