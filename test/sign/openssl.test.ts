import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { toPreAuthEncoding } from '../../src/seal/dsse.ts';
import { startSigstore } from '../support/sigstore.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { signSample, statement } from './signed-sample.ts';

it('is a signature, a certificate and a timestamp that openssl accepts without us', async () => {
  await using sigstore = await startSigstore();
  await using dir = await makeTempDir();
  const { bundle } = await signSample(sigstore);
  const { dsseEnvelope, verificationMaterial } = JSON.parse(Buffer.from(bundle).toString('utf8'));
  const root = JSON.parse(sigstore.trustedRoot());
  const [stampCert, stampRoot] = root.timestampAuthorities[0].certChain.certificates;
  const [stamp] = verificationMaterial.timestampVerificationData.rfc3161Timestamps;
  const files: Record<string, Uint8Array | string> = {
    'pae.bin': toPreAuthEncoding(dsseEnvelope.payloadType, statement),
    'sig.bin': Buffer.from(dsseEnvelope.signatures[0].sig, 'base64'),
    'leaf.pem': toPem(verificationMaterial.certificate.rawBytes),
    'ca.pem': toPem(root.certificateAuthorities[0].certChain.certificates[0].rawBytes),
    'stamp.pem': toPem(stampCert.rawBytes),
    'stamp-root.pem': toPem(stampRoot.rawBytes),
    'stamp.tsr': Buffer.from(stamp.signedTimestamp, 'base64'),
  };
  for (const [name, data] of Object.entries(files)) await writeFile(join(dir.path, name), data);
  const openssl = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('openssl', args, { cwd: dir.path })).stdout;
  await writeFile(join(dir.path, 'key.pem'), await openssl('x509', '-in', 'leaf.pem', '-noout', '-pubkey'));
  const signature = ['dgst', '-sha256', '-verify', 'key.pem', '-signature', 'sig.bin', 'pae.bin'];
  expect(await openssl(...signature)).toContain('Verified OK');
  const chain = ['verify', '-CAfile', 'ca.pem', '-purpose', 'any', '-ignore_critical', 'leaf.pem'];
  expect(await openssl(...chain)).toContain('leaf.pem: OK');
  const time = ['ts', '-verify', '-data', 'sig.bin', '-in', 'stamp.tsr', '-CAfile', 'stamp-root.pem'];
  const { stdout, stderr } = await promisify(execFile)('openssl', [...time, '-untrusted', 'stamp.pem'], {
    cwd: dir.path,
  });
  expect(`${stdout}${stderr}`).toContain('Verification: OK');
});

function toPem(base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
