import { isBase64Byte } from './base64-forms.ts';
import type { ByteWindow } from './byte-window.ts';
import type { Form } from './encodings.ts';
import { type GramTable, GRAM_BYTES, SAMPLED_BYTES, toGram } from './gram-table.ts';
import { CARRIAGE_RETURN, LINE_FEED, type Match } from './match.ts';

/** A form and the identity that its matches are reported under. */
export type Literal = Form & { identity: number };

export type LiteralMatcher = {
  /** Adds every literal to the table, as pattern `firstPattern` and on. */
  register(table: GramTable, firstPattern: number): void;
  /** Compares literal `index`, whose gram at `offset` was met, with the window should it begin at `start`. */
  verify(window: ByteWindow, index: number, start: number, offset: number, matches: Match[]): void;
  /** Where the longest beginning of a multi-line literal stands that reaches up to `end`; `end` when there is none. */
  openFrom(window: ByteWindow, from: number, end: number): number;
  hasMultiLine: boolean;
};

/** Grams to add for a literal: two at one place, or 1 + 128 when it is four bytes short. */
const GRAMS_PLAIN = 2;
const GRAMS_SHORT = 129;
const PLACES_TRIED = 8;
/** What the table compares at a place, on either parity. */
const WIDE_BYTES = 2 * GRAM_BYTES + 1;

/** How many grams `register` adds at most. */
export function countGrams(literals: Literal[]): number {
  let count = 0;
  for (const { bytes, leastPiece, pieceStep } of literals)
    if (bytes.length < SAMPLED_BYTES) count += GRAMS_SHORT;
    else count += leastPiece === 0 ? GRAMS_PLAIN : 2 * (2 + Math.floor(bytes.length / pieceStep));
  return count;
}

/** Exact comparison of literals, held in one buffer. */
export function makeLiteralMatcher(literals: Literal[]): LiteralMatcher {
  const pool = Buffer.from(literals.map((literal) => literal.bytes).join(''), 'latin1');
  const starts = new Int32Array(literals.length + 1);
  for (const [index, literal] of literals.entries()) starts[index + 1] = starts[index]! + literal.bytes.length;
  const multiLine = literals.flatMap((literal, index) => (/[\r\n]/.test(literal.bytes) ? [index] : []));

  const verify: LiteralMatcher['verify'] = (window, index, start, offset, matches) => {
    const from = starts[index]!;
    const size = starts[index + 1]! - from;
    if (start >= 0 && start + size <= window.length) {
      const { bytes } = window;
      let same = 0;
      while (same < size && bytes[start + same] === pool[from + same]) same++;
      if (same === size) {
        const { spill, identity } = literals[index]!;
        const end = spillRight(window, start + size, spill);
        matches.push({ at: start, start: spillLeft(window, start, spill), end, identity });
        return;
      }
    }
    const literal = literals[index]!;
    if (literal.leastPiece === 0) return;
    const piece = verifyPiece(window, pool, from, start, toPlace(literal, offset), literal);
    if (piece !== undefined) matches.push(piece);
  };

  return {
    register(table, firstPattern) {
      for (const [index, literal] of literals.entries())
        registerLiteral(table, firstPattern + index, literal, pool.subarray(starts[index], starts[index + 1]));
    },
    verify,
    openFrom(window, from, end) {
      let open = end;
      for (const index of multiLine) {
        const text = pool.subarray(starts[index], starts[index + 1]);
        for (let size = text.length - 1; size > 0; size--) {
          if (text[size - 1] !== LINE_FEED && text[size - 1] !== CARRIAGE_RETURN) continue;
          const start = end - size;
          if (start >= from && start < open && text.compare(window.bytes, start, end, 0, size) === 0) open = start;
        }
      }
      return open;
    },
    hasMultiLine: multiLine.length > 0,
  };
}

function registerLiteral(table: GramTable, pattern: number, literal: Literal, text: Buffer): void {
  if (text.length < SAMPLED_BYTES) {
    table.add(toGram(text[0]!, text[1]!, text[2]!, text[3]!), pattern, 0);
    for (let any = 0; any < 256; any++)
      if ((any & 0x20) !== 0) table.add(toGram(text[1]!, text[2]!, text[3]!, any), pattern, 1);
    return;
  }
  if (literal.leastPiece === 0) {
    registerAt(table, pattern, text, rarestPlace(table, text));
    return;
  }
  const last = toLastPlace(text.length);
  for (let place = 0; place < last - 1; place += literal.pieceStep) registerAt(table, pattern, text, place);
  registerAt(table, pattern, text, last);
}

function registerAt(table: GramTable, pattern: number, text: Buffer, place: number): void {
  for (let at = place; at <= place + SAMPLED_BYTES - GRAM_BYTES; at++) {
    const isWide = at + 2 * GRAM_BYTES <= text.length;
    table.add(gramAt(text, at), pattern, at, isWide ? gramAt(text, at + GRAM_BYTES) : undefined);
  }
}

/** The last place with a gram and its follower on either parity; in a short text, with a gram alone. */
function toLastPlace(size: number): number {
  return Math.max(0, size - (size < WIDE_BYTES ? SAMPLED_BYTES : WIDE_BYTES));
}

/** The place that `registerAt` noted `offset` for. */
function toPlace({ bytes, pieceStep }: Literal, offset: number): number {
  const last = toLastPlace(bytes.length);
  return offset >= last ? last : offset - (offset % pieceStep);
}

/**
 * A place whose grams no other literal has and ordinary text seldom has: a thousand values that begin with the same
 * `https://` would otherwise all be compared wherever one is printed.
 */
function rarestPlace(table: GramTable, text: Buffer): number {
  const last = toLastPlace(text.length);
  const step = Math.max(1, Math.floor(last / PLACES_TRIED));
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let place = 0; place <= last; place += step) {
    let cost = (table.isTaken(gramAt(text, place)) ? 20 : 0) + (table.isTaken(gramAt(text, place + 1)) ? 20 : 0);
    for (let at = place; at < place + SAMPLED_BYTES; at++) cost += COMMONNESS[text[at]!]!;
    if (cost < least) {
      least = cost;
      best = place;
    }
  }
  return best;
}

function gramAt(text: Buffer, at: number): number {
  return toGram(text[at]!, text[at + 1]!, text[at + 2]!, text[at + 3]!);
}

const COMMONNESS = new Uint8Array(256);
for (const char of 'bfghjkmpqvwxyz3456789') COMMONNESS[char.charCodeAt(0)] = 1;
for (const char of ' etaoinsrhldcu/.:-_012=') COMMONNESS[char.charCodeAt(0)] = 2;

/**
 * A long enough part of a literal, each side of it either the literal's own end or cut where the text stops being
 * base64: a line break of wrapped output, a quote, the end. It must hold every byte that the table compares at the noted place, so that the
 * parity of the sampled windows never decides.
 */
function verifyPiece(
  window: ByteWindow,
  pool: Buffer,
  from: number,
  start: number,
  place: number,
  literal: Literal,
): Match | undefined {
  const { bytes, length } = window;
  const size = literal.bytes.length;
  const first = Math.max(0, -start);
  const last = Math.min(size, length - start);
  let left = place;
  let right = place;
  while (left > first && bytes[start + left - 1] === pool[from + left - 1]) left--;
  while (right < last && bytes[start + right] === pool[from + right]) right++;
  if (right < Math.min(size, place + WIDE_BYTES) || right - left < literal.leastPiece) return undefined;
  if (left > 0 && !isCutBefore(window, start + left)) return undefined;
  if (right < size && start + right < length && isBase64Byte(bytes[start + right])) return undefined;
  return {
    at: start + left,
    start: left === 0 ? spillLeft(window, start, literal.spill) : start + left,
    end: right === size ? spillRight(window, start + right, literal.spill) : start + right,
    identity: literal.identity,
  };
}

function isCutBefore({ bytes }: ByteWindow, at: number): boolean {
  if (at <= 0 || !isBase64Byte(bytes[at - 1])) return true;
  // The last letter of an escaped line break.
  return at > 1 && bytes[at - 2] === BACKSLASH && (bytes[at - 1] === LETTER_N || bytes[at - 1] === LETTER_R);
}

const BACKSLASH = 0x5c;
const LETTER_N = 0x6e;
const LETTER_R = 0x72;
const EQUALS = 0x3d;

function spillLeft(window: ByteWindow, start: number, spill: number): number {
  return (spill & 1) !== 0 && start > 0 && isBase64Byte(window.bytes[start - 1]) ? start - 1 : start;
}

function spillRight(window: ByteWindow, end: number, spill: number): number {
  if ((spill & 2) === 0) return end;
  let at = end;
  if (at < window.length && isBase64Byte(window.bytes[at])) at++;
  while (at < Math.min(window.length, end + 3) && window.bytes[at] === EQUALS) at++;
  return at;
}
