import { type Hole, type Html, markup } from './markup.ts';

/** Rows that are laid out at once; the script shows more of them on demand and finds those that a filter asks for. */
const rowsAtOnce = 100;

export type LongTable = {
  id: string;
  /** What it holds, for its caption: `Artifacts`. */
  caption: string;
  columns: { title: string; isNumber?: true }[];
  /** Each a whole `<tr>`. */
  rows: Html[];
  /** How many more there are that `rows` does not have. */
  leftOut: number;
  /** Where to find those: `envelope.json`. */
  whole: string;
};

/** A table of any length that still opens quickly: rows after the first hundred wait, parsed but not laid out. */
export function makeLongTable({ id, caption, columns, rows, leftOut, whole }: LongTable): Html {
  const rest = rows.slice(rowsAtOnce);
  const heads = columns.map(
    ({ title, isNumber }) => markup`<th scope="col"${isNumber ? rightAligned : ''}>${title}</th>`,
  );
  const notes: Hole[] = [
    leftOut > 0 &&
      markup`<p class="note">${leftOut.toLocaleString('en')} more are not on this page; ${whole} has them all.</p>`,
    rest.length > 0 &&
      markup`<noscript><p class="note">${rest.length.toLocaleString('en')} more rows are shown by script.</p></noscript>`,
  ];
  return markup`<div class="long-table" data-rows="${rows.length}">
<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table id="${id}"><caption class="hidden">${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.slice(0, rowsAtOnce)}</tbody></table></div>
${rest.length > 0 && markup`<template data-rest-of="${id}"><table><tbody>\n${rest}</tbody></table></template>\n`}${notes}</div>`;
}

const rightAligned = markup` class="number"`;

/** Whether a table of that many rows has some that wait. */
export function isLong(rows: number): boolean {
  return rows > rowsAtOnce;
}
