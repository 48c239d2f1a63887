import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../src/lib/canonical.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { toChain } from '../../src/seal/chain.ts';
import { toPreAuthEncoding } from '../../src/seal/dsse.ts';
import { EnvelopeError } from '../../src/seal/errors.ts';
import { scanJson } from '../../src/seal/json-scan.ts';
import { parseTrustedKey } from '../../src/seal/keys.ts';
import { verifyEnvelope } from '../../src/seal/verify.ts';
import { readVector } from './forge.ts';
import type { Vector } from './vectors-good.ts';

const folder = resolve(import.meta.dirname, '../vectors');
const vectors: Omit<Vector, 'bytes'>[] = readVector('index.json');
const scratch = mkdtempSync(join(tmpdir(), 'quoderat-vectors-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function listFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .toSorted();
}

type Answers = { problems: string[][] };

/** The verdict in the words of the index. */
async function judge({ file, trusted_key }: Omit<Vector, 'bytes'>): Promise<Answers> {
  const trustedKeys = trusted_key === null ? [] : [parseTrustedKey(readFileSync(join(folder, trusted_key), 'utf8'))];
  try {
    const verdict = await verifyEnvelope(readFileSync(join(folder, file)), {
      trustedKeys,
      authenticityAsked: trusted_key !== null,
      expected: {},
    });
    const { intact, complete, authentic, exit_code } = verdict;
    const problems = Object.entries({ intact, complete, authentic }).flatMap(([answer, { problems }]) =>
      problems.map(({ pointer, code }) => [answer, pointer, code]),
    );
    const answers = { intact: intact.answer, complete: complete.answer, authentic: authentic.answer };
    return Object.assign({ exit_code, problems }, answers);
  } catch (error) {
    if (error instanceof EnvelopeError) return Object.assign({ exit_code: 2, problems: [] }, { error: error.code });
    throw error;
  }
}

function sortProblems({ problems, ...rest }: Answers): unknown {
  return { ...rest, problems: problems.map((problem) => problem.join(' ')).toSorted() };
}

/** The index says what is in a vector's favour by leaving it out. */
function toExpected({ expect: { problems = [], ...answers } }: Omit<Vector, 'bytes'>): unknown {
  return sortProblems(Object.assign({ problems }, answers));
}

describe('the published vectors', () => {
  it.each(vectors)('$file is judged as the index says: $note', async (vector) => {
    expect(sortProblems(await judge(vector))).toEqual(toExpected(vector));
  });

  it('are judged alike by a second verifier that was written from docs/envelope.md in another language', () => {
    const script = resolve(import.meta.dirname, '../support/verify_envelope.py');
    const output = execFileSync('python3', [script, '--index', join(folder, 'index.json')], { encoding: 'utf8' });
    const answers: Answers[] = JSON.parse(output);
    expect(answers.map((answer, nth) => [vectors[nth]?.file, sortProblems(answer)])).toEqual(
      vectors.map((vector) => [vector.file, toExpected(vector)]),
    );
  });

  it('are what scripts/make-vectors.ts makes', () => {
    execFileSync(process.execPath, [resolve(import.meta.dirname, '../../scripts/make-vectors.ts'), scratch]);
    expect(listFiles(scratch)).toEqual(listFiles(folder));
    for (const file of listFiles(scratch))
      expect(readFileSync(join(scratch, file)).equals(readFileSync(join(folder, file))), file).toBe(true);
  });
});

type Canonical = {
  canonical: { input: string; canonical: string; sha256: string }[];
  refused: { input: string; code: string }[];
};

function readCanonical(): Canonical {
  return readVector('canonical.json');
}

describe('the known answers', () => {
  const { canonical, refused } = readCanonical();

  it.each(canonical)('canonical form of $input', ({ input, canonical, sha256: digest }) => {
    expect(toCanonicalJson(JSON.parse(input))).toBe(canonical);
    expect(sha256(canonical)).toBe(digest);
    expect(scanJson(Buffer.from(input)).canonical).toBe(input === canonical);
    expect(scanJson(Buffer.from(canonical)).canonical).toBe(true);
  });

  it.each(refused)('$input is refused: $code', ({ input, code }) => {
    expect(() => scanJson(Buffer.from(input))).toThrow(expect.objectContaining({ code }));
  });

  it('the chain over three payloads', () => {
    const answer: { evidence_id: string; payloads: { pointer: string; payload: string }[]; hash_chain: unknown } =
      readVector('chain.json');
    const leaves = answer.payloads.map(({ pointer, payload }) => ({ pointer, payload_sha256: sha256(payload) }));
    expect(toChain(answer.evidence_id, leaves)).toEqual(answer.hash_chain);
  });

  it("DSSE's own example of a pre-authentication encoding, and lengths in bytes", () => {
    const answers: { payload_type: string; payload: string; pae_hex: string }[] = readVector('pae.json');
    for (const { payload_type, payload, pae_hex } of answers)
      expect(toPreAuthEncoding(payload_type, Buffer.from(payload)).toString('hex')).toBe(pae_hex);
    expect(toPreAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world')).toString()).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
  });
});
