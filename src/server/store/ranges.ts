import type { SequenceRange } from '../../schema/api.ts';

/** `{[1,41),[50,51)}`, as PostgreSQL writes an int8multirange: sorted, apart from each other, upper bounds left out. */
export function parseMultirange(text: string): SequenceRange[] {
  return [...text.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, end]) => ({ from: Number(from), to: Number(end) - 1 }));
}

export function formatMultirange(ranges: readonly SequenceRange[]): string {
  return `{${ranges.map(({ from, to }) => `[${from},${to + 1})`).join(',')}}`;
}

/** Sorted, with what overlaps or touches made one. */
export function mergeRanges(ranges: readonly SequenceRange[]): SequenceRange[] {
  const merged: SequenceRange[] = [];
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last !== undefined && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
    else merged.push({ ...range });
  }
  return merged;
}

/** The parts of `ranges` that are not in `taken`; both merged. */
export function subtractRanges(ranges: readonly SequenceRange[], taken: readonly SequenceRange[]): SequenceRange[] {
  const left: SequenceRange[] = [];
  let index = 0;
  for (const { from, to } of ranges) {
    let next = from;
    while (index < taken.length && (taken[index]?.to ?? 0) < next) index += 1;
    for (let at = index; at < taken.length; at += 1) {
      const hole = taken[at];
      if (hole === undefined || hole.from > to) break;
      if (hole.from > next) left.push({ from: next, to: hole.from - 1 });
      next = hole.to + 1;
    }
    if (next <= to) left.push({ from: next, to });
  }
  return left;
}

export function isWithin(ranges: readonly SequenceRange[], value: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range === undefined) return false;
    if (value < range.from) high = middle - 1;
    else if (value > range.to) low = middle + 1;
    else return true;
  }
  return false;
}

/** Every number from 1 up to this one is in merged ranges. */
export function toContiguous(ranges: readonly SequenceRange[]): number {
  const [first] = ranges;
  return first?.from === 1 ? first.to : 0;
}

/** What merged ranges leave open between 1 and `last`. */
export function toMissing(ranges: readonly SequenceRange[], last: number): SequenceRange[] {
  return last < 1 ? [] : subtractRanges([{ from: 1, to: last }], ranges);
}
