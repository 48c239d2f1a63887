import type { Problems } from './problems.ts';

/** One element that the chain names: its hash, and the pointer it was sealed under. */
export type Declared = { pointer: string; payload_sha256: string };

/**
 * Names what was done to an array since it was sealed. Elements are recognised by their hash, so that a removal is told
 * as one removal and not as a change of everything behind it: the longest run of elements still in their old order
 * stays, those recognised outside of it were moved, and the rest is paired, gap by gap, as changed, removed or added.
 * O(n log n).
 * @param present hashes of the elements now, in their order
 */
export function pinpoint(
  collection: string,
  declared: readonly Declared[],
  present: readonly string[],
  problems: Problems,
): void {
  const sources = matchByHash(declared, present);
  const anchors = toLongestAscending(sources);
  const moved = new Set<number>();
  for (const [index, source] of sources.entries()) {
    if (source === null || anchors.has(index)) continue;
    moved.add(source);
    problems.add(`${collection}/${index}`, 'moved', `this element was sealed as ${declared[source]?.pointer}`);
  }
  let oldAt = 0;
  let newAt = 0;
  for (const anchor of [...anchors, present.length]) {
    const source = anchor < present.length ? (sources[anchor] ?? 0) : declared.length;
    const old = toRange(oldAt, source).filter((index) => !moved.has(index));
    const fresh = toRange(newAt, anchor).filter((index) => sources[index] === null);
    tellGap({ collection, old: old.map((index) => declared[index]?.pointer ?? ''), fresh }, problems);
    oldAt = source + 1;
    newAt = anchor + 1;
  }
}

function tellGap(
  { collection, old, fresh }: { collection: string; old: string[]; fresh: number[] },
  problems: Problems,
): void {
  const pairs = Math.min(old.length, fresh.length);
  for (const [nth, index] of fresh.entries()) {
    if (nth < pairs)
      problems.add(`${collection}/${index}`, 'changed', `this element is not what was sealed as ${old[nth]}`);
    else problems.add(`${collection}/${index}`, 'added', 'this element was not sealed');
  }
  for (const pointer of old.slice(pairs)) problems.add(pointer, 'removed', 'the element that was sealed here is gone');
}

/** For each present element the declared one with the same hash, each used once: its own place first, then in order. */
function matchByHash(declared: readonly Declared[], present: readonly string[]): (number | null)[] {
  const waiting = new Map<string, number[]>();
  for (let index = declared.length - 1; index >= 0; index -= 1) {
    const hash = declared[index]?.payload_sha256 ?? '';
    if (present[index] === hash) continue;
    const places = waiting.get(hash);
    if (places) places.push(index);
    else waiting.set(hash, [index]);
  }
  return present.map((hash, index) => {
    if (declared[index]?.payload_sha256 === hash) return index;
    return waiting.get(hash)?.pop() ?? null;
  });
}

/** The indexes of a longest ascending subsequence, in order (patience sorting); null takes no part. */
function toLongestAscending(values: readonly (number | null)[]): Set<number> {
  const tails: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const at = lowerBound(tails, (tail) => (values[tail] ?? 0) < value);
    before[index] = tails[at - 1];
    tails[at] = index;
  }
  const chosen: number[] = [];
  for (let index = tails.at(-1); index !== undefined; index = before[index]) chosen.push(index);
  return new Set(chosen.toReversed());
}

function lowerBound(tails: readonly number[], isBelow: (tail: number) => boolean): number {
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBelow(tails[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function toRange(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, offset) => start + offset);
}
