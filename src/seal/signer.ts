/** The port of a signing key: Ed25519 (RFC 8032) over exactly the given bytes. keyid: SHA-256 of the SPKI DER, hex. */
export type Signer = { keyid: string; sign(message: Uint8Array): Promise<Uint8Array> };
