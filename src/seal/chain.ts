import { sha256 } from '../lib/hash.ts';
import type { ChainEntry } from '../schema/envelope.ts';

/** The arrays whose elements have an entry each, in the order of the chain. The header comes before them. */
export const collections = ['/execution/steps', '/artifacts', '/observations', '/gates', '/redactions'] as const;
export type Collection = (typeof collections)[number];

/** What an entry covers: the value at `pointer` ("" for the header) by the SHA-256 of its RFC 8785 form. */
export type Leaf = { pointer: string; payload_sha256: string };

/**
 * The chain over leaves in their order (docs/envelope.md, "The chain"): every entry's hash covers its place, its
 * pointer, its payload and the entry before it.
 */
export function toChain(evidenceId: string, leaves: readonly Leaf[]): ChainEntry[] {
  let prev = toSeed(evidenceId);
  return leaves.map(({ pointer, payload_sha256 }, index) => {
    const entry = { index, pointer, payload_sha256, prev_entry_hash: prev };
    prev = toEntryHash(entry);
    return { ...entry, entry_hash: prev };
  });
}

/** prev_entry_hash of entry 0. It binds the chain to the format's version and to one evidence. */
export function toSeed(evidenceId: string): string {
  return sha256(`quoderat/evidence-envelope/v1\n${evidenceId}`);
}

/** entry_hash of the other members, with chain_version 1. */
export function toEntryHash(entry: Omit<ChainEntry, 'entry_hash'>): string {
  const { index, payload_sha256, pointer, prev_entry_hash } = entry;
  // The RFC 8785 form, written out: a hundred thousand of these are hashed. JSON.stringify escapes as RFC 8785 does.
  return sha256(
    `{"chain_version":1,"index":${index},"payload_sha256":${JSON.stringify(payload_sha256)},` +
      `"pointer":${JSON.stringify(pointer)},"prev_entry_hash":${JSON.stringify(prev_entry_hash)}}`,
  );
}

/** The RFC 8785 form of a chain that toChain made: hex digits and plain pointers need no escape. */
export function toChainText(chain: readonly ChainEntry[]): string {
  const texts = chain.map(
    ({ entry_hash, index, payload_sha256, pointer, prev_entry_hash }) =>
      `{"entry_hash":"${entry_hash}","index":${index},"payload_sha256":"${payload_sha256}",` +
      `"pointer":"${pointer}","prev_entry_hash":"${prev_entry_hash}"}`,
  );
  return `[${texts.join(',')}]`;
}
