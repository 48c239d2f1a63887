import type { ChangeValue } from '../schema/comparison.ts';

const maxLines = 12;

/**
 * The lines in which two texts differ, with `-` and `+` in front, when either has several lines: what is alike at the
 * beginning and at the end is left out. undefined for anything that fits into one line.
 */
export function toTextChange(before: ChangeValue, after: ChangeValue): string[] | undefined {
  const [old, now] = [toLines(before), toLines(after)];
  if (old.length < 2 && now.length < 2) return undefined;
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return [...toPart('-', old.slice(start, old.length - end)), ...toPart('+', now.slice(start, now.length - end))];
}

function toLines(value: ChangeValue): string[] {
  return typeof value === 'string' ? value.replace(/\n$/, '').split('\n') : [];
}

function toPart(sign: string, lines: readonly string[]): string[] {
  const shown = lines.slice(0, maxLines).map((line) => `${sign} ${line}`);
  return lines.length > maxLines ? [...shown, `${sign} … and ${lines.length - maxLines} more lines`] : shown;
}
