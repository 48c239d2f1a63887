import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { toCanonicalJson } from '../../src/lib/canonical.ts';
import { isObject } from '../../src/lib/json.ts';
import type { RunEvent } from '../../src/schema/event.ts';
import { foldEvents } from '../../src/record/fold.ts';
import { toChain } from '../../src/seal/chain.ts';
import { toClaims } from '../../src/seal/claims.ts';
import { toCover, toLeaves } from '../../src/seal/cover.ts';
import { type SealedEnvelope, sealRecord } from '../../src/seal/seal.ts';
import { signSeal } from '../../src/seal/seal-statement.ts';
import type { Signer } from '../../src/seal/signer.ts';
import { at } from '../record/sample-run.ts';

const folder = resolve(import.meta.dirname, '../vectors');

/** A published vector, parsed. */
export function readVector(file: string): Loose {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

export const evidenceId = '019aa5c1-7d00-7000-8000-0000000000e1';

// oxlint-disable-next-line typescript/no-explicit-any -- a raw document whose members a test changes at will
export type Loose = any;

/** PKCS#8 around a seed (RFC 8410): keys for tests that anybody can make again, worth nothing. */
export function testKeyPem(name: string): string {
  const seed = createHash('sha256').update(`quoderat test key, worthless: ${name}`).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
}

export function sealRun(events: Iterable<RunEvent>, signer?: Signer): Promise<SealedEnvelope> {
  const record = foldEvents(events);
  return sealRecord({
    record,
    evidenceId,
    sealedAt: at(9001),
    producer: { name: 'quoderat', version: '0.1.0', component: 'embedded' },
    claims: toClaims(record, 'embedded', signer !== undefined),
    ...(signer && { signer }),
  });
}

/** The document with `change` made to it, as RFC 8785 bytes; its `integrity` is left as it was. */
export function tamper(bytes: Uint8Array, change: (envelope: Loose) => void): Buffer {
  const envelope: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
  change(envelope);
  return Buffer.from(toCanonicalJson(envelope));
}

/** What an attacker without the key can do: change the document and compute its whole chain anew. */
export async function reseal(bytes: Uint8Array, change: (envelope: Loose) => void, signer?: Signer): Promise<Buffer> {
  const envelope: Loose = JSON.parse(Buffer.from(bytes).toString('utf8'));
  change(envelope);
  const { integrity, ...rest } = envelope;
  const chain = toChain(rest.evidence_id, toLeaves(toCover(Buffer.from(toCanonicalJson(rest)))));
  const sums = { entry_count: chain.length, head_entry_hash: chain.at(-1)?.entry_hash ?? '' };
  const signatures = signer === undefined ? integrity.signatures : [await signSeal({ ...rest, ...sums }, signer)];
  return Buffer.from(toCanonicalJson({ ...rest, integrity: { ...integrity, ...sums, hash_chain: chain, signatures } }));
}

/** Every leaf of a JSON value: its path of keys and indexes. */
export function toLeafPaths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((element, index) => toLeafPaths(element, [...path, index]));
  if (isObject(value)) return Object.entries(value).flatMap(([key, member]) => toLeafPaths(member, [...path, key]));
  return [path];
}
