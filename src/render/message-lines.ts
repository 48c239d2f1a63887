import { toInertLine } from './inert.ts';

const maxLines = 8;
/** A shorter line stands in others by chance. */
const repeatLength = 12;

/**
 * The line by which a message is known: its first that says anything, with the next one where it only announces that
 * (`Expected values to be strictly equal:`).
 */
export function toFirstLine(message: string): string {
  const [first = '', second] = toLines(message).filter((line) => line.trim() !== '');
  return first.trimEnd().endsWith(':') && second !== undefined ? `${first.trim()} ${second.trim()}` : first.trim();
}

/** A message whole, as inert lines, where it has more to say than its first line; else none. */
export function toMoreLines(message: string, width: number): string[] {
  const lines = withoutRepeats(toLines(message));
  const telling = lines.filter((line) => line.trim() !== '');
  const first = toFirstLine(message);
  if (telling.map((line) => line.trim()).join(' ') === first) return [];
  const shown = lines.slice(0, maxLines).map((line) => toInertLine(line.replaceAll('\t', '    '), width));
  return lines.length > maxLines ? [...shown, '…'] : shown;
}

/** Up to where a tool says the same once more, as stacks and inspected errors do. */
function withoutRepeats(lines: string[]): string[] {
  const first = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  const again = lines.findIndex((line, index) => index > 0 && line.trim() !== first && line.includes(first));
  const kept = first.length < repeatLength || again < 0 ? lines : lines.slice(0, again);
  while (kept.at(-1)?.trim() === '') kept.pop();
  return kept;
}

/** Of what may be a megabyte the beginning is enough. */
function toLines(message: string): string[] {
  const lines = message.slice(0, 8192).split(/\r\n|[\n\r]/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  return lines;
}
