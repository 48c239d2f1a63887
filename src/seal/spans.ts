/** A value inside a document: from its first byte to behind its last. */
export type Span = { start: number; end: number };

const QUOTE = 0x22;

/**
 * The members of the object that begins at `start`, in their order.
 * @param bytes a document that scanJson found canonical: no white space, nothing malformed
 */
export function toMemberSpans(bytes: Uint8Array, start: number): { name: string; key: Span; value: Span }[] {
  const members: { name: string; key: Span; value: Span }[] = [];
  let at = start + 1;
  while (bytes[at] === QUOTE) {
    const key = { start: at, end: passString(bytes, at) };
    const value = { start: key.end + 1, end: passValue(bytes, key.end + 1) };
    members.push({ name: String(JSON.parse(toText(bytes, key))), key, value });
    at = value.end + 1;
  }
  return members;
}

/** The elements of the array that begins at `start`, in a document that scanJson found canonical. */
export function toElementSpans(bytes: Uint8Array, start: number): Span[] {
  const elements: Span[] = [];
  let at = start + 1;
  if (bytes[at] === 0x5d) return elements;
  do {
    const element = { start: at, end: passValue(bytes, at) };
    elements.push(element);
    at = element.end + 1;
  } while (bytes[at - 1] === 0x2c);
  return elements;
}

function toText(bytes: Uint8Array, { start, end }: Span): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

function passValue(bytes: Uint8Array, start: number): number {
  let depth = 0;
  let at = start;
  for (;;) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = passString(bytes, at);
    } else {
      // The comma or bracket behind a number or literal belongs to the container around it.
      if (depth === 0 && (byte === undefined || byte === 0x2c || byte === 0x5d || byte === 0x7d)) return at;
      if (byte === 0x7b || byte === 0x5b) depth += 1;
      else if (byte === 0x7d || byte === 0x5d) depth -= 1;
      at += 1;
    }
    if (depth === 0 && isEnd(bytes[at - 1])) return at;
  }
}

/** Whether a value can end with this byte and no other byte can belong to it. */
function isEnd(byte: number | undefined): boolean {
  return byte === QUOTE || byte === 0x5d || byte === 0x7d;
}

function passString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (bytes[at] !== QUOTE) at += bytes[at] === 0x5c ? 2 : 1;
  return at + 1;
}
