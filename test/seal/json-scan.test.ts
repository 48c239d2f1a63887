import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../src/lib/canonical.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { EnvelopeError } from '../../src/seal/errors.ts';
import { scanJson } from '../../src/seal/json-scan.ts';
import { toElementSpans, toMemberSpans } from '../../src/seal/spans.ts';

const anyJson = fc.jsonValue({ stringUnit: 'binary' });

/** The scanner's opinion of a text: canonical, other, or the code of its refusal. */
function scan(text: string): string {
  try {
    return scanJson(Buffer.from(text)).canonical ? 'canonical' : 'other';
  } catch (error) {
    if (error instanceof EnvelopeError) return error.code;
    throw error;
  }
}

function isParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The canonical form, or null for a value that has none. */
function toCanonical(value: unknown): string | null {
  try {
    return toCanonicalJson(value);
  } catch {
    return null;
  }
}

describe('scanJson', () => {
  it('calls exactly those texts canonical that the canonicaliser would write', () => {
    fc.assert(
      fc.property(anyJson, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const canonical = toCanonical(JSON.parse(text));
        if (canonical === null) expect(scan(text)).toMatch(/unsafe_number|lone_surrogate/);
        else expect(scan(text)).toBe(text === canonical ? 'canonical' : 'other');
      }),
      { numRuns: 500 },
    );
  });

  it('lets nothing pass that JSON.parse refuses, and calls nothing malformed that it takes, after any small change', () => {
    fc.assert(
      fc.property(
        anyJson,
        fc.nat(),
        fc.constantFrom('', '"', ',', ':', '{', '}', '[', ']', '0', '-', '.', 'e', '\\', ' ', '\n', 'u', '\u0000'),
        (value, seed, piece) => {
          const text = JSON.stringify(value);
          const at = seed % (text.length + 1);
          const changed = text.slice(0, at) + piece + text.slice(at + (seed % 2));
          fc.pre(changed.isWellFormed());
          if (isParsed(changed)) expect(scan(changed)).not.toBe('not_json');
          else expect(scan(changed)).not.toMatch(/canonical|other/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('finds a key that stands twice, wherever and however it is written', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.string({ unit: 'binary' }).filter((key) => key.isWellFormed()),
          { minLength: 1 },
        ),
        fc.nat(),
        fc.nat(),
        fc.boolean(),
        (keys, which, where, escaped) => {
          const key = keys[which % keys.length] ?? '';
          const units = Array.from(
            { length: key.length },
            (_, at) => `\\u${key.charCodeAt(at).toString(16).padStart(4, '0')}`,
          );
          const twin = escaped ? `"${units.join('')}"` : JSON.stringify(key);
          const written = keys.map((each) => JSON.stringify(each));
          expect(scan(`{${written.map((each) => `${each}:1`).join(',')}}`)).toMatch(/canonical|other/);
          written.splice(where % (written.length + 1), 0, twin);
          expect(scan(`[{${written.map((each) => `${each}:{}`).join(',')}}]`)).toBe('duplicate_key');
        },
      ),
    );
  });

  it.each(['[', '{"a":'])('refuses a million levels of %s without a stack overflow', (opening) => {
    expect(scan(opening.repeat(1_000_000))).toBe('too_deep');
  });

  it('takes 128 levels, and no more', () => {
    expect(scan('['.repeat(128) + ']'.repeat(128))).toBe('canonical');
    expect(scan('['.repeat(129) + ']'.repeat(129))).toBe('too_deep');
  });

  it('refuses more values than there is room for', () => {
    expect(scan(`[${'0,'.repeat(12_000_000)}0]`)).toBe('too_many_values');
  });

  it('gives the same key again in different objects', () => {
    expect(scan('[{"a":{"a":1}},{"a":2}]')).toBe('canonical');
    expect(scan('{"b":{"a":1},"a":{"b":1,"a":2}}')).toBe('other');
  });

  it('says at which byte', () => {
    expect(() => scanJson(Buffer.from('{"é":01}'))).toThrow('byte 6:');
  });
});

describe('spans', () => {
  it('are the canonical forms of members and elements', () => {
    const writable = anyJson.filter((value) => toCanonical(value) !== null);
    fc.assert(
      fc.property(fc.array(writable), fc.dictionary(fc.string(), writable), (array, object) => {
        const elements = Buffer.from(toCanonicalJson(array));
        expect(toElementSpans(elements, 0).map(({ start, end }) => elements.subarray(start, end).toString())).toEqual(
          array.map((each) => toCanonicalJson(each)),
        );
        const members = Buffer.from(toCanonicalJson(object));
        const found = toMemberSpans(members, 0).map(({ name, value }) => [
          name,
          sha256(members.subarray(value.start, value.end)),
        ]);
        expect(found).toEqual(
          Object.keys(object)
            .toSorted()
            .map((name) => [name, sha256(toCanonicalJson(object[name]))]),
        );
      }),
    );
  });
});
