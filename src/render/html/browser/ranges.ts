/** Lines from start up to, and without, end. */
export type Range = { start: number; end: number };

/** Sorted, and joined where nothing, or a gap of no use, lies between. */
export function mergeRanges(ranges: Range[], total: number): Range[] {
  const merged: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const start = Math.max(0, range.start);
    const end = Math.min(total, range.end);
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end + 1) last.end = Math.max(last.end, end);
    else if (start < end) merged.push({ start, end });
  }
  return merged;
}

/** What the ranges leave out. */
export function toGaps(ranges: Range[], total: number): Range[] {
  const gaps: Range[] = [];
  let at = 0;
  for (const { start, end } of [...ranges, { start: total, end: total }]) {
    if (start > at) gaps.push({ start: at, end: start });
    at = end;
  }
  return gaps;
}
