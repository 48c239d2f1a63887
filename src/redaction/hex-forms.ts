import type { Form } from './encodings.ts';

/** From this many bytes hex is long enough not to be met by chance. */
const LEAST_BYTES = 6;
/** `xxd -p` writes 60 digits to a line; dumps write eight bytes or more to a group. A part counts from 6 bytes. */
const LINES = { leastPiece: 16, pieceStep: 48 };
const GROUPS = { leastPiece: 17, pieceStep: 16 };
const WHOLE = { leastPiece: 0, pieceStep: 0 };

/**
 * Bytes in hex: plain, with `:` or a space or `\x` or `%` between bytes, and in the groups of `xxd`. The lower-case ones,
 * which dumps wrap into lines, are recognised in parts.
 */
export function toHexForms(bytes: Buffer): Form[] {
  const lower = bytes.toString('hex');
  const upper = lower.toUpperCase();
  const percent = [toForm(`%${join(lower, '%')}`, WHOLE), toForm(`%${join(upper, '%')}`, WHOLE)];
  if (bytes.length < LEAST_BYTES) return percent;
  return [
    ...percent,
    toForm(lower, LINES),
    toForm(upper, LINES),
    toForm(join(lower, ':'), GROUPS),
    toForm(join(lower, ' '), GROUPS),
    toForm(join(upper, ':'), WHOLE),
    toForm(join(upper, ' '), WHOLE),
    toForm(`\\x${join(lower, '\\x')}`, WHOLE),
    // A value that begins in the middle of a group of two bytes, or with one.
    toForm(lower.replaceAll(/....(?!$)/g, '$& '), GROUPS),
    toForm(`${lower.slice(0, 2)} ${lower.slice(2).replaceAll(/....(?!$)/g, '$& ')}`, GROUPS),
  ];
}

function join(digits: string, between: string): string {
  return digits.replaceAll(/..(?!$)/g, `$&${between}`);
}

function toForm(bytes: string, piece: { leastPiece: number; pieceStep: number }): Form {
  return { bytes, kind: 'encoded_value', ...piece, spill: 0 };
}
