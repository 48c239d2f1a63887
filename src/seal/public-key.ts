import { createPublicKey } from 'node:crypto';
import { KeyError } from './errors.ts';

/** The public half of a private key that makeSigner takes, as SubjectPublicKeyInfo PEM. @throws KeyError not_pem */
export function toPublicPem(privatePem: string): string {
  try {
    return createPublicKey(privatePem).export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    // No cause: what OpenSSL says of a key stays out of logs.
    throw new KeyError('not_pem', 'the private key cannot be decoded; was it cut or altered?');
  }
}
