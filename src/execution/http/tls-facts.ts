import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { TlsFacts } from '../../schema/step-observations.ts';
import { toErrorCode } from './request-error.ts';

/** What the two sides agreed on, and who the other one says it is. */
export function toTlsFacts(socket: TLSSocket): TlsFacts {
  const certificate = socket.getPeerCertificate();
  return {
    version: socket.getProtocol(),
    cipher: socket.getCipher()?.standardName ?? null,
    authorized: socket.authorized,
    refusal: socket.authorized ? null : toErrorCode(toError(socket.authorizationError)),
    certificate: Object.keys(certificate).length === 0 ? null : toCertificate(certificate),
  };
}

/** Why a certificate was refused, or what else went wrong, in words where there are some. */
export function explainTlsError(error: unknown): string {
  const code = toErrorCode(error);
  const words = reasons[code];
  return words === undefined ? code : `${words} (${code})`;
}

const reasons: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself and not trusted; name it in ca',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate leads to one that is not trusted; name that in ca',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'who signed its certificate is not trusted; name that certificate in ca',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'who signed its certificate is not trusted; name that certificate in ca',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

function toCertificate(certificate: PeerCertificate): NonNullable<TlsFacts['certificate']> {
  return {
    subject: toName(certificate.subject),
    issuer: toName(certificate.issuer),
    valid_from: toTime(certificate.valid_from),
    valid_to: toTime(certificate.valid_to),
    fingerprint_sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

/** `CN=localhost, O=Example`. Bounded, since it is a stranger's. */
function toName(name: PeerCertificate['subject'] | undefined): string {
  const parts = Object.entries(name ?? {}).map(([key, value]) => `${key}=${[value].flat().join('+')}`);
  return parts.join(', ').slice(0, 400).toWellFormed();
}

/** OpenSSL's `Nov 21 09:27:19 2026 GMT` as UTC. */
function toTime(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? '' : new Date(at).toISOString();
}

function toError(error: unknown): unknown {
  return typeof error === 'string' ? Object.assign(new Error(error), { code: error }) : error;
}
