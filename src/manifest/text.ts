/** Bytes to text, without a byte order mark. @throws TypeError with `fatal`, for bytes that are no UTF-8. */
export function decodeText(bytes: Uint8Array, options: { fatal: boolean }): string {
  return new TextDecoder('utf-8', options).decode(bytes);
}

/** The first place, counted from 1, where bytes are no UTF-8; undefined when all are. */
export function findBadUtf8(bytes: Uint8Array): { line: number; column: number } | undefined {
  const newline = 0x0a;
  for (let line = 1, start = 0; start <= bytes.length; line++) {
    const found = bytes.indexOf(newline, start);
    const end = found === -1 ? bytes.length : found;
    const text = decodeText(bytes.subarray(start, end), { fatal: false });
    if (!isUtf8(bytes.subarray(start, end))) return { line, column: text.indexOf('\ufffd') + 1 };
    start = end + 1;
  }
  return undefined;
}

/** Why a file is no UTF-8, where its first bytes tell. */
export function explainBadUtf8(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return utf16 ? 'it is UTF-16; save it as UTF-8' : 'save it as UTF-8';
}

/** The first place, as an offset, of a character that YAML does not allow in a file (YAML 1.2.2, 5.1). */
export function findForbiddenCharacter(text: string): number | undefined {
  const found = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/.exec(text);
  return found?.index;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    decodeText(bytes, { fatal: true });
    return true;
  } catch {
    return false;
  }
}
