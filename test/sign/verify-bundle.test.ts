import { describe, expect, it } from 'vitest';
import { limits } from '../../src/lib/limits.ts';
import { makeDsse, payloadTypes } from '../../src/seal/dsse.ts';
import { toStatement } from '../../src/seal/statement.ts';
import { githubIssuer, makeToken, startSigstore, workflow } from '../support/sigstore.ts';
import { askAbout, sample, signSample, statement } from './signed-sample.ts';

const sigstore = await startSigstore();
const root = sigstore.trustedRoot();
const signed = await signSample(sigstore);
const stamped = await signSample({ instance: { ...sigstore.instance, rekorUrl: null } });
const logged = await signSample({ instance: { ...sigstore.instance, tsaUrl: null } });

// oxlint-disable-next-line typescript/no-explicit-any -- a raw document whose members a test changes at will
type Loose = any;

function change(bundle: Uint8Array, edit: (bundle: Loose) => void): Buffer {
  const value: Loose = JSON.parse(Buffer.from(bundle).toString('utf8'));
  edit(value);
  return Buffer.from(JSON.stringify(value));
}

function flip(base64: string, at = 10): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes.toString('base64');
}

async function codesOf(...asked: Parameters<typeof askAbout>): Promise<string[]> {
  const { answer, problems } = await askAbout(...asked);
  return [answer, ...problems.map(({ code }) => code)];
}

const text = Buffer.from(signed.bundle);
const sidecar = await makeDsse(payloadTypes.statement, statement);

describe('a Sigstore signature', () => {
  it('is accepted from the workflow and issuer that were expected, with the times that are proven', async () => {
    const { answer, problems, facts } = await askAbout(signed.bundle, root);
    expect({ answer, problems }).toEqual({ answer: 'yes', problems: [] });
    expect(facts).toMatchObject({ identity: workflow, issuer: githubIssuer, log_index: signed.logIndex });
    expect(facts?.times.map(({ source }) => source).toSorted()).toEqual(['log', 'timestamp_authority']);
    for (const { at } of facts?.times ?? []) expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(600_000);
  });

  it('is accepted with a log alone, and with a timestamp alone where the instance has no log', async () => {
    expect(await codesOf(logged.bundle, root)).toEqual(['yes']);
    expect(await codesOf(stamped.bundle, sigstore.trustedRoot({ log: false }))).toEqual(['yes']);
  });

  it('must be in the log of an instance that has one', async () => {
    expect(await codesOf(stamped.bundle, root)).toEqual(['no', 'sigstore_bad_log_proof']);
  });

  it('tells what the identity provider said of the job', async () => {
    const claims = { sha: 'a'.repeat(40), repository: 'acme/shop', run_id: '77', run_attempt: '2' };
    const { bundle } = await signSample(sigstore, { identityToken: makeToken(claims) });
    expect((await askAbout(bundle, root)).facts).toMatchObject({
      source_digest: 'a'.repeat(40),
      run_url: 'https://github.com/acme/shop/actions/runs/77/attempts/2',
    });
  });

  it('tells nothing of the log that only the log could promise: neither the time of an entry nor its number', async () => {
    const bundle = change(signed.bundle, (b) => {
      const [entry] = b.verificationMaterial.tlogEntries;
      delete entry.inclusionPromise;
      Object.assign(entry, { logIndex: '77', integratedTime: '1' });
    });
    const { answer, facts } = await askAbout(bundle, root);
    expect(answer).toBe('yes');
    expect(facts).toMatchObject({ log_index: null, times: [{ source: 'timestamp_authority' }] });
  });

  it('is found among several trusted instances, one a line', async () => {
    await using other = await startSigstore();
    expect(await codesOf(signed.bundle, `${other.trustedRoot()}\n${root}\n`)).toEqual(['yes']);
    expect(await codesOf(signed.bundle, `${root}\n${other.trustedRoot({ log: false })}\n`)).toEqual(['yes']);
  });

  it('cannot be decided without a bundle, a root, or somebody who is expected', async () => {
    expect(await codesOf(null, root)).toEqual(['undecidable', 'sigstore_missing']);
    expect(await codesOf(signed.bundle, null)).toEqual(['undecidable', 'sigstore_no_trusted_root']);
    const nobody = await askAbout(signed.bundle, root, { identity: undefined });
    expect(nobody).toMatchObject({ answer: 'undecidable', facts: { identity: workflow } });
    expect(await codesOf(signed.bundle, root, { issuer: undefined })).toEqual([
      'undecidable',
      'sigstore_no_expectation',
    ]);
  });

  it.each([
    ['another workflow', { identity: `${workflow}x` }, 'sigstore_other_identity'],
    ['a part of the name', { identity: workflow.slice(0, -1) }, 'sigstore_other_identity'],
    ['a pattern for a part of it', { identity: /acme\/shop/ }, 'sigstore_other_identity'],
    [
      'a pattern with a choice that would escape',
      { identity: /nobody|https:.*/u, issuer: 'https://x' },
      'sigstore_other_issuer',
    ],
    ['another issuer', { issuer: 'https://gitlab.com' }, 'sigstore_other_issuer'],
    ['the beginning of an issuer', { issuer: githubIssuer.slice(0, -1) }, 'sigstore_other_issuer'],
  ])('is refused where %s is expected', async (_, expected, code) => {
    expect(await codesOf(signed.bundle, root, expected)).toEqual(['no', code]);
  });

  it('is accepted by a pattern for the whole identity', async () => {
    const identity = /https:\/\/github\.com\/acme\/shop\/\.github\/workflows\/[^@]+@refs\/heads\/main/;
    expect(await codesOf(signed.bundle, root, { identity })).toEqual(['yes']);
    expect(await codesOf(signed.bundle, root, { identity: /x|https:.*main/ })).toEqual(['yes']);
  });
});

describe('a bundle that does not hold', () => {
  it.each(['envelope_sha256', 'head_entry_hash', 'evidence_id', 'run_id'] as const)(
    'is about another envelope when its %s is another',
    async (name) => {
      const about = { ...sample.facts, [name]: 'f'.repeat(64) };
      expect(await codesOf(signed.bundle, root, { about })).toEqual(['no', 'sigstore_other_envelope']);
    },
  );

  it('has a statement that was altered, or exchanged for another true one', async () => {
    const otherStatement = toStatement({ ...sample.envelope, artifacts: [] }, sample.sha256).toString('base64');
    for (const payload of [otherStatement, flip(Buffer.from(statement).toString('base64'), statement.length - 6)]) {
      const bundle = change(signed.bundle, (value) => (value.dsseEnvelope.payload = payload));
      expect((await askAbout(bundle, root)).answer).toBe('no');
    }
  });

  it('signs something else in good order', async () => {
    const foreign = await signSample(sigstore, {
      statement: Buffer.from(
        JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', predicateType: 'https://slsa.dev/provenance/v1' }),
      ),
    });
    expect(await codesOf(foreign.bundle, root)).toEqual(['no', 'sigstore_other_statement']);
    const text = await signSample(sigstore, { statement: Buffer.from('no JSON') });
    expect(await codesOf(text.bundle, root)).toEqual(['no', 'sigstore_other_statement']);
  });

  it.each<[string, string, (value: Loose) => void]>([
    [
      'its signature altered',
      'sigstore_bad_signature',
      (b) => (b.dsseEnvelope.signatures[0].sig = flip(b.dsseEnvelope.signatures[0].sig, 20)),
    ],
    ['no log entry', 'sigstore_bad_log_proof', (b) => (b.verificationMaterial.tlogEntries = [])],
    [
      'neither log entry nor timestamp',
      'sigstore_no_time',
      (b) => {
        b.verificationMaterial.tlogEntries = [];
        b.verificationMaterial.timestampVerificationData = {};
      },
    ],
    [
      'the log promise altered',
      'sigstore_bad_log_proof',
      (b) =>
        (b.verificationMaterial.tlogEntries[0].inclusionPromise.signedEntryTimestamp = flip(
          b.verificationMaterial.tlogEntries[0].inclusionPromise.signedEntryTimestamp,
          30,
        )),
    ],
    [
      'the time of the log altered',
      'sigstore_bad_log_proof',
      (b) =>
        (b.verificationMaterial.tlogEntries[0].integratedTime = String(
          Number(b.verificationMaterial.tlogEntries[0].integratedTime) + 1,
        )),
    ],
    [
      'the number in the log altered',
      'sigstore_bad_log_proof',
      (b) => (b.verificationMaterial.tlogEntries[0].logIndex = '5'),
    ],
    [
      'a hash of the proof altered',
      'sigstore_bad_log_proof',
      (b) =>
        (b.verificationMaterial.tlogEntries[0].inclusionProof.hashes[0] = flip(
          b.verificationMaterial.tlogEntries[0].inclusionProof.hashes[0],
        )),
    ],
    [
      'the same log entry twice',
      'sigstore_no_time',
      (b) => b.verificationMaterial.tlogEntries.push(b.verificationMaterial.tlogEntries[0]),
    ],
    [
      'its timestamp altered',
      'sigstore_no_time',
      (b) =>
        (b.verificationMaterial.timestampVerificationData.rfc3161Timestamps[0].signedTimestamp = flip(
          b.verificationMaterial.timestampVerificationData.rfc3161Timestamps[0].signedTimestamp,
          400,
        )),
    ],
  ])('is refused with %s', async (_, code, edit) => {
    expect(await codesOf(change(signed.bundle, edit), root)).toEqual(['no', code]);
  });

  it('is refused with the log entry, or the timestamp, of another signature', async () => {
    const other: Loose = JSON.parse(Buffer.from((await signSample(sigstore)).bundle).toString('utf8'));
    const withEntry = change(
      signed.bundle,
      (b) => (b.verificationMaterial.tlogEntries = other.verificationMaterial.tlogEntries),
    );
    expect(await codesOf(withEntry, root)).toEqual(['no', 'sigstore_bad_log_proof']);
    const { timestampVerificationData } = other.verificationMaterial;
    const withStamp = change(
      signed.bundle,
      (b) => (b.verificationMaterial.timestampVerificationData = timestampVerificationData),
    );
    expect(await codesOf(withStamp, root)).toEqual(['no', 'sigstore_no_time']);
  });

  it('is refused with the certificate of another signer in its place', async () => {
    const mallory = await signSample(sigstore, { identityToken: makeToken({ sub: 'https://github.com/mallory/x' }) });
    const { certificate } = JSON.parse(Buffer.from(signed.bundle).toString('utf8')).verificationMaterial;
    const bundle = change(mallory.bundle, (b) => (b.verificationMaterial.certificate = certificate));
    expect(await codesOf(bundle, root)).toEqual(['no', 'sigstore_bad_signature']);
    expect(await codesOf(mallory.bundle, root)).toEqual(['no', 'sigstore_other_identity']);
  });

  it('is refused when its authority, its log or its clock is not trusted', async () => {
    expect(await codesOf(signed.bundle, sigstore.trustedRoot({ otherCa: true }))).toEqual([
      'no',
      'sigstore_untrusted_certificate',
    ]);
    expect(await codesOf(signed.bundle, sigstore.trustedRoot({ otherCtLog: true }))).toEqual([
      'no',
      'sigstore_untrusted_certificate',
    ]);
    expect(await codesOf(signed.bundle, sigstore.trustedRoot({ otherLog: true }))).toEqual([
      'no',
      'sigstore_bad_log_proof',
    ]);
    const noStamps = sigstore.trustedRoot({ log: false, stamps: false });
    expect(await codesOf(stamped.bundle, noStamps)).toEqual(['no', 'sigstore_no_time']);
  });

  it('is refused when its certificate was over by the time that is proven', async () => {
    await using old = await startSigstore({ clock: new Date(Date.now() - 3_600_000) });
    const late = await signSample(old);
    expect(await codesOf(late.bundle, old.trustedRoot())).toEqual(['no', 'sigstore_untrusted_certificate']);
  });
});

describe('a bundle from a stranger', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['half a bundle', text.subarray(0, text.length / 2)],
    ['no UTF-8', Buffer.from([0xff, 0xfe])],
    ['null', Buffer.from('null')],
    ['a list', Buffer.from('[]')],
    ['an empty object', Buffer.from('{}')],
    ['a deep nest', Buffer.from(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)],
    ['more than is read', Buffer.alloc(limits.sigstoreBundleBytes + 1, ' ')],
    ['an unsigned sidecar', sidecar],
    ['a certificate of noise', change(text, (b) => (b.verificationMaterial.certificate.rawBytes = 'MIIB'))],
    ['no certificate', change(text, (b) => (b.verificationMaterial = { publicKey: { hint: 'x' }, tlogEntries: [] }))],
    ['two signatures', change(text, (b) => b.dsseEnvelope.signatures.push(b.dsseEnvelope.signatures[0]))],
    ['another type', change(text, (b) => (b.dsseEnvelope.payloadType = 'text/plain'))],
    [
      'thousands of log entries',
      change(
        text,
        (b) => (b.verificationMaterial.tlogEntries = Array(900).fill(b.verificationMaterial.tlogEntries[0])),
      ),
    ],
    [
      'a number of a million digits',
      change(text, (b) => (b.verificationMaterial.tlogEntries[0].inclusionProof.logIndex = '9'.repeat(1_000_000))),
    ],
    [
      'a proof without end',
      change(text, (b) => (b.verificationMaterial.tlogEntries[0].inclusionProof.hashes = Array(9000).fill('AAAA'))),
    ],
  ])('is refused when it is %s', async (_, bundle) => {
    expect(await codesOf(bundle, root)).toEqual(['no', 'sigstore_unreadable']);
  });

  it('never throws, whatever byte of it is changed', async () => {
    for (let at = 0; at < text.length; at += 97) {
      const bytes = Buffer.from(text);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0x15, at);
      const { answer } = await askAbout(bytes, root);
      if (answer === 'yes')
        expect(JSON.parse(bytes.toString('utf8')).dsseEnvelope).toEqual(JSON.parse(text.toString('utf8')).dsseEnvelope);
    }
  });
});
