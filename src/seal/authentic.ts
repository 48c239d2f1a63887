import { isObject } from '../lib/json.ts';
import type { Problem, SigstoreFacts, Verdict } from '../schema/verdict.ts';
import type { Recomputed } from './intact.ts';
import type { TrustedKey } from './keys.ts';
import type { Problems } from './problems.ts';
import { parseSealSignature, toSealMessage } from './seal-statement.ts';

export type AuthenticQuestion = { trustedKeys: readonly TrustedKey[]; asked: boolean };

/** The answer of a Sigstore bundle that came with the envelope (src/sign); `facts` only of one that is trusted. */
export type SigstoreAnswer = { answer: 'yes' | 'no' | 'undecidable'; problems: Problem[]; facts?: SigstoreFacts };
export type CheckSigstore = (facts: Verdict['facts']) => Promise<SigstoreAnswer>;

/**
 * Whether a trusted key signed what the document's own bytes give: the signature is checked against the recomputed head,
 * never against the declared one.
 * @returns `no` when a signature that names a trusted key does not hold, and when only others signed; `undecidable` when
 * nobody signed or no key is trusted: then there is nothing that could be false
 */
export function checkAuthentic(
  value: Record<string, unknown>,
  recomputed: Recomputed,
  { trustedKeys, asked }: AuthenticQuestion,
  problems: Problems,
): Pick<Verdict['authentic'], 'answer' | 'keyids'> {
  if (!asked && trustedKeys.length === 0) return { answer: 'not_checked', keyids: [] };
  if (trustedKeys.length === 0) {
    problems.add('/integrity/signatures', 'no_trusted_key', 'no trusted key was given to check signatures with');
    return { answer: 'undecidable', keyids: [] };
  }
  const signatures = toSignatures(value['integrity']);
  const message = toMessage(value, recomputed);
  const keyids = new Set<string>();
  let answer: 'yes' | 'no' = 'yes';
  for (const { pointer, keyid, sig } of signatures) {
    const key = trustedKeys.find((trusted) => trusted.keyid === keyid);
    if (key === undefined) continue;
    if (message !== null && key.verify(message, sig)) {
      keyids.add(keyid);
    } else {
      answer = 'no';
      problems.add(pointer, 'bad_signature', `the signature that names the trusted key ${keyid} does not hold`);
    }
  }
  if (answer === 'no' || keyids.size > 0) return { answer, keyids: [...keyids] };
  if (signatures.length === 0) {
    problems.add('/integrity/signatures', 'unsigned', 'the envelope is not signed');
    return { answer: 'undecidable', keyids: [] };
  }
  problems.add('/integrity/signatures', 'no_trusted_signature', 'it is signed, but by no key that is trusted here');
  return { answer: 'no', keyids: [] };
}

/** One answer from the keys and from Sigstore: all that was asked must hold. */
export function joinSigstore(keyed: Verdict['authentic'], sigstore: SigstoreAnswer | undefined): Verdict['authentic'] {
  if (sigstore === undefined) return keyed;
  const answers = new Set<string>([keyed.answer, sigstore.answer]);
  return {
    ...keyed,
    answer: answers.has('no') ? 'no' : answers.has('undecidable') ? 'undecidable' : 'yes',
    problems: [...keyed.problems, ...sigstore.problems],
    ...(sigstore.facts && { sigstore: sigstore.facts }),
  };
}

type Signature = { pointer: string; keyid: string; sig: Uint8Array };

/** Those that have the form; checkIntact names the others. */
function toSignatures(integrity: unknown): Signature[] {
  const declared = isObject(integrity) ? integrity['signatures'] : undefined;
  if (!Array.isArray(declared)) return [];
  return declared.flatMap((value, index) => {
    const signature = parseSealSignature(value);
    return signature === null ? [] : [{ pointer: `/integrity/signatures/${index}`, ...signature }];
  });
}

function toMessage(value: Record<string, unknown>, recomputed: Recomputed): Buffer | null {
  const { schema_version, evidence_id, run_id, sealed_at } = value;
  if (typeof schema_version !== 'string' || typeof evidence_id !== 'string') return null;
  if (typeof run_id !== 'string' || typeof sealed_at !== 'string') return null;
  return toSealMessage({ schema_version, evidence_id, run_id, sealed_at, ...recomputed });
}
