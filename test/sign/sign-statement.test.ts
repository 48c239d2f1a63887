import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { toPreAuthEncoding } from '../../src/seal/dsse.ts';
import { areStampsOfSignature, inspectBundle } from '../../src/sign/bundle.ts';
import { type Fault, githubIssuer, makeToken, startSigstore, workflow } from '../support/sigstore.ts';
import { signSample, statement } from './signed-sample.ts';

const sigstore = await startSigstore();
afterEach(() => sigstore.faults.clear());

/** Silence is waited for; before it, the authority must have had the time to answer on a busy machine. */
function toPatience(path: string, fault: Fault): number {
  if (fault !== 'silence') return 20_000;
  return path === '/api/v2/signingCert' ? 150 : 1500;
}

describe('signing a statement', () => {
  it('gives a bundle v0.3 of exactly these bytes, whose signature node:crypto accepts under its certificate', async () => {
    const signed = await signSample(sigstore);
    const bundle = JSON.parse(Buffer.from(signed.bundle).toString('utf8'));
    expect(bundle.mediaType).toBe('application/vnd.dev.sigstore.bundle.v0.3+json');
    const { payload, payloadType, signatures } = bundle.dsseEnvelope;
    expect(payloadType).toBe('application/vnd.in-toto+json');
    expect(Buffer.from(payload, 'base64').equals(statement)).toBe(true);
    const material = bundle.verificationMaterial;
    const certificate = new X509Certificate(Buffer.from(material.certificate.rawBytes, 'base64'));
    const key = createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' }));
    const signature = Buffer.from(signatures[0].sig, 'base64');
    expect(verify('sha256', toPreAuthEncoding(payloadType, statement), key, signature)).toBe(true);
    expect(certificate.subjectAltName).toContain(workflow);
    expect(material.tlogEntries).toHaveLength(1);
    expect(material.timestampVerificationData.rfc3161Timestamps).toHaveLength(1);
    expect(signed).toMatchObject({
      identity: workflow,
      issuer: githubIssuer,
      logIndex: expect.stringMatching(/^\d+$/),
    });
  });

  it('sends the identity token to the certificate authority alone', async () => {
    sigstore.requests.length = 0;
    const identityToken = makeToken({ jti: 'only-once' });
    await signSample(sigstore, { identityToken });
    const holders = sigstore.requests.filter(({ body, path }) => `${body}${path}`.includes(identityToken));
    expect(holders.map(({ path }) => path)).toEqual(['/api/v2/signingCert']);
  });

  it('asks neither a log nor a timestamp authority that the instance has not', async () => {
    sigstore.requests.length = 0;
    const signed = await signSample({ instance: { ...sigstore.instance, rekorUrl: null } });
    expect(sigstore.requests.map(({ path }) => path)).toEqual(['/api/v2/signingCert', '/api/v1/timestamp']);
    expect(signed.loggedAt).toBeUndefined();
  });

  const ca = '/api/v2/signingCert';
  const log = '/api/v1/log/entries';
  const tsa = '/api/v1/timestamp';
  it.each([
    [
      'certificate_refused',
      'a token that the authority refuses',
      ca,
      { status: 400, body: '{"message":"nope TOKEN"}' },
    ],
    ['certificate_refused', 'an authority that knows no such issuer', ca, { status: 403 }],
    ['certificate_unavailable', 'an authority in trouble', ca, { status: 500 }],
    ['certificate_unavailable', 'an authority with too much to do', ca, { status: 429 }],
    ['timed_out', 'an authority that never answers', ca, 'silence'],
    ['bad_answer', 'an authority that answers with no JSON', ca, { body: '<html>' }],
    ['bad_answer', 'an authority that answers with no certificate', ca, { body: '{}' }],
    ['bad_answer', 'an empty chain', ca, { body: '{"signedCertificateEmbeddedSct":{"chain":{"certificates":[]}}}' }],
    ['log_unavailable', 'a log in trouble', log, { status: 502 }],
    ['log_unavailable', 'a log that refuses', log, { status: 400 }],
    ['timed_out', 'a log that never answers', log, 'silence'],
    ['bad_answer', 'a log that answers with no entry', log, { body: '{}' }],
    ['timestamp_unavailable', 'a timestamp authority in trouble', tsa, { status: 503 }],
    ['timed_out', 'a timestamp authority that never answers', tsa, 'silence'],
    ['bad_answer', 'a login page where the timestamp authority should be', tsa, { body: '<html>' }],
  ] as const)('fails as %s for %s, and says nothing of what it said', async (code, _, path, fault) => {
    sigstore.faults.set(path, fault);
    const identityToken = makeToken();
    const error: unknown = await signSample(sigstore, { identityToken, requestMs: toPatience(path, fault) }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'SignError', code });
    const said = error instanceof Error ? `${error.message}${error.stack}` : '';
    expect(said).toContain('127.0.0.1');
    expect(said).not.toContain('TOKEN');
    expect(said).not.toContain(identityToken.slice(0, 20));
  });

  it('refuses a certificate for a key that is not the one that signed', async () => {
    const other = await signSample(sigstore);
    const { rawBytes } = JSON.parse(Buffer.from(other.bundle).toString('utf8')).verificationMaterial.certificate;
    const pem = `-----BEGIN CERTIFICATE-----\n${rawBytes}\n-----END CERTIFICATE-----\n`;
    const body = JSON.stringify({ signedCertificateEmbeddedSct: { chain: { certificates: [pem] } } });
    sigstore.faults.set(ca, { body });
    const instance = { ...sigstore.instance, rekorUrl: null };
    await expect(signSample({ instance })).rejects.toMatchObject({ code: 'bad_answer' });
  });

  it('tells a timestamp of this signature from that of another', async () => {
    const [own, other] = await Promise.all([signSample(sigstore), signSample(sigstore)]);
    const { bundle } = await inspectBundle(own.bundle);
    expect(await areStampsOfSignature(bundle)).toBe(true);
    const { verificationMaterial } = (await inspectBundle(other.bundle)).bundle;
    expect(await areStampsOfSignature({ ...bundle, verificationMaterial })).toBe(false);
  });

  it('ends in all when each part is slow, and at once when it is given up', async () => {
    sigstore.faults.set(ca, 'silence');
    await expect(signSample(sigstore, { totalMs: 100 })).rejects.toMatchObject({ code: 'timed_out' });
    const controller = new AbortController();
    const signing = signSample(sigstore, { signal: controller.signal });
    controller.abort('cancelled');
    await expect(signing).rejects.toMatchObject({ code: 'cancelled' });
    await expect(signSample(sigstore, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('tries again what a service could not do at first', async () => {
    const { faults, requests } = sigstore;
    requests.length = 0;
    faults.set(tsa, { status: 503 });
    const signing = signSample(sigstore, { retries: 3 });
    await expect.poll(() => requests.some(({ path }) => path === tsa)).toBe(true);
    faults.clear();
    await expect(signing).resolves.toMatchObject({ identity: workflow });
  });

  it.each([
    ['nothing', ''],
    ['no token', 'hello'],
    ['a token of two parts', 'e30.e30'],
    ['a token without a subject', makeToken({ sub: undefined })],
    ['an address that nobody verified', makeToken({ email: 'a@b.example' })],
    ['one of a megabyte', `${makeToken()}${'A'.repeat(1_000_000)}`],
  ])('sends %s to nobody', async (_, identityToken) => {
    sigstore.requests.length = 0;
    await expect(signSample(sigstore, { identityToken })).rejects.toMatchObject({ code: 'no_identity_token' });
    expect(sigstore.requests).toEqual([]);
  });

  it.each([
    ['without encryption', { fulcioUrl: 'http://fulcio.example' }],
    ['with credentials', { fulcioUrl: 'https://me:secret@fulcio.example' }],
    ['that is none', { rekorUrl: 'rekor.example' }],
    ['of nobody who knows the time', { rekorUrl: null, tsaUrl: null }],
  ])('refuses an instance with an address %s', async (_, addresses) => {
    const instance = { ...sigstore.instance, ...addresses };
    const error: unknown = await signSample({ instance }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'bad_instance', message: expect.not.stringContaining('secret') });
  });
});
