import { inertLength, toInertLine } from './inert.ts';
import { type Lengths, renderInline } from './markdown-inline.ts';
import type { Block, Column, Inline } from './tree.ts';

/** How much of a page's tables is shown: user-perceived characters of a string in a cell, and rows. */
export type Detail = { cellLength: number; tableRows: number };
export const fullDetail: Detail = { cellLength: 400, tableRows: Infinity };
/** Outside of tables strings have one bound each, whatever the budget. */
const outside: Lengths = { text: inertLength.line, code: 160 };

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
      return `${'#'.repeat(block.level)} ${renderInline(block.children, 'block', outside)}`;
    case 'paragraph':
      return renderInline(block.children, 'block', outside);
    case 'table':
      return renderTable(block.columns, block.rows, detail);
    case 'details': {
      const summary = renderInline(block.summary, 'html', outside);
      return `<details><summary>${summary}</summary>\n\n${renderMarkdown(block.children, detail)}\n\n</details>`;
    }
    case 'code_block':
      return renderCodeBlock(block.language, block.lines);
    default:
      return renderMarker(block.name, block.fields);
  }
}

function renderTable(columns: Column[], rows: Inline[][][], detail: Detail): string {
  const shown = rows.slice(0, detail.tableRows);
  const lengths = { text: detail.cellLength, code: detail.cellLength };
  const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [
    row(columns.map(({ title }) => title)),
    row(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...shown.map((cells) => row(cells.map((cell) => renderInline(cell, 'cell', lengths)))),
  ];
  const left = rows.length - shown.length;
  if (left > 0) lines.push(row(columns.map((_, index) => (index === 1 ? `${left} more, in the envelope` : ''))));
  return lines.join('\n');
}

function renderCodeBlock(language: string, lines: string[]): string {
  const inert = lines.map((line) => toInertLine(line, inertLength.line));
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
