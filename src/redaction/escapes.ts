/** A way in which programs write a text into another text. */
type Escape = (value: string) => string;

/** Letters, digits and `_` are written as they are by every escape of this file. */
export const ESCAPE_FREE = /^\w*$/;

const hexOf = (char: string, digits: number): string => char.charCodeAt(0).toString(16).padStart(digits, '0');
const toJson: Escape = (value) => JSON.stringify(value).slice(1, -1);
const toAsciiJson = (value: string, spell: (hex: string) => string): string =>
  toJson(value).replaceAll(/[^\x00-\x7f]/g, (char) => `\\u${spell(hexOf(char, 4))}`);
const toMarkupSafeJson: Escape = (value) =>
  toJson(value).replaceAll(/[<>&\u2028\u2029]/g, (char) => `\\u${hexOf(char, 4)}`);
const lower = (hex: string): string => hex.toLowerCase();
const upper = (hex: string): string => hex.toUpperCase();
const toPercent: Escape = (value) => encodeURIComponent(value.toWellFormed());
const toStrictPercent: Escape = (value) =>
  toPercent(value).replaceAll(/[!'()*]/g, (char) => `%${upper(hexOf(char, 2))}`);
const toForm: Escape = (value) => new URLSearchParams([['', value]]).toString().slice(1);
const withLowerHex =
  (escape: Escape): Escape =>
  (value) =>
    escape(value).replaceAll(/%[0-9A-F]{2}/g, lower);
const toByteEscapes = (value: string, spell: (byte: number) => string): string =>
  Array.from(Buffer.from(value), (byte) =>
    byte === 0x5c ? '\\\\' : byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : (SHORT[byte] ?? spell(byte)),
  ).join('');
const SHORT: Record<number, string> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  27: '\\E',
};
const HTML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const toHtml: Escape = (value) => value.replaceAll(/[&<>"']/g, (char) => HTML[char] ?? char);

/**
 * The escapes: JSON (RFC 8259; also with `\/`, in ASCII, safe for HTML, and JSON inside JSON), POSIX shell and `bash`
 * quoting (as `set -x` and `printf %q` write it), percent-encoding (RFC 3986, the URL standard's form encoding, encodeURI),
 * HTML and XML, doubled quotes (CSV, SQL, YAML, PowerShell), byte escapes of C, Python and bash, CRLF line ends.
 */
const ESCAPES: Escape[] = [
  toJson,
  (value) => toJson(value).replaceAll('/', '\\/'),
  (value) => toAsciiJson(value, lower),
  (value) => toAsciiJson(value, upper),
  toMarkupSafeJson,
  (value) => toJson(toJson(value)),
  (value) => toJson(toJson(value)).replaceAll('/', '\\/'),
  (value) => toJson(toJson(toJson(value))),
  (value) => value.replaceAll("'", String.raw`'\''`),
  (value) => value.replaceAll("'", `'"'"'`),
  (value) => value.replaceAll("'", String.raw`\'`),
  (value) => value.replaceAll(/[\\']/g, String.raw`\$&`),
  (value) => value.replaceAll(/[\\"$`]/g, String.raw`\$&`),
  (value) => value.replaceAll(/[\\"$`!]/g, String.raw`\$&`),
  (value) => value.replaceAll(/[^\w@%+=:,./\-\x80-\uffff]/g, String.raw`\$&`),
  (value) => value.replaceAll(/[^\w@%+=:./\-\x80-\uffff]/g, String.raw`\$&`),
  (value) => toByteEscapes(value, (byte) => `\\${byte.toString(8).padStart(3, '0')}`),
  (value) => toByteEscapes(value, (byte) => `\\${byte.toString(8).padStart(3, '0')}`).replaceAll("'", String.raw`\'`),
  (value) => toByteEscapes(value, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`),
  toPercent,
  withLowerHex(toPercent),
  toStrictPercent,
  withLowerHex(toStrictPercent),
  (value) => toPercent(value).replaceAll('%2F', '/'),
  toForm,
  withLowerHex(toForm),
  (value) => encodeURI(value.toWellFormed()),
  (value) => toPercent(toPercent(value)),
  toHtml,
  (value) => toHtml(value).replaceAll('&#39;', '&#x27;'),
  (value) => toHtml(value).replaceAll('&#39;', '&apos;').replaceAll('&quot;', '&#34;'),
  (value) => toHtml(value).replaceAll('&#39;', "'").replaceAll('&quot;', '"'),
  (value) => toHtml(value).replaceAll('&#39;', "'"),
  (value) => value.replaceAll("'", "''"),
  (value) => value.replaceAll('"', '""'),
];

/** The value as every escape writes it, each spelling once; spellings that equal the value are left out. */
export function toEscapedSpellings(value: string): Set<string> {
  const spellings = new Set<string>();
  if (ESCAPE_FREE.test(value)) return spellings;
  for (const escape of ESCAPES) spellings.add(escape(value));
  spellings.delete(value);
  return spellings;
}
