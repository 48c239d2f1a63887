import { toBase64Forms } from './base64-forms.ts';
import { toHexForms } from './hex-forms.ts';
import { toEscapedSpellings } from './escapes.ts';

/** One way in which a known value may stand in a text. */
export type Form = {
  /** Latin-1: one character for each byte to look for. */
  bytes: string;
  kind: 'known_value' | 'encoded_value';
  /** A part of at least this many bytes, cut off where a line or the alphabet ends, counts too; 0: only the whole does. */
  leastPiece: number;
  /** How far apart the places are where such a part is recognised. */
  pieceStep: number;
  /** base64: the character before (1) and those after (2) carry bits of the value too. */
  spill: number;
};

/** Shorter values are met in any text: they are not searched for. Characters after trimming. */
export const LEAST_VALUE = 4;
/** A line of a multi-line value counts as a secret by itself from this length. */
const LEAST_LINE = 8;
/** Only this much of a value is searched for; the environment cannot hold much more. */
export const MOST_VALUE = 64 * 1024;
/** Longer values (key files) are looked for as they are, escaped and in base64 only. */
const MOST_SMALL = 4 * 1024;
/** A multi-line value with lines too short to count alone is also looked for as a whole, up to this length. */
const MOST_WHOLE = 1024;
/** Longer forms are cut into overlapping parts, so that no form is long and a part that is printed alone is found. */
const PART = 256;
const PART_OVERLAP = 16;

const PEM_BORDER = /^-{5}(?:BEGIN|END) [^\r\n]{1,80}-{5}$/;

/**
 * Every form of a value that is looked for, each once. Thresholds, in bytes of the value: from 4 as it is, escaped and
 * percent-encoded; from 5 in base64; from 6 in hex. Of a multi-line value each line counts from 8 characters.
 */
export function toForms(value: string): Form[] {
  const whole = value.slice(0, MOST_VALUE).trim();
  if (whole.length < LEAST_VALUE) return [];
  const forms = new Map<string, Form>();
  const add = (form: Form): void => {
    if (!forms.has(form.bytes)) forms.set(form.bytes, form);
  };
  const lines = toLines(whole);
  for (const line of lines.counted) addWritten(line, add);
  if (lines.counted.length !== 1 || lines.counted[0] !== whole) addWhole(whole, lines.others, add);
  addEncoded(whole, add);
  return [...forms.values()].flatMap(toParts);
}

function toLines(whole: string): { counted: string[]; others: string[] } {
  if (!/[\r\n]/.test(whole)) return { counted: [whole], others: [] };
  const all = whole.split(/\r\n|\n|\r/).map((line) => line.trim());
  const counted = all.filter((line) => line.length >= LEAST_LINE && !PEM_BORDER.test(line));
  return { counted, others: all.filter((line) => line.length < LEAST_LINE && /\w/.test(line)) };
}

/** A multi-line value: written into one line by some escape, and as it is when its lines would not all be found. */
function addWhole(whole: string, shortLines: string[], add: (form: Form) => void): void {
  for (const spelling of toEscapedSpellings(whole))
    if (!/[\r\n]/.test(spelling)) add(toForm(toBytes(spelling), 'encoded_value'));
  if (shortLines.length === 0 || whole.length > MOST_WHOLE) return;
  const unix = whole.replaceAll(/\r\n?/g, '\n');
  add(toForm(toBytes(unix), 'known_value'));
  add(toForm(toBytes(unix.replaceAll('\n', '\r\n')), 'encoded_value'));
}

function addWritten(text: string, add: (form: Form) => void): void {
  add(toForm(toBytes(text), 'known_value'));
  for (const spelling of toEscapedSpellings(text)) add(toForm(toBytes(spelling), 'encoded_value'));
}

function addEncoded(whole: string, add: (form: Form) => void): void {
  const bytes = Buffer.from(whole);
  for (const form of toBase64Forms(bytes)) add(form);
  if (whole.length > MOST_SMALL) return;
  for (const form of toHexForms(bytes)) add(form);
  const wide = Buffer.from(whole, 'utf16le');
  add(toForm(wide.toString('latin1'), 'encoded_value'));
  // PowerShell's -EncodedCommand: never wrapped.
  for (const form of toBase64Forms(wide)) add({ ...form, leastPiece: 0 });
}

function toForm(bytes: string, kind: Form['kind']): Form {
  return { bytes, kind, leastPiece: 0, pieceStep: 0, spill: 0 };
}

function toBytes(text: string): string {
  return /^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(text).toString('latin1');
}

function toParts(form: Form): Form[] {
  if (form.bytes.length <= PART) return [form];
  const parts: Form[] = [];
  for (let from = 0; from + PART_OVERLAP < form.bytes.length; from += PART - PART_OVERLAP) {
    const bytes = form.bytes.slice(from, from + PART);
    const isLast = from + PART >= form.bytes.length;
    parts.push({ ...form, bytes, spill: (from === 0 ? form.spill & 1 : 0) | (isLast ? form.spill & 2 : 0) });
  }
  return parts;
}
