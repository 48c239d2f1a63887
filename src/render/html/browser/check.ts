import { toCanonicalJson } from './canonical.ts';
import { isObject } from '../../../lib/json.ts';
import { hashText, recomputeChain } from './chain.ts';
import { type Comparison, compareChains } from './compare.ts';
import type { Hasher } from './sha256.ts';
import { checkSignatures, type PickedKey, type SignatureAnswer } from './signatures.ts';

/** What was found out about one text of an envelope, each answer by itself. */
export type CheckResult = Comparison & {
  entries: number;
  head: string;
  /** SHA-256 of the canonical form, which is what envelope.json consists of. */
  sha256: string;
  /** The text is the canonical form of its own value: no key twice, nothing that parsing drops. */
  isCanonical: boolean;
  signatures: SignatureAnswer[];
};

export type CheckOptions = {
  text: string;
  hasher: Hasher;
  keys: PickedKey[];
  /** How the text writes what is canonically written otherwise: the text inside the page has `<` as an escape. */
  toWritten: (canonical: string) => string;
  onProgress: (done: number, total: number) => Promise<void>;
};

/**
 * Recomputes the chain from the text alone and compares it with the one declared in it.
 * @throws SyntaxError for what is no JSON, TypeError for what no envelope may hold
 */
export async function checkEnvelope({ text, hasher, keys, toWritten, onProgress }: CheckOptions): Promise<CheckResult> {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new TypeError('this is no envelope: it is not a JSON object');
  const canonical = toCanonicalJson(value);
  const recomputed = await recomputeChain(value, hasher, onProgress);
  const head = recomputed.entries.at(-1);
  return {
    ...(await compareChains(recomputed, value['integrity'], hasher)),
    entries: recomputed.entries.length,
    head: head?.entry_hash ?? '',
    sha256: await hashText(canonical, hasher),
    isCanonical: toWritten(canonical) === text,
    signatures: await checkSignatures(value, head, keys),
  };
}
