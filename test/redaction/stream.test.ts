import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRedactor } from '../../src/redaction/redactor.ts';
import { redactChunks, shapesOnly } from './support.ts';

const SECRETS = [
  { name: 'SHORT', value: 'hunt' },
  { name: 'LONGER', value: 'hunter2-and-more' },
  { name: 'QUOTED', value: `it's "a" $ecret\\with é & <b>/+?` },
  { name: 'LINES', value: 'first line of it\nab\nlast line here' },
  { name: 'TINY_LINES', value: 'a1\nb2\nc3d4' },
  { name: 'MARKER', value: '[redacted:LONGER]' },
  { name: 'BINARY', value: 'k\u0001\u0002\u00ff$&$1' },
];
const KEY = `-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEAzq3Vwvj8p9vQ2nX5\nq0W7uYx1ABCDEFGHIJKLMNOPQRSTUVWX\nabc=\n-----END RSA PRIVATE KEY-----`;
const redactor = makeRedactor({ secrets: SECRETS, rules: [{ id: 'ticket', pattern: 'INT-[0-9]{6}' }] });

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const pieces = [
  ...SECRETS.map(({ value }) => value),
  ...SECRETS.map(({ value }) => base64(value)),
  ...SECRETS.map(({ value }) => base64(`x${value}y`)),
  ...SECRETS.map(({ value }) => (base64(`prefix ${value} suffix`).match(/.{1,20}/g) ?? []).join('\n')),
  ...SECRETS.map(({ value }) => Buffer.from(value).toString('hex')),
  ...SECRETS.map(({ value }) => encodeURIComponent(value)),
  ...SECRETS.map(({ value }) => JSON.stringify({ value })),
  ...SECRETS.map(({ value }) => value.replaceAll('\n', '\r\n')),
  ...SECRETS.map(({ value }) => value.slice(0, -2)),
  KEY,
  KEY.slice(0, 90),
  KEY.replaceAll('\n', '\\n'),
  '-----BEGIN RSA PRIVATE KEY-----',
  '-----END RSA PRIVATE KEY-----',
  'INT-123456',
  'password=',
  'token: ',
  '"secret": "',
  'https://user:',
  '@host/',
  'Authorization: Bearer ',
  'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  ' ',
  '\n',
  '\r\n',
  '\r',
  'plain words ',
  '\u0000\u00ff',
  'a'.repeat(300),
];
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...pieces) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
const input = fc.array(piece, { maxLength: 24 }).map((all) => Buffer.from(all.join('')));

describe('a redaction stream', () => {
  it('gives the same bytes and receipts however its input is cut', () => {
    fc.assert(
      fc.property(input, fc.array(fc.nat(2000), { maxLength: 12 }), (bytes, cuts) => {
        const whole = redactChunks(redactor, bytes, []);
        expect(redactChunks(redactor, bytes, cuts)).toEqual(whole);
      }),
      { numRuns: 1500 },
    );
  });

  it('gives the same bytes and receipts when its input comes byte by byte', () => {
    fc.assert(
      fc.property(input, (bytes) => {
        const cuts = Array.from({ length: bytes.length }, (_, index) => index);
        expect(redactChunks(redactor, bytes, cuts)).toEqual(redactChunks(redactor, bytes, []));
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same bytes however a line is cut that is longer than what is held back', () => {
    const long = fc.array(fc.oneof(piece, fc.constantFrom('z'.repeat(9000), 'ab/'.repeat(7000))), {
      minLength: 20,
      maxLength: 40,
    });
    const cuts = fc.array(fc.nat(400_000), { maxLength: 12 });
    fc.assert(
      fc.property(long, cuts, (all, places) => {
        const bytes = Buffer.from(all.join('').replaceAll(/[\r\n]/g, ' '));
        expect(redactChunks(redactor, bytes, places).output.equals(redactChunks(redactor, bytes, []).output)).toBe(
          true,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('never lets a known value through', () => {
    fc.assert(
      fc.property(input, fc.array(fc.nat(2000), { maxLength: 6 }), (bytes, cuts) => {
        const { output } = redactChunks(redactor, bytes, cuts);
        for (const { name, value } of SECRETS) if (name !== 'MARKER') expect(output.includes(value)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves bytes that are no text as they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.nat(5000), (bytes, cut) => {
        expect(redactChunks(shapesOnly, Buffer.from(bytes), [cut]).output.equals(bytes)).toBe(true);
      }),
    );
  });

  it('lets a finished line go at once', () => {
    const stream = redactor.stream();
    expect(stream.push(Buffer.from('one\ntwo\r')).toString()).toBe('one\ntwo\r');
    expect(stream.push(Buffer.from('thr')).toString()).toBe('');
    expect(stream.push(Buffer.from('ee\nfour')).toString()).toBe('three\n');
    expect(stream.end().toString()).toBe('four');
  });

  it('holds a line back only while a value of several lines may go on in the next', () => {
    const stream = redactor.stream();
    expect(stream.push(Buffer.from('see a1\n')).toString()).toBe('see ');
    expect(stream.push(Buffer.from('b2\n')).toString()).toBe('');
    expect(stream.push(Buffer.from('other\n')).toString()).toBe('a1\nb2\nother\n');
  });

  it('gives bytes that do not change when the chunk is used again', () => {
    const stream = redactor.stream();
    const chunk = Buffer.from('first line\n');
    const output = stream.push(chunk);
    chunk.fill(0);
    stream.push(Buffer.from('x'.repeat(200)));
    expect(output.toString()).toBe('first line\n');
  });

  it('keeps back a bounded part of a line without end', () => {
    const stream = redactor.stream();
    const chunk = Buffer.alloc(10_000, 'ab ');
    let given = 0;
    for (let round = 1; round <= 200; round++) {
      given += stream.push(chunk).length;
      expect(round * chunk.length - given).toBeLessThanOrEqual(64 * 1024);
    }
    expect(given + stream.end().length).toBe(200 * chunk.length);
  });

  it('masks the body of a private key that never ends, and keeps none of it', () => {
    const stream = shapesOnly.stream();
    let output = stream.push(Buffer.from('before\n-----BEGIN PRIVATE KEY-----\n')).toString();
    for (let line = 0; line < 3000; line++)
      output += stream.push(Buffer.from(`${'MIIEvQIBADANBgkqhkiG9w0BAQ'.repeat(2)}\n`)).toString();
    expect(output).toBe('before\n[redacted:private-key]');
    expect(stream.end().toString()).toBe('\n');
  });

  it('lets the mention of a private key pass', () => {
    const text = 'expects a line -----BEGIN PRIVATE KEY-----\nand then more\n';
    expect(redactChunks(shapesOnly, Buffer.from(text), [50]).output.toString()).toBe(text);
  });
});
