import { sha256 } from '../lib/hash.ts';
import { type Collection, type Leaf, collections } from './chain.ts';
import { toPointerToken } from './quote.ts';
import { toElementSpans, toMemberSpans } from './spans.ts';

/** What a seal over this document covers, computed from its bytes alone. */
export type Cover = {
  /** SHA-256 of each element's RFC 8785 form; null where the document has no such array. */
  elements: Record<Collection, string[] | null>;
  /** The header's SHA-256, with these lengths in the place of the arrays. */
  headerSha256: (lengths: Record<Collection, number>) => string;
};

/** A piece of the header: bytes of the document, or the place of a collection's length. */
type Piece = Uint8Array | Collection;

const UNCOVERED = new Set(['integrity', 'unsealed']);
const OBJECT = 0x7b;
const ARRAY = 0x5b;
const COMMA = Buffer.from(',');
const BRACES = { open: Buffer.from('{'), close: Buffer.from('}') };

/**
 * Cuts a document into its header and the elements of its collections. In canonical bytes the RFC 8785 form of every
 * value is a slice of the file, so nothing is written again to be hashed.
 * @param bytes of an object that scanJson found canonical
 */
export function toCover(bytes: Uint8Array): Cover {
  const elements: Cover['elements'] = {
    '/execution/steps': null,
    '/artifacts': null,
    '/observations': null,
    '/gates': null,
    '/redactions': null,
  };
  const pieces = toHeaderPieces(bytes, 0, '', (collection, start) => {
    elements[collection] = toElementSpans(bytes, start).map((span) => sha256(bytes.subarray(span.start, span.end)));
  });
  return {
    elements,
    headerSha256: (lengths) =>
      sha256(
        Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(String(lengths[piece])) : piece))),
      ),
  };
}

/** Every leaf of the chain, as the document has it: header first, then element by element. */
export function toLeaves({ elements, headerSha256 }: Cover): Leaf[] {
  return [
    { pointer: '', payload_sha256: headerSha256(toLengths(elements)) },
    ...collections.flatMap((collection) =>
      (elements[collection] ?? []).map((payload_sha256, index) => ({
        pointer: `${collection}/${index}`,
        payload_sha256,
      })),
    ),
  ];
}

export function toLengths(elements: Record<Collection, readonly unknown[] | null>): Record<Collection, number> {
  return {
    '/execution/steps': elements['/execution/steps']?.length ?? 0,
    '/artifacts': elements['/artifacts']?.length ?? 0,
    '/observations': elements['/observations']?.length ?? 0,
    '/gates': elements['/gates']?.length ?? 0,
    '/redactions': elements['/redactions']?.length ?? 0,
  };
}

function toHeaderPieces(
  bytes: Uint8Array,
  start: number,
  pointer: string,
  onCollection: (collection: Collection, start: number) => void,
): Piece[] {
  const members: Piece[][] = [];
  for (const { name, key, value } of toMemberSpans(bytes, start)) {
    const path = pointer + toPointerToken(name);
    const collection = collections.find((known) => known === path);
    if (pointer === '' && UNCOVERED.has(name)) continue;
    if (collection !== undefined && bytes[value.start] === ARRAY) {
      onCollection(collection, value.start);
      members.push([bytes.subarray(key.start, value.start), collection]);
    } else if (path === '/execution' && bytes[value.start] === OBJECT) {
      const inner = toHeaderPieces(bytes, value.start, path, onCollection);
      members.push([bytes.subarray(key.start, value.start), ...inner]);
    } else {
      members.push([bytes.subarray(key.start, value.end)]);
    }
  }
  const joined = members.flatMap((pieces) => [COMMA, pieces].flat()).slice(1);
  return [BRACES.open, ...joined, BRACES.close];
}
