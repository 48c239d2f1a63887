import { toInertLine } from '../../inert.ts';
import type { LogAnswer } from './artifacts-at-hand.ts';
import type { CheckResult } from './check.ts';
import type { Difference } from './compare.ts';
import type { SignatureAnswer } from './signatures.ts';

/** yes: it was computed, and is equal; no: computed, and is not; open: not computed, or not for this page to decide. */
export type CheckLine = { answer: 'yes' | 'no' | 'open'; says: string; details: string[] };

const mostDetails = 20;

/** What was checked of an envelope, each answer in words that claim no more than that. */
export function toCheckLines(result: CheckResult, expected: string, source: string): CheckLine[] {
  const { payloads, links, sums, entries, head, isCanonical, sha256 } = result;
  const count = entries.toLocaleString('en');
  return [
    payloads.length === 0
      ? {
          answer: 'yes',
          says: `Contents: all ${count} payload hashes, recomputed from ${source}, are those in the chain.`,
          details: [],
        }
      : { answer: 'no', says: 'Contents: this is not what was sealed.', details: toDetails(payloads) },
    links.length === 0
      ? { answer: 'yes', says: 'Chain: each entry’s hash is its own and names the entry before it.', details: [] }
      : { answer: 'no', says: 'Chain: it is broken.', details: toDetails(links) },
    sums.length === 0
      ? {
          answer: 'yes',
          says: `Head and count: ${count} entries; the recomputed head ${head} is the one declared.`,
          details: [],
        }
      : {
          answer: 'no',
          says: 'Head and count: what was recomputed differs from what is declared.',
          details: toDetails(sums),
        },
    sha256 === expected && isCanonical
      ? {
          answer: 'yes',
          says: `File: its canonical form has the SHA-256 that this page names for envelope.json.`,
          details: [],
        }
      : {
          answer: 'no',
          says: isCanonical
            ? `File: its SHA-256 is ${sha256}, not ${expected}.`
            : 'File: it is not in the canonical form of its own value.',
          details: [],
        },
    ...toSignatureLines(result.signatures),
  ];
}

/** Whether the seal as a whole recomputes: one word for the first line, and no more than that. */
export function isIntact({ payloads, links, sums, isCanonical }: CheckResult): boolean {
  return payloads.length + links.length + sums.length === 0 && isCanonical;
}

export function toLogLine({ equal, different, partial }: LogAnswer): CheckLine[] {
  const total = equal + different.length + partial;
  if (total === 0) return [];
  if (different.length > 0)
    return [
      {
        answer: 'no',
        says: 'Logs on this page: not what the envelope lists.',
        details: different.map((label) => toInertLine(label)),
      },
    ];
  const left = partial === 0 ? '' : ` ${partial} more are here in part, or are no plain text: not checked.`;
  return [
    {
      answer: equal > 0 ? 'yes' : 'open',
      says: `Logs on this page: ${equal} of ${total} are whole and have their artifacts’ digests.${left}`,
      details: [],
    },
  ];
}

const signatureWords: Record<SignatureAnswer['answer'], { answer: CheckLine['answer']; says: string }> = {
  holds: {
    answer: 'yes',
    says: 'it holds for the key that you chose. Whether that key is to be trusted is yours to know.',
  },
  does_not_hold: { answer: 'no', says: 'it does not hold for the key that you chose.' },
  no_key: {
    answer: 'open',
    says: 'not checked. Choose the signer’s public key (.pem) below; no envelope carries its own.',
  },
  cannot_be_checked: { answer: 'open', says: 'this browser cannot check Ed25519 here, or the key is of another kind.' },
};

function toSignatureLines(signatures: SignatureAnswer[]): CheckLine[] {
  if (signatures.length === 0)
    return [
      {
        answer: 'open',
        says: 'Signature: none. Whoever changes an unsigned envelope can make its chain anew: compare the head with one from elsewhere, such as the job’s log.',
        details: [],
      },
    ];
  return signatures.map(({ keyid, answer }) => {
    const { says, answer: word } = signatureWords[answer];
    return { answer: word, says: `Signature by key ${toInertLine(keyid, 16)}: ${says}`, details: [] };
  });
}

function toDetails(differences: Difference[]): string[] {
  const shown = differences
    .slice(0, mostDetails)
    .map(({ pointer, says }) => `${pointer === '' ? '(header)' : toInertLine(pointer, 200)} ${toInertLine(says, 300)}`);
  const left = differences.length - shown.length;
  return left > 0 ? [...shown, `and ${left} more`] : shown;
}
