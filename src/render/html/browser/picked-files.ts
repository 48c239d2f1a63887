import type { CheckLine } from './check-lines.ts';
import { toInertLine } from '../../inert.ts';
import type { Hasher } from './sha256.ts';
import { parsePublicKey, type PickedKey } from './signatures.ts';

/** Larger files are hashed by a tool; a page has to hold them in memory. */
const mostBytes = 1024 ** 3;
const keyBytes = 64 * 1024;

export type Picked = {
  keys: PickedKey[];
  /** The text of a file that is an envelope, if one was picked. */
  envelopeText: string | null;
  lines: CheckLine[];
  /** Digests that were found among the picked files. */
  found: Set<string>;
};

/** Reads what the reader picked and tells what each file is: a key, the envelope, or an artifact by its digest. */
export async function readPicked(
  files: File[],
  {
    hasher,
    envelopeSha256,
    digests,
  }: { hasher: Hasher; envelopeSha256: string; digests: { id: string; sha256: string }[] },
): Promise<Picked> {
  const picked: Picked = { keys: [], envelopeText: null, lines: [], found: new Set() };
  const ids = Map.groupBy(digests, ({ sha256 }) => sha256);
  for (const file of files) {
    const name = toInertLine(file.name, 200);
    if (file.size > mostBytes) {
      picked.lines.push({ answer: 'open', says: `${name}: too large to be hashed here; use sha256sum.`, details: [] });
      continue;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const key = bytes.length > keyBytes ? undefined : await parsePublicKey(name, decode(bytes), hasher);
    if (key !== undefined) {
      picked.keys.push(key);
      picked.lines.push({
        answer: 'open',
        says: `${name}: a public key, ${key.keyid.slice(0, 16)}. Nothing here says whose it is.`,
        details: [],
      });
      continue;
    }
    picked.lines.push(toLine(name, await hasher.hash(bytes), bytes));
  }
  return picked;

  function toLine(name: string, digest: string, bytes: Uint8Array): CheckLine {
    const artifacts = ids.get(digest);
    if (artifacts !== undefined) {
      picked.found.add(digest);
      return {
        answer: 'yes',
        says: `${name}: has the digest of ${artifacts
          .slice(0, 3)
          .map(({ id }) => toInertLine(id, 100))
          .join(', ')}.`,
        details: [],
      };
    }
    const text = decode(bytes);
    if (digest === envelopeSha256 || /^\s*\{[^]*"evidence_id"/.test(text.slice(0, 1_000_000))) {
      picked.envelopeText = text;
      if (digest === envelopeSha256)
        return { answer: 'yes', says: `${name}: byte for byte the envelope.json that this page names.`, details: [] };
      return {
        answer: 'no',
        says: `${name}: an envelope, but not the one of this page (sha256 ${digest}).`,
        details: [],
      };
    }
    return {
      answer: 'no',
      says: `${name}: no artifact of this envelope has its digest (sha256 ${digest}).`,
      details: [],
    };
  }
}

/** What is no UTF-8 can be neither an envelope nor a key. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return '';
  }
}
