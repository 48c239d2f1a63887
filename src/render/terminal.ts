import type { Paint } from './ansi.ts';
import { clip, pad, toCells } from './cells.ts';
import { toInertLine } from './inert.ts';

/** How text for a terminal is to look. */
export type Look = { color: boolean; width: number };

/** Rows of cells in aligned columns; the last one is not clipped, so that what it says can be copied whole. */
export function toColumns(rows: string[][], indent = '  '): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, toCells(cell));
  return rows.map((row) => {
    const cells = row.map((cell, index) => (index === row.length - 1 ? cell : pad(cell, widths[index] ?? 0)));
    return `${indent}${cells.join('  ')}`.trimEnd();
  });
}

/** Names and values, aligned; what has no value is left out. Values become inert here. */
export function toFields(fields: [name: string, value: string | null | undefined][], paint: Paint): string[] {
  const known = fields.flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, value] as const],
  );
  const width = Math.max(0, ...known.map(([name]) => toCells(name)));
  return known.map(([name, value]) => `  ${paint('dim', pad(name, width))}  ${toInertLine(value)}`);
}

/** A part of a page under its title; nothing when it has no lines. */
export function toPart(title: string, lines: string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ['', paint('bold', title), ...lines];
}

/** A stranger's text on the rest of a line that is `used` columns full. */
export function toRest(text: string, used: number, width: number): string {
  return clip(toInertLine(text), Math.max(10, width - used));
}
