import type { X509Certificate } from '@sigstore/core';

/** Who a certificate of Fulcio says signed, and what the identity provider told of the job. */
export type CertifiedSigner = {
  /** The one subject alternative name: the workflow's address, or an e-mail address. */
  identity: string;
  /** The identity provider, an address. */
  issuer: string;
  /** The source commit and the run, when the provider tells. */
  sourceDigest?: string;
  runUrl?: string;
};

/** Extensions of Fulcio's certificates: github.com/sigstore/fulcio, docs/oid-info.md. The first holds bare text. */
const oids = {
  issuerV1: '1.3.6.1.4.1.57264.1.1',
  issuerV2: '1.3.6.1.4.1.57264.1.8',
  sourceDigest: '1.3.6.1.4.1.57264.1.13',
  runUrl: '1.3.6.1.4.1.57264.1.21',
} as const;

/** null: the certificate names nobody, or not who vouches for it. May throw what a parser of DER throws. */
export function readCertifiedSigner(certificate: X509Certificate): CertifiedSigner | null {
  const identity = certificate.subjectAltName;
  const issuer = readText(certificate, oids.issuerV2) ?? certificate.extension(oids.issuerV1)?.value.toString('utf8');
  if (!identity || !issuer) return null;
  const sourceDigest = readText(certificate, oids.sourceDigest);
  const runUrl = readText(certificate, oids.runUrl);
  return { identity, issuer, ...(sourceDigest && { sourceDigest }), ...(runUrl && { runUrl }) };
}

/** The newer extensions hold a DER-encoded UTF8String. */
function readText(certificate: X509Certificate, oid: string): string | undefined {
  return certificate.extension(oid)?.valueObj.subs[0]?.value.toString('utf8');
}
