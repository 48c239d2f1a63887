import { limits } from '../lib/limits.ts';
import type { Envelope } from '../schema/envelope.ts';
import { toStatement } from '../seal/statement.ts';

/**
 * The statement that is signed through Sigstore: that of the sidecar, byte for byte. GitHub takes at most 1,024 subjects,
 * so of a run with more artifacts the first are named: the commit and the envelope come first and are always in, and the
 * envelope holds the digest of every artifact.
 */
export function toSigningStatement(envelope: Envelope, envelopeSha256: string): Buffer {
  const own = envelope.subject.id === null ? 1 : 2;
  const artifacts = envelope.artifacts.slice(0, limits.statementSubjects - own);
  return toStatement({ ...envelope, artifacts }, envelopeSha256);
}
