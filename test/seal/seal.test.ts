import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../src/lib/canonical.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { foldEvents } from '../../src/record/fold.ts';
import { envelope as envelopeSchema } from '../../src/schema/envelope.ts';
import { toClaims } from '../../src/seal/claims.ts';
import { generateKeys, makeSigner, parseTrustedKey } from '../../src/seal/keys.ts';
import { sealRecord } from '../../src/seal/seal.ts';
import { verifyEnvelope } from '../../src/seal/verify.ts';
import { at, fullRun } from '../record/sample-run.ts';
import { type Loose, evidenceId, sealRun } from './forge.ts';
import { failedRun, lostRun, minimalRun } from './vectors-good.ts';

const runs = { fullRun, failedRun, lostRun, minimalRun };

function sealLoosely(change: (record: Loose) => void) {
  const record: Loose = structuredClone(foldEvents(fullRun()));
  change(record);
  const producer = { name: 'quoderat', version: '0.1.0', component: 'embedded' as const };
  return sealRecord({ record, evidenceId, sealedAt: at(9001), producer, claims: { mechanical: [], no_claims: [] } });
}

describe('sealRecord', () => {
  it.each(Object.entries(runs))(
    'writes the RFC 8785 bytes of an envelope that the schema accepts: %s',
    async (_, run) => {
      const { bytes, envelope, sha256: digest } = await sealRun(run(), makeSigner(generateKeys().privatePem));
      expect(bytes.toString()).toBe(toCanonicalJson(envelope));
      expect(digest).toBe(sha256(bytes));
      expect(envelopeSchema.parse(JSON.parse(bytes.toString()))).toEqual(envelope);
    },
  );

  it('writes the RFC 8785 bytes whatever an observation holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ unit: 'binary' }), fc.integer()), async (value) => {
        const { bytes, envelope } = await sealLoosely((record) => (record.observations[0].value = value));
        expect(bytes.toString()).toBe(toCanonicalJson(envelope));
        const verdict = await verifyEnvelope(bytes, { authenticityAsked: false, expected: {} });
        expect(verdict.exit_code).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same bytes for the same record', async () => {
    expect((await sealRun(fullRun())).sha256).toBe((await sealRun(fullRun())).sha256);
  });

  it('seals keys that assignment would lose', async () => {
    const { bytes } = await sealLoosely(
      (record) => (record.observations[0].value = JSON.parse('{"__proto__":{"a":1},"toJSON":2}')),
    );
    expect(bytes.toString()).toContain('{"__proto__":{"a":1},"toJSON":2}');
    expect((await verifyEnvelope(bytes, { authenticityAsked: false, expected: {} })).exit_code).toBe(0);
  });

  it.each<[what: string, pointer: string, change: (record: Loose) => void]>([
    ['an unknown member', '/execution/steps/0', (record) => (record.execution.steps[0].note = 'x')],
    ['an unknown member of the whole', '/', (record) => (record.note = 'x')],
    ['a missing member', '/artifacts/1/sha256', (record) => delete record.artifacts[1].sha256],
    ['a wrong type', '/events/emitted', (record) => (record.events.emitted = '1')],
    ['a Date', '/execution/started_at', (record) => (record.execution.started_at = new Date(0))],
    ['a Map', '/subject/meta', (record) => (record.subject.meta = new Map())],
    ['NaN', '/observations/0/value', (record) => (record.observations[0].value = Number.NaN)],
    ['an integer beyond 2^53', '/artifacts/0/size_bytes', (record) => (record.artifacts[0].size_bytes = 2 ** 53)],
  ])('refuses %s and says where', async (_, pointer, change) => {
    await expect(sealLoosely(change)).rejects.toMatchObject({
      code: 'invalid_record',
      message: expect.stringContaining(`${pointer}:`),
    });
  });

  it.each<[what: string, value: unknown]>([
    ['-0', -0],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate as a key', { '\udfff': 1 }],
    ['an integer beyond 2^53 inside free JSON', [2 ** 60]],
  ])('refuses %s, which would be altered by being written', async (_, value) => {
    await expect(sealLoosely((record) => (record.observations[0].value = value))).rejects.toMatchObject({
      code: 'invalid_record',
    });
  });
});

describe('the seal signature', () => {
  it('is believed by the key that made it and by no other', async () => {
    const mine = generateKeys();
    const other = parseTrustedKey(generateKeys().publicPem);
    const { bytes } = await sealRun(fullRun(), makeSigner(mine.privatePem));
    const ask = (trustedKeys: Parameters<typeof verifyEnvelope>[1]['trustedKeys']) =>
      verifyEnvelope(bytes, { ...(trustedKeys && { trustedKeys }), authenticityAsked: true, expected: {} });
    expect(await ask([other, parseTrustedKey(mine.publicPem)])).toMatchObject({
      authentic: { answer: 'yes', keyids: [mine.keyid] },
      exit_code: 0,
    });
    expect(await ask([other])).toMatchObject({ authentic: { answer: 'no' }, exit_code: 1 });
    expect(await ask(undefined)).toMatchObject({ authentic: { answer: 'undecidable' }, exit_code: 3 });
  });
});

describe('toClaims', () => {
  it('says of an unsigned embedded seal that anybody could have made it', () => {
    const { mechanical, no_claims } = toClaims(foldEvents(fullRun()), 'embedded', false);
    expect(no_claims).toEqual(
      expect.arrayContaining(['sealed_inside_job', 'unsigned', 'forgeable_by_job', 'runner_context_self_reported']),
    );
    expect(mechanical).not.toContain('signed_by_key');
  });

  it('claims more only where there is more', () => {
    const record = foldEvents(fullRun());
    const verified = {
      ...record,
      plan: { ...record.plan, expected_plan_hash: record.plan.plan_hash },
      runner_context: { ...record.runner_context, basis: 'oidc_verified' as const },
    };
    const { mechanical, no_claims } = toClaims(verified, 'server', true);
    expect(mechanical).toEqual(
      expect.arrayContaining([
        'plan_hash_enforced',
        'sealed_apart_from_job',
        'signed_by_key',
        'runner_identity_verified',
      ]),
    );
    for (const code of ['sealed_inside_job', 'unsigned', 'runner_context_self_reported', 'output_partial'])
      expect(no_claims).not.toContain(code);
  });

  it('says of a lost run that its end was not seen and that output is missing', () => {
    expect(toClaims(foldEvents(lostRun()), 'embedded', false).no_claims).toEqual(
      expect.arrayContaining(['end_of_run_unseen', 'output_partial']),
    );
  });
});
