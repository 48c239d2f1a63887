import { generateKeyPairSync } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDsse, payloadTypes, toPreAuthEncoding } from '../../src/seal/dsse.ts';
import { generateKeys, makeSigner, parseTrustedKey } from '../../src/seal/keys.ts';
import { toSealMessage } from '../../src/seal/seal-statement.ts';
import { makeDsseEnvelope, toStatement } from '../../src/seal/statement.ts';
import { fullRun } from '../record/sample-run.ts';
import { sealRun } from './forge.ts';

const folder = mkdtempSync(join(tmpdir(), 'quoderat-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, data: Uint8Array | string): string {
  writeFileSync(join(folder, name), data);
  return join(folder, name);
}

function opensslVerifies(publicPem: string, message: Uint8Array, signature: Uint8Array): boolean {
  const files = [write('pub.pem', publicPem), write('message', message), write('signature', signature)] as const;
  const args = ['pkeyutl', '-verify', '-pubin', '-inkey', files[0], '-rawin', '-in', files[1], '-sigfile', files[2]];
  return execFileSync('openssl', args, { encoding: 'utf8' }).includes('Verified Successfully');
}

describe('keys', () => {
  it('that openssl made can sign, and have the keyid that sha256 gives of their DER', () => {
    const key = join(folder, 'key.pem');
    execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', key]);
    const publicPem = execFileSync('openssl', ['pkey', '-in', key, '-pubout'], { encoding: 'utf8' });
    const der = execFileSync('openssl', ['pkey', '-in', key, '-pubout', '-outform', 'DER']);
    const digest = execFileSync('openssl', ['dgst', '-sha256', '-r', write('der', der)], { encoding: 'utf8' }).slice(
      0,
      64,
    );
    expect(makeSigner(readFileSync(key, 'utf8')).keyid).toBe(digest);
    expect(parseTrustedKey(publicPem).keyid).toBe(digest);
  });

  it('that were generated sign what only their own public half believes', async () => {
    const { privatePem, publicPem, keyid } = generateKeys();
    const signer = makeSigner(privatePem);
    const signature = await signer.sign(Buffer.from('message'));
    expect(signer.keyid).toBe(keyid);
    expect(parseTrustedKey(publicPem).verify(Buffer.from('message'), signature)).toBe(true);
    expect(parseTrustedKey(publicPem).verify(Buffer.from('massage'), signature)).toBe(false);
    expect(parseTrustedKey(generateKeys().publicPem).verify(Buffer.from('message'), signature)).toBe(false);
  });

  const { privatePem, publicPem } = generateKeys();
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const encrypted = generateKeyPairSync('ed25519').privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'x',
  });
  it.each<[what: string, code: string, pem: string]>([
    ['an encrypted key', 'encrypted', encrypted.toString()],
    ['an RSA key', 'wrong_type', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['an RSA key in its own form', 'wrong_type', rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['a public key', 'wrong_half', publicPem],
    ['a text', 'not_pem', 'hunter2hunter2'],
    ['a key that lost its line breaks', 'not_pem', privatePem.replaceAll('\n', ' ')],
    ['a key that was cut', 'not_pem', privatePem.replace(/.{12}\n-----END/, '\n-----END')],
    ['two keys', 'not_pem', privatePem + privatePem],
  ])('do not come from %s, and the error holds nothing of it', (_, code, pem) => {
    const body = pem.split('\n').find((line) => line.length > 20 && !line.startsWith('-----')) ?? pem;
    try {
      makeSigner(pem);
      expect.unreachable('the key was taken');
    } catch (error) {
      expect(error).toMatchObject({ name: 'KeyError', code });
      expect(error).not.toHaveProperty('cause');
      expect(String(error)).not.toContain(body.slice(0, 20));
    }
  });

  it('that are private are not taken where signatures are checked', () => {
    expect(() => parseTrustedKey(privatePem)).toThrow(expect.objectContaining({ code: 'wrong_half' }));
    expect(() => parseTrustedKey(rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString())).toThrow(
      expect.objectContaining({ code: 'wrong_type' }),
    );
  });
});

describe('signatures', () => {
  const { privatePem, publicPem } = generateKeys();
  const signer = makeSigner(privatePem);

  it('of a seal are believed by openssl', async () => {
    const { envelope } = await sealRun(fullRun(), signer);
    const sig = Buffer.from(envelope.integrity.signatures[0]?.sig ?? '', 'base64');
    expect(opensslVerifies(publicPem, toSealMessage({ ...envelope, ...envelope.integrity }), sig)).toBe(true);
  });

  it('of the in-toto sidecar are believed by openssl, over the exact payload', async () => {
    const { envelope, sha256 } = await sealRun(fullRun(), signer);
    const statement = toStatement(envelope, sha256);
    const dsse = JSON.parse((await makeDsseEnvelope(statement, signer)).toString());
    expect(Buffer.from(dsse.payload, 'base64').equals(statement)).toBe(true);
    const sig = Buffer.from(dsse.signatures[0].sig, 'base64');
    expect(opensslVerifies(publicPem, toPreAuthEncoding(dsse.payloadType, statement), sig)).toBe(true);
  });
});

describe('the in-toto sidecar', () => {
  const { privatePem, publicPem, keyid } = generateKeys();
  const options = { payloadType: payloadTypes.statement, trustedKeys: [parseTrustedKey(publicPem)] };

  it('is about the commit, the envelope file and each artifact', async () => {
    const { envelope, sha256 } = await sealRun(fullRun());
    const statement = JSON.parse(toStatement(envelope, sha256).toString());
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://quoderat.io/evidence-envelope/v1',
      predicate: {
        evidence_id: envelope.evidence_id,
        status: 'success',
        head_entry_hash: envelope.integrity.head_entry_hash,
      },
    });
    expect(statement.subject).toHaveLength(2 + envelope.artifacts.length);
    expect(statement.subject[0]).toEqual({
      name: 'https://github.com/acme/shop',
      digest: { gitCommit: envelope.subject.id },
    });
    expect(statement.subject[1]).toEqual({ name: 'envelope.json', digest: { sha256 } });
    expect(statement.subject[2]).toEqual({
      name: 'artifacts/manifest',
      digest: { sha256: envelope.artifacts[0]?.sha256 },
    });
  });

  it('has no signatures without a key', async () => {
    const dsse = await makeDsseEnvelope(Buffer.from('{}'));
    expect(JSON.parse(dsse.toString())).toEqual({
      payload: 'e30=',
      payloadType: 'application/vnd.in-toto+json',
      signatures: [],
    });
    expect(openDsse(dsse, options)).toEqual({ payload: Buffer.from('{}'), keyids: [] });
  });

  it('tells who signed exactly these bytes', async () => {
    const dsse = await makeDsseEnvelope(Buffer.from('{}'), makeSigner(privatePem));
    expect(openDsse(dsse, options).keyids).toEqual([keyid]);
    const forged = Buffer.from(dsse.toString().replace('e30=', 'e30K'));
    expect(openDsse(forged, options).keyids).toEqual([]);
    const retyped = Buffer.from(dsse.toString().replace('vnd.in-toto', 'vnd.other'));
    expect(() => openDsse(retyped, options)).toThrow(expect.objectContaining({ code: 'not_an_envelope' }));
    expect(openDsse(retyped, { ...options, payloadType: 'application/vnd.other+json' }).keyids).toEqual([]);
  });
});
