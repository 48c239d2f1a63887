/** Nesting that a reader of envelopes takes (docs/envelope.md, section 2). */
const mostDepth = 128;

/**
 * RFC 8785 text of a value that JSON.parse gave. Written anew for the page, so that its check shares no code with what
 * sealed; a test holds the two together.
 * @throws TypeError for what no envelope may hold: lone surrogates, -0, numbers beyond 2^53-1, nesting without end
 */
export function toCanonicalJson(value: unknown, depth = 0): string {
  if (typeof value === 'string') return writeString(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (depth >= mostDepth) throw new TypeError(`a value is nested more than ${mostDepth} levels deep`);
  if (Array.isArray(value)) return `[${value.map((element) => toCanonicalJson(element, depth + 1)).join(',')}]`;
  // Strings compare by UTF-16 code units, which is the order of section 3.2.3.
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${writeString(key)}:${toCanonicalJson(member, depth + 1)}`).join(',')}}`;
}

function writeString(text: string): string {
  if (/\p{Cs}/u.test(text)) throw new TypeError('a string holds a lone surrogate');
  return JSON.stringify(text);
}

/** ECMAScript's own form of a number is that of section 3.2.2.3. */
function writeNumber(value: number): string {
  if (!Number.isFinite(value) || Object.is(value, -0) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    throw new TypeError(`the number ${Object.is(value, -0) ? '-0' : value} is not allowed`);
  return JSON.stringify(value);
}
