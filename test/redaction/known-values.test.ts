import { describe, expect, it } from 'vitest';
import { makeRedactor } from '../../src/redaction/redactor.ts';

const VALUE = `s3cr3t/Va+lue with'q"uote $x & é<b>`;
const redactor = makeRedactor({ secrets: [{ name: 'TOK', value: VALUE }], rules: [] });
const bytes = Buffer.from(VALUE);
const hex = bytes.toString('hex');
const MASK = '[redacted:TOK]';
const json = (value: string): string => JSON.stringify(value).slice(1, -1);
const url = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');

const forms: [string, string][] = [
  ['as it is', VALUE],
  ['base64', bytes.toString('base64')],
  ['base64 without padding', bytes.toString('base64').replaceAll('=', '')],
  ['base64url', bytes.toString('base64url')],
  ['percent-encoding of encodeURIComponent', encodeURIComponent(VALUE)],
  [
    'percent-encoding with lower-case hex',
    encodeURIComponent(VALUE).replaceAll(/%../g, (found) => found.toLowerCase()),
  ],
  ['strict percent-encoding', encodeURIComponent(VALUE).replaceAll("'", '%27')],
  ['percent-encoding that spares slashes', encodeURIComponent(VALUE).replaceAll('%2F', '/')],
  ['form encoding', new URLSearchParams([['', VALUE]]).toString().slice(1)],
  ['percent-encoding of every byte', hex.replaceAll(/../g, '%$&')],
  ['percent-encoding twice', encodeURIComponent(encodeURIComponent(VALUE))],
  ['hex', hex],
  ['hex in upper case', hex.toUpperCase()],
  ['hex with colons', hex.replaceAll(/..(?!$)/g, '$&:')],
  ['hex with spaces', hex.replaceAll(/..(?!$)/g, '$& ')],
  ['hex in upper case with colons', hex.toUpperCase().replaceAll(/..(?!$)/g, '$&:')],
  ['hex in groups', hex.replaceAll(/....(?!$)/g, '$& ')],
  ['hex escapes', hex.replaceAll(/../g, String.raw`\x$&`)],
  ['JSON', json(VALUE)],
  ['JSON with escaped slashes', json(VALUE).replaceAll('/', String.raw`\/`)],
  ['JSON in ASCII', json(VALUE).replaceAll('é', String.raw`\u00e9`)],
  ['JSON in ASCII, upper-case hex', json(VALUE).replaceAll('é', String.raw`\u00E9`)],
  ['JSON inside JSON', json(json(VALUE))],
  ['JSON that is safe in HTML', json(VALUE).replaceAll(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`)],
  ['shell single quotes', VALUE.replaceAll("'", String.raw`'\''`)],
  ['shell single quotes with double quotes', VALUE.replaceAll("'", `'"'"'`)],
  ['shell double quotes', VALUE.replaceAll(/["$`\\]/g, String.raw`\$&`)],
  ['printf %q', VALUE.replaceAll(/[^\w@%+=:,./é-]/g, String.raw`\$&`)],
  ['bash $-quotes', VALUE.replaceAll("'", String.raw`\'`).replaceAll('é', String.raw`\303\251`)],
  ['bytes of Python', VALUE.replaceAll('é', String.raw`\xc3\xa9`)],
  [
    'HTML',
    VALUE.replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  ],
  ['XML text', VALUE.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
  ['doubled single quotes', VALUE.replaceAll("'", "''")],
  ['doubled double quotes', VALUE.replaceAll('"', '""')],
];

describe('a known value', () => {
  it.each(forms)('is replaced in its form: %s', (_, form) => {
    const { text, hits } = redactor.text(`before ${form} after`);
    expect(text).toBe(`before ${MASK} after`);
    expect(hits).toEqual([
      { rule_id: 'TOK', match_type: form === VALUE ? 'known_value' : 'encoded_value', match_count: 1 },
    ]);
  });

  it.each([0, 1, 2, 3, 4, 5])('is replaced inside a larger base64 text, %i bytes from its begin', (count) => {
    const larger = Buffer.from(`${'u'.repeat(count)}${VALUE}:tail`).toString('base64');
    for (const text of [larger, url(larger)]) {
      const redacted = redactor.text(`auth=${text}.`).text;
      expect(redacted).toContain(MASK);
      const rest = redacted.replace(MASK, '').replace('auth=', '');
      // What is left of it, whichever way it is decoded, says nothing: fewer characters than one byte of the value needs.
      expect(Buffer.from(rest, 'base64').toString('latin1')).not.toMatch(/s3c|b>/);
    }
  });

  it.each([60, 64, 76])('is replaced when the base64 that holds it is wrapped at %i columns', (columns) => {
    const long = 'k9'.repeat(120);
    const wrapping = makeRedactor({ secrets: [{ name: 'LONG', value: long }], rules: [] });
    for (const lead of ['', 'x', 'xy', 'some words before it: ', 'x'.repeat(43)])
      for (const lineEnd of ['\n', '\r\n', '\\n']) {
        const all = Buffer.from(`${lead}${long}`).toString('base64');
        const wrapped = (all.match(new RegExp(`.{1,${columns}}`, 'g')) ?? []).join(lineEnd);
        const { text } = wrapping.text(wrapped);
        const kept = text.replaceAll('[redacted:LONG]', ' ').split(/\s|\\n/);
        // At a line's border up to 8 characters (6 bytes) may stay; the lead is no secret.
        for (const part of kept) expect(part.length).toBeLessThanOrEqual(Math.ceil(lead.length / 3) * 4 + 8);
      }
  });

  it('is replaced in a hex dump of 16 bytes to a line', () => {
    const rows = (hex.match(/.{1,32}/g) ?? []).map((row, index) => `0000${index}0: ${row.replaceAll(/..../g, '$& ')}`);
    const { text } = redactor.text(rows.join('\n'));
    expect(text.match(/[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}/g)).toBeNull();
  });

  it('is replaced as UTF-16, and in the base64 of it', () => {
    const wide = Buffer.from(VALUE, 'utf16le');
    const stream = redactor.stream();
    const output = Buffer.concat([stream.push(wide), stream.end()]);
    expect(output.includes(wide.subarray(8, 20))).toBe(false);
    expect(redactor.text(wide.toString('base64')).text).toBe(MASK);
  });

  it('that begins another is replaced with it, no fragment left', () => {
    const nested = makeRedactor({
      secrets: [
        { name: 'SHORT', value: 'abcd' },
        { name: 'LONG', value: 'abcd-efgh' },
        { name: 'TAIL', value: 'efgh-ijkl' },
      ],
      rules: [],
    });
    expect(nested.text('x abcd-efgh y').text).toBe('x [redacted:LONG] y');
    expect(nested.text('x abcd-efgh-ijkl y').text).toBe('x [redacted:LONG] y');
    expect(nested.text('abcd abcd').hits).toEqual([{ rule_id: 'SHORT', match_type: 'known_value', match_count: 2 }]);
  });

  it('of several lines is replaced line by line, escaped, and as a whole when its lines are short', () => {
    const lines = 'first long line\nab\nthird long line';
    const multi = makeRedactor({ secrets: [{ name: 'M', value: lines }], rules: [] });
    expect(multi.text('> third long line <').text).toBe('> [redacted:M] <');
    expect(multi.text(`> ${lines} <`).text).toBe('> [redacted:M] <');
    expect(multi.text(`> ${lines.replaceAll('\n', '\r\n')} <`).text).toBe('> [redacted:M] <');
    expect(multi.text(JSON.stringify({ lines })).text).toBe('{"lines":"[redacted:M]"}');
    expect(multi.text('ab and -----BEGIN PRIVATE KEY-----').text).toBe('ab and -----BEGIN PRIVATE KEY-----');
  });

  it.each(['', 'a', 'abc', '   ', ' ab '])('of less than four characters is not searched for: %j', (value) => {
    const tiny = makeRedactor({ secrets: [{ name: 'TINY', value }], rules: [] });
    expect(tiny.text('a abc ab   value').hits).toEqual([]);
  });

  it('leaves no part of itself in the marker', () => {
    const self = makeRedactor({
      secrets: [
        { name: 'MY_PASSWORD', value: 'MY_PASSWORD' },
        { name: 'WORD', value: 'redacted' },
      ],
      rules: [],
    });
    expect(self.text('a MY_PASSWORD b redacted c').text).toBe('a [***] b [***] c');
  });

  it.each(['$&$1$$', '.*+?^${}()|[]\\', '[redacted:X]', 'a\tb\u0001c', 'пароль-секрет', '🔑🔑🔑🔑'])(
    'may hold anything: %j',
    (value) => {
      const odd = makeRedactor({ secrets: [{ name: 'ODD NAME"', value }], rules: [] });
      expect(odd.text(`<<${value}>>`).text).toBe('<<[redacted:ODD_NAME_]>>');
    },
  );

  it('is found among thousands', () => {
    const secrets = Array.from({ length: 5000 }, (_, index) => ({
      name: `S${index}`,
      value: `https://hooks.example/${index}/${(index * 7919).toString(36)}xyz`,
    }));
    const many = makeRedactor({ secrets, rules: [] });
    for (const index of [0, 17, 4999]) {
      const { name, value } = secrets[index]!;
      expect(many.text(`to ${value} now`).text).toBe(`to [redacted:${name}] now`);
      expect(many.text(`to ${Buffer.from(`a${value}b`).toString('base64')}`).hits).toEqual([
        { rule_id: name, match_type: 'encoded_value', match_count: 1 },
      ]);
    }
  });

  it('of 60 kB is replaced whole, as it is and in base64, with one marker', () => {
    const value = Array.from({ length: 10_000 }, (_, index) => ((index * 48_271) % 1_000_003).toString(36))
      .join('-')
      .slice(0, 60_000);
    const large = makeRedactor({ secrets: [{ name: 'BIG', value }], rules: [] });
    expect(large.text(`a ${value} b`).text).toBe('a [redacted:BIG] b');
    expect(large.text(`a ${Buffer.from(value).toString('base64')} b`).text).toBe('a [redacted:BIG] b');
  });

  it('is not seen in ordinary text', () => {
    const text = 'lorem s3cr3t ipsum Va+lue quote 7333 c2Vj with';
    expect(redactor.text(text)).toEqual({ text, hits: [] });
  });
});
