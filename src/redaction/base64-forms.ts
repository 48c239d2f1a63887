import type { Form } from './encodings.ts';

/** A shorter core says too little to be told from chance: 36 bits. */
const LEAST_CORE = 6;
/** A part of a core that a line break or a cut left over counts from this length: 54 bits. */
const LEAST_PIECE = 9;
/** Lines of wrapped base64 have 64 or 76 characters: each holds a place where a part is recognised. */
const PIECE_STEP = 48;

/**
 * base64 and base64url (RFC 4648) of bytes as they look inside the encoding of a larger text: at the three alignments,
 * without the characters at the borders that carry bits of the neighbours. Those are covered by `spill`.
 */
export function toBase64Forms(bytes: Buffer): Form[] {
  const forms: Form[] = [];
  for (const alignment of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64');
    const bits = (alignment + bytes.length) * 8;
    const core = shifted.slice(alignment === 0 ? 0 : alignment + 1, Math.floor(bits / 6));
    if (core.length < LEAST_CORE) {
      // Four bytes: only their own padded encoding is long enough not to be met by chance.
      if (alignment === 0) forms.push({ bytes: shifted, kind: 'encoded_value', leastPiece: 0, pieceStep: 0, spill: 0 });
      continue;
    }
    const spill = (alignment > 0 ? 1 : 0) | (bits % 6 > 0 ? 2 : 0);
    const leastPiece = core.length < LEAST_PIECE ? 0 : LEAST_PIECE;
    forms.push({ bytes: core, kind: 'encoded_value', leastPiece, pieceStep: PIECE_STEP, spill });
    if (/[+/]/.test(core)) {
      const url = core.replaceAll('+', '-').replaceAll('/', '_');
      forms.push({ bytes: url, kind: 'encoded_value', leastPiece, pieceStep: PIECE_STEP, spill });
    }
  }
  return forms;
}

/** True for a byte of either base64 alphabet. */
export function isBase64Byte(byte: number | undefined): boolean {
  return byte !== undefined && BASE64_BYTES[byte] === 1;
}

const BASE64_BYTES = new Uint8Array(256);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_')
  BASE64_BYTES[char.charCodeAt(0)] = 1;
