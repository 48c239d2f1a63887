import { toCanonicalJson } from './canonical.ts';
import { isObject } from '../../../lib/json.ts';
import type { Hasher } from './sha256.ts';

/** The arrays whose elements have an entry each, in the order of the chain (docs/envelope.md, section 4). */
export const collections = ['/execution/steps', '/artifacts', '/observations', '/gates', '/redactions'] as const;

export type Entry = {
  index: number;
  pointer: string;
  payload_sha256: string;
  prev_entry_hash: string;
  entry_hash: string;
};

/** What the document's own values give, whatever its `integrity` says. headers: by what it may have been sealed as. */
export type Recomputed = { entries: Entry[]; toHeader(lengths: Record<string, number>): Promise<string> };

/** Payloads hashed side by side; only the entries have to wait for each other. */
const together = 1000;
const encoder = new TextEncoder();

/**
 * Recomputes the chain of an envelope, by the page that specifies it and without the code that sealed it.
 * @param onProgress told now and then how many entries are done
 * @throws TypeError when a value has no canonical form
 */
export async function recomputeChain(
  envelope: Record<string, unknown>,
  hasher: Hasher,
  onProgress: (done: number, total: number) => Promise<void>,
): Promise<Recomputed> {
  const elements = collections.map((pointer) => ({ pointer, values: toArray(envelope, pointer) }));
  const toHeader = (lengths: Record<string, number>): Promise<string> =>
    hashText(toCanonicalJson(toHeaderValue(envelope, lengths)), hasher);
  const lengths = Object.fromEntries(
    elements.flatMap(({ pointer, values }) => (values === null ? [] : [[pointer, values.length]])),
  );
  const leaves: { pointer: string; value?: unknown }[] = [
    { pointer: '' },
    ...elements.flatMap(({ pointer, values }) =>
      (values ?? []).map((value, index) => ({ pointer: `${pointer}/${index}`, value })),
    ),
  ];
  const id = envelope['evidence_id'];
  const payloads: string[] = [];
  for (let at = 0; at < leaves.length; at += together) {
    const batch = leaves
      .slice(at, at + together)
      .map(({ pointer, value }) => (pointer === '' ? toHeader(lengths) : hashText(toCanonicalJson(value), hasher)));
    payloads.push(...(await Promise.all(batch)));
    await onProgress(payloads.length, leaves.length);
  }
  let prev = await hashText(`quoderat/evidence-envelope/v1\n${typeof id === 'string' ? id : ''}`, hasher);
  const entries: Entry[] = [];
  for (const [index, { pointer }] of leaves.entries()) {
    const entry = { index, pointer, payload_sha256: payloads[index] ?? '', prev_entry_hash: prev };
    prev = await hashEntry(entry, hasher);
    entries.push({ ...entry, entry_hash: prev });
  }
  return { entries, toHeader };
}

/** entry_hash of the other members. */
export function hashEntry(entry: Omit<Entry, 'entry_hash'>, hasher: Hasher): Promise<string> {
  const { index, pointer, payload_sha256, prev_entry_hash } = entry;
  return hashText(toCanonicalJson({ chain_version: 1, index, payload_sha256, pointer, prev_entry_hash }), hasher);
}

export function hashText(text: string, hasher: Hasher): Promise<string> {
  return hasher.hash(encoder.encode(text));
}

function toArray(envelope: Record<string, unknown>, pointer: string): unknown[] | null {
  const [, first = '', second] = pointer.split('/');
  const member = envelope[first];
  const found = second === undefined ? member : isObject(member) ? member[second] : undefined;
  return Array.isArray(found) ? found : null;
}

/** The envelope without what the seal leaves out, and with the length of each array in its place. */
function toHeaderValue(envelope: Record<string, unknown>, lengths: Record<string, number>): unknown {
  const sealed = Object.entries(envelope).filter(([name]) => name !== 'integrity' && name !== 'unsealed');
  const replaced = (pointer: string, value: unknown): unknown =>
    Array.isArray(value) && Object.hasOwn(lengths, pointer) ? lengths[pointer] : value;
  const entries = sealed.map(([name, value]): [string, unknown] => {
    if (name !== 'execution' || !isObject(value)) return [name, replaced(`/${name}`, value)];
    const inner = Object.entries(value).map(([key, member]) => [key, replaced(`/execution/${key}`, member)]);
    return [name, Object.fromEntries(inner)];
  });
  return Object.fromEntries(entries);
}
