import * as tls from "node:tls";

// src/lib/trusted-cas.ts
/**
* The certificate authorities that Node trusts, NODE_EXTRA_CA_CERTS included: an option `ca` replaces them, so they are
* given with it. Node 20 can't tell of the extra ones; there a CA that is named replaces those.
*/
function readTrustedCas() {
	const { getCACertificates } = tls;
	return getCACertificates?.("default") ?? tls.rootCertificates;
}

export { readTrustedCas as t };