import * as tls from 'node:tls';

/**
 * The certificate authorities that Node trusts, NODE_EXTRA_CA_CERTS included: an option `ca` replaces them, so they are
 * given with it. Node 20 can't tell of the extra ones; there a CA that is named replaces those.
 */
export function readTrustedCas(): readonly string[] {
  const { getCACertificates }: Partial<typeof tls> = tls;
  return getCACertificates?.('default') ?? tls.rootCertificates;
}
