import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { limits } from '../../src/lib/limits.ts';
import { predicateType } from '../../src/seal/statement.ts';
import { sigstoreProblemCodes } from '../../src/sign/verify-bundle.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/signing.md'), 'utf8');

it('docs/signing.md explains every code that a Sigstore answer can have, and no other', () => {
  const told = Array.from(text.matchAll(/^\| `(sigstore_\w+)` \| (?:no|undecidable) \|/gm), (match) => match[1]);
  expect(new Set(told)).toEqual(new Set<string>(sigstoreProblemCodes));
  expect(told).toHaveLength(sigstoreProblemCodes.length);
});

it('docs/signing.md names the type and the number that the program has', () => {
  expect(text.split(predicateType)).toHaveLength(3);
  expect(text).toContain(limits.statementSubjects.toLocaleString('en-US'));
});
