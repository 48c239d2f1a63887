import { EnvelopeError } from './errors.ts';
import { quote } from './quote.ts';

/** A walk over bytes that are valid UTF-8. `canonical` turns false at the first byte that RFC 8785 would write otherwise. */
export type Walk = { readonly bytes: Uint8Array; at: number; canonical: boolean };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** b f n r t: the escapes that RFC 8785 writes with a letter, by the character that they stand for. */
const LETTER_ESCAPES = new Set([0x08, 0x09, 0x0a, 0x0c, 0x0d]);
const CANONICAL_ESCAPES = new Set([QUOTE, BACKSLASH, 0x62, 0x66, 0x6e, 0x72, 0x74]);
const SLASH = 0x2f;
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
/** The longest number that RFC 8785 writes has 25 characters; longer ones carry digits that a double cannot hold. */
const NUMBER_CHARACTERS = 64;

/** Steps over a string, from its opening to behind its closing quote; tells whether it has escapes. */
export function passString(walk: Walk): boolean {
  const { bytes } = walk;
  let escaped = false;
  let at = walk.at + 1;
  for (;;) {
    const byte = bytes[at];
    if (byte === undefined) throw notJson(at, 'the text ends inside a string');
    if (byte === QUOTE) break;
    if (byte < 0x20) throw notJson(at, 'a control character stands unescaped in a string');
    if (byte === BACKSLASH) {
      escaped = true;
      walk.at = at;
      passEscape(walk);
      at = walk.at;
    } else {
      at += 1;
    }
  }
  walk.at = at + 1;
  return escaped;
}

function passEscape(walk: Walk): void {
  const byte = walk.bytes[walk.at + 1] ?? 0;
  if (CANONICAL_ESCAPES.has(byte)) {
    walk.at += 2;
  } else if (byte === SLASH) {
    walk.canonical = false;
    walk.at += 2;
  } else {
    passUnicodeEscape(walk);
  }
}

function passUnicodeEscape(walk: Walk): void {
  const start = walk.at;
  const unit = readUnicodeEscape(walk);
  if (unit === undefined) throw notJson(start, 'this is no JSON escape');
  const text = latin1(walk.bytes, start, start + 6);
  if (unit >= 0x20 || LETTER_ESCAPES.has(unit) || text !== text.toLowerCase()) walk.canonical = false;
  if (unit < 0xd800 || unit > 0xdfff) return;
  const second = unit <= 0xdbff ? readUnicodeEscape(walk) : undefined;
  if (second === undefined || second < 0xdc00 || second > 0xdfff)
    throw new EnvelopeError('lone_surrogate', `byte ${start}: the escape of a surrogate without its other half`);
}

/** The code unit of `\uXXXX` at the walk's place, or undefined when something else stands there. */
function readUnicodeEscape(walk: Walk): number | undefined {
  const text = latin1(walk.bytes, walk.at, walk.at + 6);
  if (!/^\\u[0-9a-fA-F]{4}$/.test(text)) return undefined;
  walk.at += 6;
  return Number.parseInt(text.slice(2), 16);
}

/** Steps over a number and refuses one that would not survive as an IEEE 754 double. */
export function passNumber(walk: Walk): void {
  const { bytes } = walk;
  const start = walk.at;
  let at = start;
  while (isDigit(bytes[at])) at += 1;
  walk.at = at;
  const isPlain = at > start && at - start <= 15 && !isNumberByte(bytes[at]);
  if (isPlain && (bytes[start] !== 0x30 || at === start + 1)) return;

  while (isNumberByte(bytes[at])) at += 1;
  walk.at = at;
  const text = latin1(bytes, start, Math.min(at, start + NUMBER_CHARACTERS + 1));
  if (text.length > NUMBER_CHARACTERS) throw unsafeNumber(start, text);
  if (!NUMBER.test(text)) throw notJson(start, 'this is no JSON value');
  const value = Number(text);
  if (!Number.isFinite(value) || Object.is(value, -0)) throw unsafeNumber(start, text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw unsafeNumber(start, text);
  if (String(value) !== text) walk.canonical = false;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Digits and `+ - . E e`. */
function isNumberByte(byte: number | undefined): boolean {
  return isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e || byte === 0x45 || byte === 0x65;
}

/** Steps over true, false or null. */
export function passLiteral(walk: Walk): void {
  for (const literal of ['true', 'false', 'null']) {
    if (latin1(walk.bytes, walk.at, walk.at + literal.length) === literal) {
      walk.at += literal.length;
      return;
    }
  }
  throw notJson(walk.at, 'this is no JSON value');
}

export function notJson(at: number, why: string): EnvelopeError {
  return new EnvelopeError('not_json', `byte ${at}: ${why}`);
}

function unsafeNumber(at: number, text: string): EnvelopeError {
  return new EnvelopeError('unsafe_number', `byte ${at}: the number ${quote(text)} would not survive as a double`);
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  const length = Math.max(0, Math.min(end, bytes.length) - start);
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1');
}
