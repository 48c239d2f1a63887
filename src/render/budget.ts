import { type Detail, fullDetail, renderMarkdown } from './markdown.ts';
import type { Section } from './tree.ts';

/** Tried in turn; from the second on without optional sections: no failure is shortened for the sake of one. */
const details: Detail[] = [
  fullDetail,
  { cellLength: 120, tableRows: Infinity },
  { cellLength: 60, tableRows: Infinity },
  { cellLength: 40, tableRows: 400 },
  { cellLength: 40, tableRows: 100 },
  { cellLength: 24, tableRows: 12 },
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
  const parts = sections.map(({ blocks, keep }) =>
    isShort && keep !== 'always' ? '' : `${renderMarkdown(blocks, detail)}\n`,
  );
  const dropped = new Set<number>();
  let size = parts.reduce((sum, part) => sum + Buffer.byteLength(part) + 1, 0);
  for (const next of toDropOrder(sections)) {
    const note = toNote(sections, dropped, isShort, budgetBytes);
    if (!isShort && size + Buffer.byteLength(note) <= budgetBytes) break;
    dropped.add(next);
    size -= Buffer.byteLength(parts[next] ?? '') + 1;
  }
  const note = toNote(sections, dropped, isShort, budgetBytes);
  const page = `${parts.filter((_, index) => !dropped.has(index)).join('\n')}${note}`;
  return Buffer.byteLength(page) <= budgetBytes ? page : undefined;
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
  const limit = budgetBytes.toLocaleString('en');
  return `\n_To keep this page under ${limit} bytes: ${changes.join('; ')}. The envelope and its artifacts have it all._\n`;
}
