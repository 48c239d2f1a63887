/**
 * A gram is four bytes read as one little-endian word, each byte or-ed with 0x20. The fold makes letters equal in both
 * cases, so that one table serves exact values and case-insensitive words; what it lets through is compared again.
 */
export const GRAM_BYTES = 4;
/** Grams are sampled at every second byte: a pattern needs five bytes to have one on either parity. */
export const SAMPLED_BYTES = 5;

const FOLD = 0x20202020;
const MIX = 0x9e3779b1;
const MIX_NEXT = 0x85ebca6b;
const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Told where a pattern may begin, in bytes of what is scanned, and which of its bytes (`offset`) was met. */
export type FoundGram = (pattern: number, start: number, offset: number) => void;

export type GramTable = {
  /**
   * Notes that `pattern` has `gram` at `offset` from its first byte, followed by the gram `next` where that is known:
   * both are compared then, which is what keeps a thousand values in hex apart from every digest in a log.
   */
  add(gram: number, pattern: number, offset: number, next?: number): void;
  /** True when the gram, or one that shares its place, was added before. */
  isTaken(gram: number): boolean;
  /**
   * Calls `found` for each sampled window that begins in [from, to) and holds a known gram. `words` must have 12
   * readable bytes after `to`.
   */
  scan(words: Int32Array, from: number, to: number, found: FoundGram): void;
};

/** The gram of four byte values. */
export function toGram(a: number, b: number, c: number, d: number): number {
  return a | (b << 8) | (c << 16) | (d << 24) | FOLD;
}

/**
 * A set of grams behind a bitmap. The bitmap decides the speed: one load for each two bytes of input, whatever the number
 * of patterns. It grows with their number, from 64 KiB to what a second-level cache holds; what passes it is looked up
 * together with the bytes that follow.
 * @param capacity how many grams will be added at most
 */
export function makeGramTable(capacity: number): GramTable {
  const bitmap = makeBitmap(capacity);
  const entries = makeEntries(capacity);

  return {
    add(gram, pattern, offset, next) {
      const hash = Math.imul(gram, MIX);
      bitmap.bits[(hash >>> bitmap.shift) >>> 5]! |= 1 << (hash >>> bitmap.shift);
      entries.add(gram, next, pattern, offset);
    },
    isTaken(gram) {
      const bit = Math.imul(gram, MIX) >>> bitmap.shift;
      return ((bitmap.bits[bit >>> 5]! >>> bit) & 1) === 1;
    },
    scan(words, from, to, found) {
      const input = LITTLE_ENDIAN ? words : toLittleEndian(words);
      const { bits, shift } = bitmap;
      const last = (to + 3) >> 2;
      let word = input[from >> 2]! | FOLD;
      for (let index = from >> 2; index < last; index++) {
        const next = input[index + 1]! | FOLD;
        const between = (word >>> 16) | (next << 16);
        const bit = Math.imul(word, MIX) >>> shift;
        const bitBetween = Math.imul(between, MIX) >>> shift;
        const isKnown = bits[bit >>> 5]! >>> bit;
        const isKnownBetween = bits[bitBetween >>> 5]! >>> bitBetween;
        // One branch for both: it is hardly ever taken.
        if (((isKnown | isKnownBetween) & 1) !== 0) {
          if ((isKnown & 1) !== 0) entries.find(word, next, index << 2, found);
          if ((isKnownBetween & 1) !== 0)
            entries.find(between, (next >>> 16) | ((input[index + 2]! | FOLD) << 16), (index << 2) + 2, found);
        }
        word = next;
      }
    },
  };
}

/** 24 bits or more for each gram, so that 4 % of other windows pass at most. */
function makeBitmap(capacity: number): { bits: Int32Array; shift: number } {
  const log = Math.min(22, Math.max(19, 32 - Math.clz32(capacity * 12)));
  return { bits: new Int32Array(2 ** (log - 5)), shift: 32 - log };
}

type Entries = {
  add(gram: number, next: number | undefined, pattern: number, offset: number): void;
  find(gram: number, next: number, at: number, found: FoundGram): void;
};

/** Chains of what was added, those with a known follower apart from those without. */
function makeEntries(capacity: number): Entries {
  const shift = 32 - Math.min(20, Math.max(10, 33 - Math.clz32(capacity)));
  const narrowHeads = new Int32Array(2 ** (32 - shift));
  const wideHeads = new Int32Array(2 ** (32 - shift));
  const wide = makeBitmap(capacity);
  // Entry 0 is the end of every chain.
  const grams = new Int32Array(capacity + 1);
  const followers = new Int32Array(capacity + 1);
  const patterns = new Int32Array(capacity + 1);
  const offsets = new Int16Array(capacity + 1);
  const chain = new Int32Array(capacity + 1);
  let count = 0;

  return {
    add(gram, next, pattern, offset) {
      const hash = next === undefined ? Math.imul(gram, MIX) : mixBoth(gram, next);
      const heads = next === undefined ? narrowHeads : wideHeads;
      if (next !== undefined) wide.bits[(hash >>> wide.shift) >>> 5]! |= 1 << (hash >>> wide.shift);
      const entry = ++count;
      grams[entry] = gram;
      followers[entry] = next ?? 0;
      patterns[entry] = pattern;
      offsets[entry] = offset;
      chain[entry] = heads[hash >>> shift]!;
      heads[hash >>> shift] = entry;
    },
    find(gram, next, at, found) {
      for (let entry = narrowHeads[Math.imul(gram, MIX) >>> shift]!; entry > 0; entry = chain[entry]!)
        if (grams[entry] === gram) found(patterns[entry]!, at - offsets[entry]!, offsets[entry]!);
      const hash = mixBoth(gram, next);
      if (((wide.bits[(hash >>> wide.shift) >>> 5]! >>> (hash >>> wide.shift)) & 1) === 0) return;
      for (let entry = wideHeads[hash >>> shift]!; entry > 0; entry = chain[entry]!)
        if (grams[entry] === gram && followers[entry] === next)
          found(patterns[entry]!, at - offsets[entry]!, offsets[entry]!);
    },
  };
}

function mixBoth(gram: number, next: number): number {
  return Math.imul(Math.imul(gram, MIX) ^ Math.imul(next, MIX_NEXT), MIX);
}

function toLittleEndian(words: Int32Array): Int32Array {
  const copy = words.slice();
  Buffer.from(copy.buffer).swap32();
  return copy;
}
