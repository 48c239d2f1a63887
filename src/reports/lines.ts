/** Of a longer line the beginning is kept. */
const MAX_LINE_CHARS = 1024 * 1024;

export type Line = { text: string; number: number; /** Characters are missing from its end. */ cut: boolean };

/** The lines of a text, without their ends (LF or CRLF), in bounded memory. A last line without an end is a line too. */
export async function* readLines(texts: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 0;
  let held = '';
  let cut = false;
  for await (const text of texts) {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      number += 1;
      yield toLine(held + text.slice(start, end), number, cut);
      held = '';
      cut = false;
      start = end + 1;
    }
    held += text.slice(start);
    if (held.length > MAX_LINE_CHARS) {
      held = held.slice(0, MAX_LINE_CHARS);
      cut = true;
    }
  }
  if (held !== '') yield toLine(held, number + 1, cut);
}

function toLine(text: string, number: number, cut: boolean): Line {
  return { text: text.endsWith('\r') ? text.slice(0, -1) : text, number, cut };
}
