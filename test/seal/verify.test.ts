import { describe, expect, it } from 'vitest';
import type { Expectations } from '../../src/schema/verdict.ts';
import type { OpenArtifact } from '../../src/seal/artifact-bytes.ts';
import { verifyEnvelope } from '../../src/seal/verify.ts';
import { fullRun, hex } from '../record/sample-run.ts';
import { type Loose, reseal, sealRun, tamper } from './forge.ts';

const { bytes, envelope } = await sealRun(fullRun());

/** The texts that the sample run's artifacts were made from. */
const texts = new Map(
  ['version: 1\n', '{}', '', 'install 1 said so\n', 'unit 1 said so\n', 'unit 2 said so\n', '<testsuites/>'].map(
    (text) => [hex(text), text],
  ),
);

async function* toChunks(text: string): AsyncGenerator<Uint8Array> {
  for (const character of text) yield Buffer.from(character);
}

function openFrom(files: Map<string, string>): OpenArtifact {
  return async (sha256) => {
    const text = files.get(sha256);
    return text === undefined ? null : toChunks(text);
  };
}

function check(openArtifact: OpenArtifact, of: Uint8Array = bytes) {
  return verifyEnvelope(of, { authenticityAsked: false, expected: {}, openArtifact });
}

describe('complete', () => {
  it('holds when every artifact is at hand with its bytes', async () => {
    const { complete, exit_code } = await check(openFrom(texts));
    expect(complete).toEqual({
      answer: 'yes',
      problems: [],
      artifacts: { total: 9, matched: 9, missing: [], checked: true },
    });
    expect(exit_code).toBe(0);
  });

  it('lists what is missing, which is exit code 4', async () => {
    const { complete, exit_code } = await check(
      openFrom(new Map([...texts].filter(([, text]) => text !== '<testsuites/>'))),
    );
    expect(complete).toMatchObject({
      answer: 'artifacts_missing',
      artifacts: { matched: 8, missing: ['unit/2/report/0'] },
    });
    expect(exit_code).toBe(4);
  });

  it.each([
    ['other bytes', '<testsuitez/>'],
    ['more bytes', '<testsuites/>\n'],
    ['fewer bytes', '<testsuites/'],
  ])('says no to %s under the name', async (_, text) => {
    const { complete, exit_code } = await check(openFrom(new Map([...texts, [hex('<testsuites/>'), text]])));
    expect(complete.answer).toBe('no');
    expect(complete.problems).toMatchObject([{ pointer: '/artifacts/8', code: 'artifact_mismatch' }]);
    expect(exit_code).toBe(1);
  });

  it('stops reading an endless artifact', async () => {
    let given = 0;
    const endless: OpenArtifact = async () => ({
      async *[Symbol.asyncIterator]() {
        for (;;) {
          given += 1;
          yield Buffer.alloc(1024);
        }
      },
    });
    expect((await check(endless)).complete.answer).toBe('no');
    expect(given).toBeLessThan(100);
  });

  it('says of an artifact that cannot be read that it is there and unreadable', async () => {
    const broken: OpenArtifact = async (sha256) => {
      if (sha256 === hex('{}')) throw new Error('EIO');
      return openFrom(texts)(sha256);
    };
    expect((await check(broken)).complete.problems).toMatchObject([
      { pointer: '/artifacts/1', code: 'artifact_unreadable' },
    ]);
  });

  it('opens no artifact of a document whose members have wrong types', async () => {
    const broken = await reseal(bytes, (e: Loose) => (e.artifacts[0].size_bytes = 'many'));
    const refuse: OpenArtifact = () => Promise.reject(new Error('opened'));
    expect((await check(refuse, broken)).complete.problems).toMatchObject([
      { pointer: '/artifacts/0/size_bytes', code: 'schema' },
    ]);
  });
});

describe('expected', () => {
  const commit = envelope.subject.id ?? '';
  const head = envelope.integrity.head_entry_hash;
  const ask = async (expected: Expectations, of: Uint8Array = bytes) => {
    const verdict = await verifyEnvelope(of, { authenticityAsked: false, expected });
    return { ...verdict.expected, exit_code: verdict.exit_code };
  };

  it.each<[what: string, expected: Expectations]>([
    ['the name', { repo: 'acme/shop' }],
    ['the URL', { repo: 'https://github.com/acme/shop' }],
    ['the URL to clone from', { repo: 'https://GitHub.com/acme/shop.git/' }],
    ['the SSH URL', { repo: 'git@github.com:acme/shop.git' }],
    ['another SSH URL', { repo: 'ssh://git@github.com/acme/shop' }],
    ['the commit', { commit }],
    ['seven digits of the commit', { commit: commit.slice(0, 7) }],
    [
      'everything',
      { repo: 'acme/shop', commit, head, plan_hash: envelope.plan.plan_hash, evidence_id: envelope.evidence_id },
    ],
  ])('holds for %s', async (_, expected) => {
    expect(await ask(expected)).toMatchObject({ answer: 'yes', problems: [], exit_code: 0 });
  });

  it.each<[what: string, pointer: string, expected: Expectations]>([
    ['a part of the name', '/subject/repo', { repo: 'acme/sho' }],
    ['another host', '/subject/repo', { repo: 'https://github.com.evil.example/acme/shop' }],
    ['another path', '/subject/repo', { repo: 'https://github.com/acme/shop2' }],
    ['six digits of the commit', '/subject/id', { commit: commit.slice(0, 6) }],
    ['no commit', '/subject/id', { commit: '' }],
    ['another commit', '/subject/id', { commit: '0'.repeat(40) }],
    ['a part of the head', '/integrity/head_entry_hash', { head: head.slice(0, 32) }],
    ['another plan', '/plan/plan_hash', { plan_hash: '0'.repeat(64) }],
    ['another evidence', '/evidence_id', { evidence_id: envelope.run_id }],
  ])('does not hold for %s', async (_, pointer, expected) => {
    expect(await ask(expected)).toMatchObject({
      answer: 'no',
      problems: [{ pointer, code: 'not_expected' }],
      exit_code: 1,
    });
  });

  it('compares the head that the document gives, not the one that it declares', async () => {
    const forged = tamper(bytes, (e: Loose) => (e.artifacts[0].size_bytes = 1));
    expect(await ask({ head }, forged)).toMatchObject({ answer: 'no' });
  });
});

describe('the four answers', () => {
  it('are separate, and what is false weighs more than what is undecided, and that more than what is missing', async () => {
    const nothing: OpenArtifact = () => Promise.resolve(null);
    const ask = (expected: Expectations, authenticityAsked: boolean) =>
      verifyEnvelope(bytes, { authenticityAsked, expected, openArtifact: nothing });
    expect((await ask({}, false)).exit_code).toBe(4);
    expect((await ask({}, true)).exit_code).toBe(3);
    const verdict = await ask({ commit: '0'.repeat(40) }, true);
    expect(verdict.exit_code).toBe(1);
    expect([verdict.intact.answer, verdict.complete.answer, verdict.authentic.answer, verdict.expected.answer]).toEqual(
      ['yes', 'artifacts_missing', 'undecidable', 'no'],
    );
  });

  it('keeps texts of the file from moving a cursor in messages', async () => {
    const forged = tamper(bytes, (e: Loose) => (e.integrity['\u001b[2J\u009b\u202e'] = 1));
    const { intact } = await verifyEnvelope(forged, { authenticityAsked: false, expected: {} });
    expect(intact.problems[0]?.message).toMatch(/^[\x20-\x7e]+$/);
  });

  it('gives answers for a document whose every member has a wrong type', async () => {
    const names = Object.keys(envelope).filter((name) => name !== 'schema_version');
    const wreck = Buffer.from(
      JSON.stringify({ ...Object.fromEntries(names.map((name) => [name, 7])), schema_version: '1.0' }),
    );
    const verdict = await verifyEnvelope(wreck, {
      authenticityAsked: true,
      expected: { repo: 'acme/shop', commit: '1234567' },
    });
    expect(verdict).toMatchObject({
      intact: { answer: 'no' },
      complete: { answer: 'no' },
      expected: { answer: 'no' },
      exit_code: 1,
    });
  });
});
