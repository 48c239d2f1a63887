import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sha256 } from '../../src/lib/hash.ts';
import { isObject } from '../../src/lib/json.ts';
import { type Envelope, envelope } from '../../src/schema/envelope.ts';
import { problemCodes } from '../../src/seal/problems.ts';
import { readVector } from './forge.ts';
import { toSealMessage } from '../../src/seal/seal-statement.ts';

const text = readFileSync(resolve(import.meta.dirname, '../../docs/envelope.md'), 'utf8');

/** Every property name and every word of an enumeration in a JSON Schema. */
function toWords(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(toWords);
  if (!isObject(schema)) return [];
  const { properties, enum: values } = schema;
  const own = [
    ...(isObject(properties) ? Object.keys(properties) : []),
    ...(Array.isArray(values) ? values.map(String) : []),
  ];
  return [...own, ...Object.values(schema).flatMap(toWords)];
}

describe('docs/envelope.md', () => {
  it('names every member of the schema and every word of its closed sets', () => {
    const words = [...new Set(toWords(z.toJSONSchema(envelope, { unrepresentable: 'any' })))];
    expect(words.length).toBeGreaterThan(150);
    expect(words.filter((word) => !text.includes(`\`${word}\``) && !text.includes(`\`"${word}"\``))).toEqual([]);
  });

  it('explains every code that a verdict can have', () => {
    expect(problemCodes.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
  });

  it('shows the hashes of the chain vector', () => {
    const chain: Envelope['integrity']['hash_chain'] = readVector('chain.json').hash_chain;
    for (const { payload_sha256, entry_hash } of chain) {
      expect(text).toContain(payload_sha256);
      expect(text).toContain(entry_hash);
    }
  });

  it('shows the bytes and the signature of the signed vector', () => {
    const signed: Envelope = readVector('good/signed.json');
    const message = toSealMessage({ ...signed, ...signed.integrity });
    expect(text).toContain(message.toString());
    expect(text).toContain(sha256(message));
    expect(text).toContain(signed.integrity.signatures[0]?.sig);
    expect(text).toContain(signed.integrity.signatures[0]?.keyid);
  });
});
