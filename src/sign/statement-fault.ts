import { isObject } from '../lib/json.ts';
import { predicateType, statementType } from '../seal/statement.ts';

/** The envelope that a statement must be about: as it was read, its head as it was computed. */
export type SignedEnvelope = { evidence_id: string; run_id: string; head_entry_hash: string; envelope_sha256: string };

type StatementFault = { code: 'sigstore_other_statement' | 'sigstore_other_envelope'; message: string };

/** Why a signed payload is no statement about this very envelope; null when it is (docs/envelope.md, section 7). */
export function findStatementFault(payload: Uint8Array, envelope: SignedEnvelope): StatementFault | null {
  const statement = parse(payload);
  if (statement === null || statement['_type'] !== statementType || statement['predicateType'] !== predicateType)
    return { code: 'sigstore_other_statement', message: 'what was signed is no statement about an Evidence Envelope' };
  if (!isAboutFile(statement['subject'], envelope.envelope_sha256))
    return { code: 'sigstore_other_envelope', message: 'what was signed is about another envelope file than this one' };
  const { predicate } = statement;
  const names = ['evidence_id', 'run_id', 'head_entry_hash'] as const;
  const wrong = names.find((name) => !isObject(predicate) || predicate[name] !== envelope[name]);
  return wrong === undefined
    ? null
    : { code: 'sigstore_other_envelope', message: `the ${wrong} that was signed is not that of this envelope` };
}

function isAboutFile(subjects: unknown, sha256: string): boolean {
  return (
    Array.isArray(subjects) &&
    subjects.some(
      (subject) => isObject(subject) && isObject(subject['digest']) && subject['digest']['sha256'] === sha256,
    )
  );
}

function parse(payload: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
