import { isObject } from '../lib/json.ts';
import { type ChainEntry, chainEntry } from '../schema/envelope.ts';
import { type Collection, collections, toEntryHash, toSeed } from './chain.ts';
import type { Declared } from './pinpoint.ts';
import type { Problems } from './problems.ts';
import { quote, toPointer, toPointerToken } from './quote.ts';

/** A chain as the file declares it, sorted by what its entries say they cover. */
export type DeclaredChain = {
  entries: ChainEntry[];
  header: string | null;
  elements: Record<Collection, Declared[]>;
};

const CHAIN = '/integrity/hash_chain';
const ELEMENT = /^(.+)\/(0|[1-9][0-9]{0,8})$/;
const MEMBERS = new Set(Object.keys(chainEntry.shape));
const looseEntry = chainEntry.loose();

/** Reads `hash_chain` entry by entry and names what is wrong with each by itself or against the one before it. */
export function parseDeclaredChain(value: unknown, evidenceId: string, problems: Problems): DeclaredChain {
  const chain: DeclaredChain = {
    entries: [],
    header: null,
    elements: { '/execution/steps': [], '/artifacts': [], '/observations': [], '/gates': [], '/redactions': [] },
  };
  if (!Array.isArray(value)) {
    problems.add(CHAIN, value === undefined ? 'missing' : 'wrong_type', 'integrity has no hash_chain array');
    return chain;
  }
  const place = makePlace(evidenceId);
  for (const [index, declared] of value.entries()) {
    const entry = parseEntry(declared, `${CHAIN}/${index}`, problems);
    if (entry === null) continue;
    place.check(entry, `${CHAIN}/${index}`, problems);
    chain.entries.push(entry);
    fileEntry(chain, entry);
  }
  return chain;
}

function parseEntry(value: unknown, at: string, problems: Problems): ChainEntry | null {
  const parsed = looseEntry.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    problems.add(at + toPointer(issue?.path ?? []), 'wrong_type', `no entry of a hash chain: ${issue?.message}`);
    return null;
  }
  for (const name of isObject(value) ? Object.keys(value) : []) {
    if (!MEMBERS.has(name)) problems.add(at + toPointerToken(name), 'uncovered', 'no hash covers this member');
  }
  return parsed.data;
}

/** Walks along the chain and says where it breaks: once per break, not for everything behind it. */
function makePlace(evidenceId: string): { check(entry: ChainEntry, at: string, problems: Problems): void } {
  let next = { index: 0, prev: toSeed(evidenceId), place: { collection: -1, element: -1 } };
  return {
    check(entry, at, problems) {
      if (entry.index !== next.index)
        problems.add(`${at}/index`, 'chain_broken', `expected the index ${next.index}, found ${entry.index}`);
      if (entry.prev_entry_hash !== next.prev)
        problems.add(`${at}/prev_entry_hash`, 'chain_broken', 'this is not the hash of the entry before');
      if (entry.entry_hash !== toEntryHash(entry))
        problems.add(`${at}/entry_hash`, 'chain_broken', 'this is not the hash of the entry itself');
      const place = toPlace(entry.pointer);
      if (place === null || !follows(place, next.place))
        problems.add(`${at}/pointer`, 'chain_broken', `${quote(entry.pointer)} does not follow the entry before`);
      next = { index: entry.index + 1, prev: entry.entry_hash, place: place ?? next.place };
    },
  };
}

/** Where an entry stands by its pointer. The header is element 0 of collection -1. */
type Place = { collection: number; element: number };

/** null for a pointer that no entry can have. */
function toPlace(pointer: string): Place | null {
  if (pointer === '') return { collection: -1, element: 0 };
  const [, name, element] = ELEMENT.exec(pointer) ?? [];
  const collection = collections.findIndex((known) => known === name);
  return collection === -1 ? null : { collection, element: Number(element) };
}

function follows(place: Place, before: Place): boolean {
  if (place.collection === before.collection) return place.element === before.element + 1;
  return place.collection > before.collection && place.element === 0;
}

function fileEntry(chain: DeclaredChain, entry: ChainEntry): void {
  const place = toPlace(entry.pointer);
  if (place === null) return;
  const name = collections[place.collection];
  if (name === undefined) chain.header ??= entry.payload_sha256;
  else chain.elements[name].push(entry);
}
