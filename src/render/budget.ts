import { formatCount } from './counts.ts';
import { type Detail, fullDetail, renderMarkdown, usualLengths } from './markdown.ts';
import type { Section } from './tree.ts';

/** Tried in turn, until what must stay fits: it is never shortened for the sake of what may go. */
const details: Detail[] = [
  fullDetail,
  { cellLength: 120, tableRows: Infinity, outside: usualLengths },
  { cellLength: 60, tableRows: Infinity, outside: usualLengths },
  { cellLength: 40, tableRows: 400, outside: usualLengths },
  { cellLength: 40, tableRows: 100, outside: usualLengths },
  { cellLength: 24, tableRows: 12, outside: usualLengths },
  { cellLength: 24, tableRows: 6, outside: { text: 300, code: 60 } },
  { cellLength: 16, tableRows: 3, outside: { text: 160, code: 30 } },
  { cellLength: 16, tableRows: 3, outside: { text: 80, code: 20 } },
];

/**
 * A page of at most `budgetBytes` bytes of UTF-8. What is too much goes in whole sections, lowest `keep` first and the
 * last of equals first, and one line says what went; then the strings and tables of what stays get shorter.
 * @throws RangeError when the sections that must stay do not fit in their shortest form
 */
export function renderWithinBudget(sections: Section[], budgetBytes: number): string {
  for (const detail of details) {
    const page = renderAt(sections, budgetBytes, detail);
    if (page !== undefined) return page;
  }
  throw new RangeError(`a page of ${budgetBytes} bytes is too small for what must be on it`);
}

function renderAt(sections: Section[], budgetBytes: number, detail: Detail): string | undefined {
  const isShort = detail !== fullDetail;
  const render = ({ blocks }: Section): string => `${renderMarkdown(blocks, detail)}\n`;
  const always = sections.filter(({ keep }) => keep === 'always').map(render);
  if (toBytes(always) > budgetBytes) return undefined;
  const parts = sections.map((section) => (section.keep === 'always' ? (always.shift() ?? '') : render(section)));
  const dropped = new Set<number>();
  let size = toBytes(parts);
  for (const next of toDropOrder(sections)) {
    if (size + Buffer.byteLength(toNote(sections, dropped, isShort, budgetBytes)) <= budgetBytes) break;
    dropped.add(next);
    size -= toBytes([parts[next] ?? '']);
  }
  const note = toNote(sections, dropped, isShort, budgetBytes);
  const page = `${parts.filter((_, index) => !dropped.has(index)).join('\n')}${note}`;
  return Buffer.byteLength(page) <= budgetBytes ? page : undefined;
}

/** With the line break that joins each to the next. */
function toBytes(parts: string[]): number {
  return parts.reduce((sum, part) => sum + Buffer.byteLength(part) + 1, 0);
}

function toDropOrder(sections: Section[]): number[] {
  return sections
    .flatMap(({ keep }, index) => (keep === 'always' ? [] : [{ keep, index }]))
    .toSorted((a, b) => a.keep - b.keep || b.index - a.index)
    .map(({ index }) => index);
}

function toNote(sections: Section[], dropped: Set<number>, isShort: boolean, budgetBytes: number): string {
  const labels = [...new Set(sections.filter((_, index) => dropped.has(index)).map(({ label }) => label))];
  const left = labels.length === 0 ? [] : [`left out: ${labels.join(', ')}`];
  const changes = [...left, ...(isShort ? ['texts and tables are shortened'] : [])];
  if (changes.length === 0) return '';
  const limit = formatCount(budgetBytes);
  return `\n_To keep this page under ${limit} bytes: ${changes.join('; ')}. The envelope and its artifacts have it all._\n`;
}
