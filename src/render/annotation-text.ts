import { defuseCodeLine } from './defuse.ts';
import { toGraphemes } from './graphemes.ts';
import { toInertLine } from './inert.ts';

const maxLines = 60;

/**
 * Text of unknown origin as plain text for an annotation: each line inert, and none a command to a runner that prints
 * it. At most `length` UTF-16 units, so at most three times as many bytes, cut between user-perceived characters.
 */
export function toAnnotationText(text: string, length: number, lines: number = maxLines): string {
  const start = text.slice(0, length * 8);
  const rows = lines === 1 ? [start] : start.split(/\r\n|[\n\r]/).slice(0, lines);
  const inert = rows.map((row) => defuseCodeLine(toInertLine(row.replaceAll('\t', '  '), length)).trimEnd());
  return cut(inert.join('\n').trimEnd(), length);
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const { segment } of toGraphemes(text)) {
    if (kept.length + segment.length > length - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
