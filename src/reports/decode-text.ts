import { refuse } from './report-error.ts';

/** Bytes that are decoded and read before the event loop has its turn again: a few milliseconds of work. */
const SLICE_BYTES = 64 * 1024;
/** Enough of the beginning for a byte order mark and an XML declaration. */
const HEAD_BYTES = 1024;
const DECLARED = /^<\?xml\s[^>]{0,300}?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']/;

/**
 * The text of a report, in slices. Its encoding is that of its byte order mark, else of its XML declaration, else UTF-8;
 * bytes that are no text in it become U+FFFD. Between slices other work of the process gets its turn, whatever the size
 * of the chunks that come in.
 * @throws ReportError for an XML declaration that names an encoding nobody knows
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  let decoder = new TextDecoder();
  let sinceTurn = 0;
  for await (const chunk of chunks) {
    let bytes: Uint8Array = chunk;
    if (head !== undefined) {
      bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      head = bytes.length < HEAD_BYTES ? bytes : undefined;
      if (head !== undefined) continue;
      decoder = new TextDecoder(findEncoding(bytes));
    }
    for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
      const text = decoder.decode(bytes.subarray(start, start + SLICE_BYTES), { stream: true });
      if (text !== '') yield text;
      sinceTurn += Math.min(SLICE_BYTES, bytes.length - start);
      if (sinceTurn >= SLICE_BYTES) {
        sinceTurn = 0;
        await nextTurn();
      }
    }
  }
  if (head !== undefined) yield new TextDecoder(findEncoding(head)).decode(head);
  else yield decoder.decode();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** A label that TextDecoder knows (WHATWG Encoding). */
function findEncoding(head: Uint8Array): string {
  const [first, second, third, fourth] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0x3c && second === 0 && third === 0x3f && fourth === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c && third === 0 && fourth === 0x3f) return 'utf-16be';
  const [, declared] = DECLARED.exec(Buffer.from(head.subarray(0, HEAD_BYTES)).toString('latin1')) ?? [];
  // Written into a string and then saved as UTF-8: the declaration was read as single bytes, so it can't be true.
  if (declared === undefined || /^(?:utf-?16|ucs-?2|utf-?32)/i.test(declared)) return 'utf-8';
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    return refuse(`its XML declaration names the encoding ${declared}, which is not known`);
  }
}
