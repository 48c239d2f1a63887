import { toInertLine } from '../../inert.ts';
import { makeSgr, type Sgr } from './sgr.ts';

/** A stretch of a line in one look. */
export type Span = { text: string; classes: string };
/** A line as it is shown. number: of the line in the file; null where a carriage return began it anew. */
export type LogLine = { number: number | null; spans: Span[]; plain: string };

/** UTF-16 units of one line that are shown; a terminal would wrap it for pages. */
export const lineChars = 5000;

/** The one escape sequence that has an effect here. All others are taken out, and controls are shown as what they are. */
const sgrSequence = /(?:\u001B\[|\u009B)([\d:;]*)m/g;
const printable = /^[ -~\t]*$/;

/** A log's text as lines: colours as classes, everything else inert. */
export function parseLog(text: string): LogLine[] {
  const lines: LogLine[] = [];
  const sgr = makeSgr();
  const rows = text.split('\n');
  if (rows.at(-1) === '') rows.pop();
  for (const [index, row] of rows.entries()) {
    const parts = row.replace(/\r+$/, '').split('\r');
    for (const [nth, part] of parts.entries()) {
      // A progress bar that begins with a return has nothing before it.
      if (part === '' && parts.length > 1) continue;
      lines.push(parseLine(part, nth === 0 ? index + 1 : null, sgr));
    }
    if (parts.length > 1 && parts.every((part) => part === '')) lines.push({ number: index + 1, spans: [], plain: '' });
  }
  return lines;
}

function parseLine(part: string, number: number | null, sgr: Sgr): LogLine {
  if (sgr.classes() === '' && part.length <= lineChars && printable.test(part)) {
    return { number, plain: part, spans: part === '' ? [] : [{ text: part, classes: '' }] };
  }
  const spans: Span[] = [];
  let [at, room] = [0, lineChars];
  const take = (end: number): void => {
    if (end <= at || room <= 0) return;
    const shown = toInert(part.slice(at, end), room);
    room -= shown.length;
    if (shown !== '') spans.push({ text: shown, classes: sgr.classes() });
  };
  for (const match of part.matchAll(sgrSequence)) {
    take(match.index);
    sgr.apply(match[1] ?? '');
    at = match.index + match[0].length;
  }
  take(part.length);
  if (room <= 0) spans.push({ text: ` … ${part.length.toLocaleString('en')} characters in all`, classes: 'faint' });
  return { number, spans, plain: spans.map(({ text }) => text).join('') };
}

/** Inert, with tabs kept: a log's columns stand by them. */
function toInert(text: string, room: number): string {
  if (text.length <= room && printable.test(text)) return text;
  return text
    .split('\t')
    .map((cell) => toInertLine(cell, room))
    .join('\t');
}
