import { limits } from '../lib/limits.ts';
import { EnvelopeError } from './errors.ts';
import { notJson, passLiteral, passNumber, passString, type Walk } from './json-tokens.ts';
import { quote } from './quote.ts';

/** An open array or object. Only objects have keys; `seen` exists once a key came out of order. */
type Frame = { isObject: boolean; firstKey: number; seen: Set<string> | null };
type Key = { start: number; end: number; escaped: boolean };
type Scan = Walk & { frames: Frame[]; keys: Key[]; values: number };

const decoder = new TextDecoder();

/**
 * Reads JSON more strictly than JSON.parse does, in one pass, without recursion and without building values: refuses
 * duplicate keys (RFC 8259, section 4, leaves them open), numbers and strings that would change in silence, and anything
 * beyond the limits of depth and number of values.
 * @param bytes valid UTF-8
 * @returns whether the bytes are exactly what RFC 8785 would write
 * @throws EnvelopeError with the offset of the byte
 */
export function scanJson(bytes: Uint8Array): { canonical: boolean } {
  const scan: Scan = { bytes, at: 0, canonical: true, frames: [], keys: [], values: 0 };
  passSpace(scan);
  do {
    if (!passValue(scan)) passBehindValue(scan);
  } while (scan.frames.length > 0);
  if (scan.at < bytes.length) throw notJson(scan.at, 'something follows the end of the document');
  return { canonical: scan.canonical };
}

/** Passes a scalar or an empty container; of any other container only the opening. Tells whether one was opened. */
function passValue(scan: Scan): boolean {
  scan.values += 1;
  if (scan.values > limits.envelopeValues)
    throw new EnvelopeError('too_many_values', `the document holds more than ${limits.envelopeValues} values`);
  const byte = scan.bytes[scan.at];
  if (byte === 0x22) {
    passString(scan);
  } else if (byte === 0x7b || byte === 0x5b) {
    return openContainer(scan, byte === 0x7b);
  } else if (byte === 0x2d || (byte !== undefined && byte >= 0x30 && byte <= 0x39)) {
    passNumber(scan);
  } else {
    passLiteral(scan);
  }
  return false;
}

function openContainer(scan: Scan, isObject: boolean): boolean {
  if (scan.frames.length >= limits.jsonDepth)
    throw new EnvelopeError('too_deep', `byte ${scan.at}: nested more than ${limits.jsonDepth} levels deep`);
  scan.at += 1;
  passSpace(scan);
  if (scan.bytes[scan.at] === (isObject ? 0x7d : 0x5d)) {
    scan.at += 1;
    return false;
  }
  scan.frames.push({ isObject, firstKey: scan.keys.length, seen: null });
  if (isObject) passKey(scan);
  return true;
}

/** Passes closing brackets until a comma announces the next value, or the document is over. */
function passBehindValue(scan: Scan): void {
  for (;;) {
    passSpace(scan);
    const frame = scan.frames.at(-1);
    if (frame === undefined) return;
    const byte = scan.bytes[scan.at];
    if (byte === 0x2c) {
      scan.at += 1;
      passSpace(scan);
      if (frame.isObject) passKey(scan);
      return;
    }
    if (byte !== (frame.isObject ? 0x7d : 0x5d)) throw notJson(scan.at, 'expected a comma or a closing bracket');
    scan.at += 1;
    scan.keys.length = frame.firstKey;
    scan.frames.pop();
  }
}

function passKey(scan: Scan): void {
  if (scan.bytes[scan.at] !== 0x22) throw notJson(scan.at, 'expected a key');
  const start = scan.at + 1;
  const escaped = passString(scan);
  noteKey(scan, { start, end: scan.at - 1, escaped });
  passSpace(scan);
  if (scan.bytes[scan.at] !== 0x3a) throw notJson(scan.at, 'expected a colon');
  scan.at += 1;
  passSpace(scan);
}

/** Keys in ascending order cannot repeat; a set of those seen is built when the first one is out of order. */
function noteKey(scan: Scan, key: Key): void {
  const frame = scan.frames.at(-1);
  if (frame === undefined) return;
  const previous = scan.keys.length > frame.firstKey ? scan.keys.at(-1) : undefined;
  scan.keys.push(key);
  if (frame.seen === null && (previous === undefined || isBefore(scan.bytes, previous, key))) return;
  scan.canonical = false;
  const name = toName(scan.bytes, key);
  frame.seen ??= new Set(scan.keys.slice(frame.firstKey, -1).map((earlier) => toName(scan.bytes, earlier)));
  if (frame.seen.has(name))
    throw new EnvelopeError('duplicate_key', `byte ${key.start}: the key ${quote(name)} stands twice in one object`);
  frame.seen.add(name);
}

/** Whether one key sorts before another by UTF-16 code units: RFC 8785, section 3.2.3. */
function isBefore(bytes: Uint8Array, one: Key, other: Key): boolean {
  const length = Math.min(one.end - one.start, other.end - other.start);
  for (let index = 0; index < length; index += 1) {
    const a = bytes[one.start + index] ?? 0;
    const b = bytes[other.start + index] ?? 0;
    // UTF-8 keeps the order of code points, which is that of UTF-16 code units for ASCII only.
    if (a > 0x7f || b > 0x7f || one.escaped || other.escaped) return toName(bytes, one) < toName(bytes, other);
    if (a !== b) return a < b;
  }
  return one.end - one.start < other.end - other.start;
}

function toName(bytes: Uint8Array, key: Key): string {
  const text = decoder.decode(bytes.subarray(key.start, key.end));
  return key.escaped ? String(JSON.parse(`"${text}"`)) : text;
}

function passSpace(scan: Scan): void {
  for (;;) {
    const byte = scan.bytes[scan.at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
    scan.canonical = false;
    scan.at += 1;
  }
}
