import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../../src/lib/canonical.ts';
import { sha256 } from '../../../src/lib/hash.ts';
import { toEmbeddedJson } from '../../../src/render/html/embedded-json.ts';
import { readVector } from '../../seal/forge.ts';
import { type PageCheck, runInPage } from './page-script.ts';

const folder = resolve(import.meta.dirname, '../../vectors');
type Vector = {
  file: string;
  expect: { exit_code: number; intact?: string; authentic?: string; problems?: string[][] };
  trusted_key: string | null;
};
const vectors: Vector[] = readVector('index.json');
const judged = vectors.filter(({ expect: { exit_code: code } }) => code !== 2);

/** What no hash covers, and the form of signatures, is for `quoderat verify`: the page says nothing of it. */
const notOfTheChain = new Set(['uncovered', 'missing', 'wrong_type']);

const check = `quoderatReport.checkEnvelope({
  text, keys, hasher: quoderatReport.makeHasher(), toWritten: (canonical) => canonical, onProgress: async () => {},
})`;

async function checkText(
  text: string,
  keys: unknown[] = [],
  globals: Record<string, unknown> = {},
): Promise<PageCheck> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the script exports, through JSON
  return (await runInPage(check, { text, keys, ...globals })) as PageCheck;
}

const readText = (file: string): string => readFileSync(join(folder, file), 'utf8');
const isIntact = ({ payloads, links, sums, isCanonical }: PageCheck): boolean =>
  payloads.length + links.length + sums.length === 0 && isCanonical;

describe('the canonical form in the page', () => {
  it('is that of the sealer for any JSON', async () => {
    const texts = fc.sample(fc.json({ stringUnit: 'binary' }), 2000).concat(
      fc
        .sample(fc.object({ key: fc.string({ unit: 'binary', maxLength: 3 }), withNullPrototype: true }), 300)
        .map((value) => JSON.stringify(value)),
      [
        '-0',
        '1e400',
        '9007199254740993',
        '"\\ud800"',
        '{"__proto__":{"toJSON":1},"10":1,"9":2,"\\ufb33":3,"\\ud83d\\ude00":4}',
        '['.repeat(200) + ']'.repeat(200),
      ],
    );
    const wanted = texts.map((text) => {
      try {
        return toCanonicalJson(JSON.parse(text));
      } catch {
        return null;
      }
    });
    const expression = `texts.map((text) => { try { return quoderatReport.toCanonicalJson(JSON.parse(text)) } catch { return null } })`;
    expect(await runInPage(expression, { texts })).toEqual(wanted);
    expect(wanted.filter((text) => text === null).length).toBeGreaterThan(3);
  });

  it('can be told from the escapes by which it is embedded, and nothing in it can end its element', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const json = JSON.stringify({ value, own: '</script><!-- \u2028\u202E\u{E0041}\u0085' });
        const embedded = toEmbeddedJson(json);
        expect(embedded).not.toMatch(/[<\u2028\u2029\u007F-\u009F\p{Cf}]/u);
        expect(JSON.parse(embedded)).toEqual(JSON.parse(json));
      }),
    );
  });
});

describe('SHA-256 in the page', () => {
  it('is right without WebCrypto, for texts of any length', async () => {
    const lengths = [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100_000];
    const wanted = lengths.map((length) => sha256('é'.repeat(length)));
    const expression = `lengths.map((length) => quoderatReport.hashInScript(new TextEncoder().encode('é'.repeat(length))))`;
    expect(await runInPage(expression, { lengths })).toEqual(wanted);
  });

  it('says which of the two it is', async () => {
    expect(await runInPage('quoderatReport.makeHasher().name')).toContain('WebCrypto SHA-256');
    expect(await runInPage('quoderatReport.makeHasher().name', { crypto: undefined })).toContain('own SHA-256');
  });
});

describe('the check in the page', () => {
  it.each(judged)('agrees with the verifier on $file', async ({ file, expect: { intact, problems = [] } }) => {
    const told = problems.filter(
      ([answer, pointer = '', code = '']) =>
        answer === 'intact' && !notOfTheChain.has(code) && !pointer.startsWith('/integrity/signatures'),
    );
    const text = readText(file);
    const result = await checkText(text);
    expect({ file, intact: isIntact(result) }).toEqual({ file, intact: intact === 'yes' || told.length === 0 });
    expect(result.isCanonical).toBe(!told.some(([, , code]) => code === 'not_canonical'));
  });

  it('names the very pointers that were changed, added or removed', async () => {
    const codes = new Set(['changed', 'added', 'removed']);
    for (const {
      file,
      expect: { problems = [] },
    } of judged) {
      const wanted = problems
        .filter(([answer, , code]) => answer === 'intact' && codes.has(code ?? ''))
        .map(([, pointer = '']) => pointer);
      const { payloads } = await checkText(readText(file));
      const named = payloads.filter(({ says }) => !says.startsWith('moved')).map(({ pointer }) => pointer);
      expect({ file, named: named.toSorted((a, b) => (a < b ? -1 : 1)) }).toEqual({
        file,
        named: wanted.toSorted((a, b) => (a < b ? -1 : 1)),
      });
    }
  });

  it('comes to the same without WebCrypto', async () => {
    const text = readText('good/full.json');
    expect(await checkText(text, [], { crypto: undefined })).toEqual(await checkText(text));
  });

  it('notices a key that stands twice, which parsing drops', async () => {
    const text = readText('good/minimal.json').replace('{"artifacts"', '{"artifacts":[1],"artifacts"');
    const result = await checkText(text);
    expect({ payloads: result.payloads, isCanonical: result.isCanonical }).toEqual({
      payloads: [],
      isCanonical: false,
    });
  });

  it('says of a signature whether it holds for the key at hand, and else that it was not checked', async () => {
    const pem = readText('keys/one.pub.pem').replaceAll(/-----[A-Z ]+-----|\s/g, '');
    const spki = Buffer.from(pem, 'base64');
    const key = { name: 'one', spki: new Uint8Array(spki), keyid: sha256(spki) };
    const signed = readText('good/signed.json');
    const answersOf = async (text: string, keys: unknown[]): Promise<string[]> =>
      (await checkText(text, keys)).signatures.map(({ answer }) => answer);
    expect(await answersOf(signed, [key])).toEqual(['holds']);
    expect(await answersOf(signed, [])).toEqual(['no_key']);
    expect(await answersOf(readText('hostile/signature-changed.json'), [key])).toEqual(['does_not_hold']);
    expect(
      await answersOf(
        readText('hostile/step-changed.json').replace(
          '"signatures":[]',
          signed.match(/"signatures":\[.*?\]/)?.[0] ?? '',
        ),
        [key],
      ),
    ).toEqual(['does_not_hold']);
  });
});
