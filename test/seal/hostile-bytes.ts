import { tamper } from './forge.ts';
import { type Case, broken } from './hostile-case.ts';

/** Bytes that are no canonical JSON, or none at all. */
export function makeOfBytes(full: Uint8Array): Case[] {
  const text = Buffer.from(full).toString('utf8');
  const edit = (from: string, to: string): Buffer => Buffer.from(text.replace(from, () => to));
  const notCanonical = broken(['', 'not_canonical']);
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
  return [
    ['pretty', 'the same value with white space', Buffer.from(JSON.stringify(JSON.parse(text), null, 1)), notCanonical],
    ['newline', 'one line feed at the end', Buffer.from(`${text}\n`), notCanonical],
    ['escaped', 'a letter written as an escape', edit('"octocat"', '"\\u006fctocat"'), notCanonical],
    ['exponent', 'a number in another spelling', edit('"duration_ms":500', '"duration_ms":5e2'), notCanonical],
    [
      'key-order',
      'two keys exchanged',
      edit('"acknowledged":10,"dropped":0', '"dropped":0,"acknowledged":10'),
      notCanonical,
    ],
    [
      'duplicate-key',
      'JSON.parse would keep the last',
      edit('{"artifacts"', '{"schema_version":"1.0","artifacts"'),
      { error: 'duplicate_key' },
    ],
    [
      'duplicate-escaped-key',
      'the same, hidden in an escape',
      edit('"status":"success","steps"', '"status":"failed","st\\u0061tus":"success","steps"'),
      { error: 'duplicate_key' },
    ],
    ['large-integer', '2^53', edit('8589934592', '9007199254740992'), { error: 'unsafe_number' }],
    ['minus-zero', '-0', edit('"dropped":0', '"dropped":-0'), { error: 'unsafe_number' }],
    ['infinite', '1e999', edit('"dropped":0', '"dropped":1e999'), { error: 'unsafe_number' }],
    ['lone-surrogate', 'half a character', edit('"octocat"', '"\\ud800"'), { error: 'lone_surrogate' }],
    [
      'not-utf8',
      'a byte that is none',
      Buffer.concat([full.subarray(0, 20), Buffer.from([0xff]), full.subarray(20)]),
      { error: 'not_utf8' },
    ],
    [
      'encoded-surrogate',
      'CESU-8: a surrogate as three bytes',
      Buffer.concat([full.subarray(0, 20), Buffer.from([0xed, 0xa0, 0x80]), full.subarray(20)]),
      { error: 'not_utf8' },
    ],
    ['byte-order-mark', 'a BOM', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), full]), { error: 'not_json' }],
    ['deep', 'nested too deep', edit('{"artifacts"', `{"a":${deep},"artifacts"`), { error: 'too_deep' }],
    ['cut', 'the end is missing', full.subarray(0, full.length - 7), { error: 'not_json' }],
    ['second-document', 'another document behind it', Buffer.from(`${text}{}`), { error: 'not_json' }],
    ['empty', 'nothing at all', Buffer.alloc(0), { error: 'not_json' }],
    ['array', 'no object', Buffer.from('[]'), { error: 'not_an_envelope' }],
    ['no-version', 'no schema_version', tamper(full, (e) => delete e.schema_version), { error: 'not_an_envelope' }],
    [
      'next-major',
      'a version that nobody knows yet',
      tamper(full, (e) => (e.schema_version = '2.0')),
      { error: 'unknown_version' },
    ],
  ];
}
