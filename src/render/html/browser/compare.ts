import { isObject } from '../../../lib/json.ts';
import { collections, type Entry, hashEntry, type Recomputed } from './chain.ts';
import type { Hasher } from './sha256.ts';

/** One thing that is not as it was sealed, and where: a JSON Pointer, "" for the header. */
export type Difference = { pointer: string; says: string };

export type Comparison = {
  /** Elements and header whose hash is not the one in the chain. */
  payloads: Difference[];
  /** Entries that are not what their own hash, their place or the entry before says. */
  links: Difference[];
  /** entry_count, head_entry_hash and the constants. */
  sums: Difference[];
};

/** Compares a recomputed chain with the one that the envelope declares. */
export async function compareChains(recomputed: Recomputed, integrity: unknown, hasher: Hasher): Promise<Comparison> {
  const declared = isObject(integrity) ? integrity : {};
  const chain = Array.isArray(declared['hash_chain']) ? declared['hash_chain'] : [];
  const entries = chain.filter(isEntry);
  const malformed = chain.length - entries.length;
  const last = recomputed.entries.at(-1);
  const constants = {
    canonicalization: 'rfc8785-jcs',
    hash_algorithm: 'sha256',
    chain_version: 1,
    entry_count: recomputed.entries.length,
    head_entry_hash: last?.entry_hash,
  };
  const links = await checkLinks(entries, recomputed.entries, hasher);
  if (malformed > 0)
    links.push({ pointer: '/integrity/hash_chain', says: `${malformed} of its elements are no entries` });
  const payloads = [
    ...(await checkHeader(recomputed, entries)),
    ...collections.flatMap((collection) => checkCollection(collection, recomputed.entries, entries)),
  ];
  const sums = Object.entries(constants).flatMap(([name, expected]) =>
    declared[name] === expected ? [] : [{ pointer: `/integrity/${name}`, says: `should be ${String(expected)}` }],
  );
  const isSame =
    entries.length === recomputed.entries.length &&
    entries.every(({ entry_hash: hash }, index) => hash === recomputed.entries[index]?.entry_hash);
  if (!isSame && payloads.length + links.length + sums.length === 0)
    links.push({ pointer: '/integrity/hash_chain', says: 'this is not the chain that the document gives' });
  return { payloads, links, sums };
}

function isEntry(value: unknown): value is Entry {
  return (
    isObject(value) &&
    typeof value['index'] === 'number' &&
    [value['pointer'], value['payload_sha256'], value['prev_entry_hash'], value['entry_hash']].every(
      (member) => typeof member === 'string',
    )
  );
}

/** With the lengths that the chain has, too: a removed element is told as that, and not as a changed header as well. */
async function checkHeader(recomputed: Recomputed, entries: Entry[]): Promise<Difference[]> {
  const header = entries.find(({ pointer }) => pointer === '');
  if (header === undefined) return [{ pointer: '', says: 'the chain has no entry for the header' }];
  if (header.payload_sha256 === recomputed.entries[0]?.payload_sha256) return [];
  const lengths = Object.fromEntries(
    collections.map((name) => [name, entries.filter(({ pointer }) => isIn(name, pointer)).length]),
  );
  if (header.payload_sha256 === (await recomputed.toHeader(lengths))) return [];
  return [{ pointer: '', says: 'the header is not what was sealed: a member outside the five arrays was changed' }];
}

/**
 * Elements are known again by their hash: what is equal at both ends is left aside, and what lies between is told as
 * moved, changed, added or removed.
 */
function checkCollection(collection: string, now: Entry[], sealed: Entry[]): Difference[] {
  const present = now.filter(({ pointer }) => isIn(collection, pointer));
  const declared = sealed.filter(({ pointer }) => isIn(collection, pointer));
  const isSame = (a: Entry | undefined, b: Entry | undefined): boolean => a?.payload_sha256 === b?.payload_sha256;
  const shorter = Math.min(present.length, declared.length);
  let head = 0;
  while (head < shorter && isSame(present[head], declared[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && isSame(present.at(-1 - tail), declared.at(-1 - tail))) tail += 1;
  const fresh = present.slice(head, present.length - tail);
  const old = declared.slice(head, declared.length - tail);
  const places = new Map(old.map((entry) => [entry.payload_sha256, entry.pointer]));
  const hashes = new Set(fresh.map(({ payload_sha256: hash }) => hash));
  const gone = old.filter(({ payload_sha256: hash }) => !hashes.has(hash));
  let next = 0;
  const differences = fresh.map(({ pointer, payload_sha256: hash }) => {
    const place = places.get(hash);
    if (place !== undefined) return { pointer, says: `moved: it was sealed as ${place}` };
    const before = gone[next];
    next += 1;
    return {
      pointer,
      says: before === undefined ? 'added: it was not sealed' : `changed: not what was sealed as ${before.pointer}`,
    };
  });
  return [
    ...differences,
    ...gone.slice(next).map(({ pointer }) => ({ pointer, says: 'removed: what was sealed here is gone' })),
  ];
}

function isIn(collection: string, pointer: string): boolean {
  return pointer.startsWith(`${collection}/`);
}

async function checkLinks(entries: Entry[], recomputed: Entry[], hasher: Hasher): Promise<Difference[]> {
  const differences: Difference[] = [];
  let [index, prev] = [0, recomputed[0]?.prev_entry_hash ?? ''];
  for (const [at, entry] of entries.entries()) {
    const faults = [
      ...(entry.index === index ? [] : [`its index is ${entry.index}, not ${index}`]),
      ...(entry.prev_entry_hash === prev ? [] : ['it does not name the entry before it']),
      ...(entry.entry_hash === (await toOwnHash(entry, recomputed[at], hasher)) ? [] : ['its hash is not its own']),
    ];
    if (faults.length > 0) differences.push({ pointer: `/integrity/hash_chain/${at}`, says: faults.join('; ') });
    index = entry.index + 1;
    prev = entry.entry_hash;
  }
  return differences;
}

/** An entry that says what was recomputed for its place has the hash that was computed there. */
async function toOwnHash(entry: Entry, known: Entry | undefined, hasher: Hasher): Promise<string> {
  const names = ['index', 'pointer', 'payload_sha256', 'prev_entry_hash'] as const;
  if (known !== undefined && names.every((name) => known[name] === entry[name])) return known.entry_hash;
  return hashEntry(entry, hasher);
}
