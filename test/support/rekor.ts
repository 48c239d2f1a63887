import { createHash, generateKeyPairSync, randomBytes, sign, verify, X509Certificate } from 'node:crypto';
import { toCanonicalJson } from '../../src/lib/canonical.ts';
import { isObject } from '../../src/lib/json.ts';
import { toPreAuthEncoding } from '../../src/seal/dsse.ts';

export type Rekor = {
  /** Takes a proposed entry of the kind `dsse` 0.0.1, as POST /api/v1/log/entries does. */
  add: (body: string) => { status: number; body: string };
  /** The log as a trusted root names it. */
  trusted: object;
};

const host = 'rekor.test';
export const trustedSince = '2020-01-01T00:00:00.000Z';

/**
 * A transparency log that answers as Rekor v1 does, with promises and proofs that hold: entries in canonical form, a
 * Merkle tree (RFC 6962) that held entries of strangers before, signed checkpoints. It refuses what does not verify.
 */
export function makeRekor(): Rekor {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const logId = hash(spki);
  const leaves = Array.from({ length: 5 }, () => hashLeaf(randomBytes(32)));
  /** The log has older trees: an entry's number is not its place in this one. */
  const firstIndex = 1_000_000;

  const add: Rekor['add'] = (proposed) => {
    const entry = toEntry(JSON.parse(proposed));
    if (entry === null) return { status: 400, body: JSON.stringify({ code: 400, message: 'invalid entry' }) };
    const bytes = Buffer.from(toCanonicalJson(entry));
    const place = leaves.push(hashLeaf(bytes)) - 1;
    const body = bytes.toString('base64');
    const logged = {
      body,
      integratedTime: Math.floor(Date.now() / 1000),
      logID: logId.toString('hex'),
      logIndex: firstIndex + place,
    };
    const promise = sign('sha256', Buffer.from(toCanonicalJson(logged)), privateKey);
    const root = toRoot(leaves);
    const note = `${host} - 1193050959916656506\n${leaves.length}\n${root.toString('base64')}\n`;
    const signature = Buffer.concat([logId.subarray(0, 4), sign('sha256', Buffer.from(note), privateKey)]);
    const inclusionProof = {
      logIndex: place,
      treeSize: leaves.length,
      rootHash: root.toString('hex'),
      hashes: toPath(leaves, place).map((node) => node.toString('hex')),
      checkpoint: `${note}\n\u2014 ${host} ${signature.toString('base64')}\n`,
    };
    const verification = { inclusionProof, signedEntryTimestamp: promise.toString('base64') };
    return { status: 201, body: JSON.stringify({ [randomBytes(32).toString('hex')]: { ...logged, verification } }) };
  };
  const trusted = {
    baseUrl: `https://${host}`,
    hashAlgorithm: 'SHA2_256',
    publicKey: toPublicKey(spki),
    logId: { keyId: logId.toString('base64') },
  };
  return { add, trusted };
}

/** What Rekor keeps of a proposed DSSE envelope: hashes and signatures, never the payload. */
function toEntry(proposed: unknown): Record<string, unknown> | null {
  const content = at(proposed, 'spec', 'proposedContent');
  const text = at(content, 'envelope');
  const verifiers = at(content, 'verifiers');
  const verifier: unknown = Array.isArray(verifiers) ? verifiers[0] : undefined;
  if (at(proposed, 'kind') !== 'dsse' || typeof text !== 'string' || typeof verifier !== 'string') return null;
  const envelope: unknown = JSON.parse(text);
  const signatures = at(envelope, 'signatures');
  const sig: unknown = Array.isArray(signatures) ? at(signatures[0], 'sig') : undefined;
  const payload = at(envelope, 'payload');
  const type = at(envelope, 'payloadType');
  if (typeof sig !== 'string' || typeof payload !== 'string' || typeof type !== 'string') return null;
  const signed = Buffer.from(payload, 'base64');
  const { publicKey } = new X509Certificate(Buffer.from(verifier, 'base64'));
  if (!verify('sha256', toPreAuthEncoding(type, signed), publicKey, Buffer.from(sig, 'base64'))) return null;
  return {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: { algorithm: 'sha256', value: hash(Buffer.from(text)).toString('hex') },
      payloadHash: { algorithm: 'sha256', value: hash(signed).toString('hex') },
      signatures: [{ signature: sig, verifier }],
    },
  };
}

/** A P-256 key as a trusted root names it. */
export function toPublicKey(spki: Uint8Array): object {
  return {
    rawBytes: Buffer.from(spki).toString('base64'),
    keyDetails: 'PKIX_ECDSA_P256_SHA_256',
    validFor: { start: trustedSince },
  };
}

function toRoot(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return only;
  const split = toSplit(leaves.length);
  return hash(Buffer.from([1]), toRoot(leaves.slice(0, split)), toRoot(leaves.slice(split)));
}

/** RFC 6962, 2.1.1: the audit path of a leaf, from the bottom. */
function toPath(leaves: readonly Buffer[], place: number): Buffer[] {
  if (leaves.length === 1) return [];
  const split = toSplit(leaves.length);
  return place < split
    ? [...toPath(leaves.slice(0, split), place), toRoot(leaves.slice(split))]
    : [...toPath(leaves.slice(split), place - split), toRoot(leaves.slice(0, split))];
}

/** The largest power of two below a size. */
function toSplit(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

function hashLeaf(bytes: Uint8Array): Buffer {
  return hash(Buffer.from([0]), bytes);
}

function hash(...parts: Uint8Array[]): Buffer {
  const sha = createHash('sha256');
  for (const part of parts) sha.update(part);
  return sha.digest();
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((found, name) => (isObject(found) ? found[name] : undefined), value);
}
