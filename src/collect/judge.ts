import { toMessage } from '../lib/errors.ts';
import { sha256 } from '../lib/hash.ts';
import { limits } from '../lib/limits.ts';
import type { CollectionMemberValue, MemberTrust } from '../schema/collection.ts';
import { type Envelope, type Integrity, integrity as integritySchema, type SealedMembers } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';
import { EnvelopeError } from '../seal/errors.ts';
import { parseEnvelope } from '../seal/parse.ts';
import { makeProblems } from '../seal/problems.ts';
import { hasShape } from '../seal/shape.ts';
import { verifyEnvelope } from '../seal/verify.ts';
import { type Leg, type Recency, toLeg, toRecency, toShort } from './leg.ts';
import { type ExpectedRun, toDifference } from './same-run.ts';
import { toShownEnvelope } from './shown.ts';

/** A file that may be a member, from anybody who could write to the run: its bytes, or why there are none. */
export type Candidate = { name: string; url?: string } & ({ bytes: Uint8Array } | { problem: string });

type Source = { source: string; url?: string; sha256: string | null; sizeBytes: number };

/** An envelope that is intact, complete, and of the run. */
export type Member = Source & {
  kind: 'member';
  sha256: string;
  leg: Leg;
  recency: Recency;
  facts: Omit<CollectionMemberValue, 'leg'>;
  startedAt: string;
  finishedAt: string;
  verdict: Verdict;
  /** For a page; of a large one only what a headline and a list of steps need. */
  envelope: Envelope;
};

/** A file that says nothing that could be believed. */
export type Rejected = Source & { kind: 'rejected'; reason: string };

/** A collection is no member of another: an earlier attempt of the collecting job has left it. */
export type Judged = Member | Rejected | (Source & { kind: 'collection' });

/** Each is listed in the collection. */
const MOST_SIGNATURES = 100;

/** Judges one candidate by its bytes alone. Nothing that it says of itself is believed before it is intact. */
export async function judgeCandidate(candidate: Candidate, expected: ExpectedRun): Promise<Judged> {
  const from = { source: toShort(candidate.name), ...(candidate.url !== undefined && { url: candidate.url }) };
  if ('problem' in candidate)
    return { ...from, kind: 'rejected', sha256: null, sizeBytes: 0, reason: candidate.problem };
  const { bytes } = candidate;
  const source = { ...from, sha256: sha256(bytes), sizeBytes: bytes.length };
  const reject = (reason: string): Rejected => ({ ...source, kind: 'rejected', reason });
  if (bytes.length > limits.memberBytes)
    return reject(`it has ${bytes.length} bytes; a member has at most ${limits.memberBytes}`);
  try {
    const verdict = await verifyEnvelope(bytes, { authenticityAsked: false, expected: {} });
    const fault = toFault(verdict);
    if (fault !== null) return reject(fault);
    const { value } = parseEnvelope(bytes);
    // complete says it already; this tells the compiler.
    if (!hasShape(value, makeProblems())) return reject('it is not complete');
    if (value.observations.some(({ type }) => type === 'collection')) return { ...source, kind: 'collection' };
    const difference = toDifference(value, expected);
    if (difference !== null) return reject(difference);
    const strange = toStrange(value);
    if (strange !== null) return reject(strange);
    const isCompared = Object.values(expected).some((wanted) => wanted !== null);
    // Intact says that it is there in its form; whose its signatures are nobody has asked.
    const integrity = integritySchema.parse(Reflect.get(value, 'integrity'));
    if (integrity.signatures.length > MOST_SIGNATURES)
      return reject(`it has ${integrity.signatures.length} signatures, more than ${MOST_SIGNATURES}`);
    return toMember(source, value, { integrity, verdict, expected: isCompared ? 'yes' : 'not_asked' });
  } catch (error) {
    if (error instanceof EnvelopeError) return reject(`it is no envelope: ${toMessage(error)}`);
    throw error;
  }
}

/** What no run of ours seals, and what a record or a page about it could not hold. */
function toStrange({ execution }: SealedMembers): string | null {
  // A page of them would take minutes to write, over and over while others write the comment.
  if (execution.steps.length > limits.planSteps)
    return `it has ${execution.steps.length} steps, more than the ${limits.planSteps} of any plan`;
  const times = [execution.started_at, execution.finished_at];
  // The form of a time is not yet a time: 2026-99-99.
  return times.some((time) => Number.isNaN(Date.parse(time))) ? 'it names a time that does not exist' : null;
}

function toFault({ intact, complete }: Verdict): string | null {
  if (intact.answer === 'no') return `it is not intact: ${toFirst(intact.problems)}`;
  return complete.answer === 'yes' ? null : `it is not complete: ${toFirst(complete.problems)}`;
}

function toFirst(problems: Verdict['intact']['problems']): string {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return first === undefined ? 'unknown' : `${first.code} at ${toShort(first.pointer) || 'the whole'}${more}`;
}

function toMember(
  source: Source & { sha256: string },
  value: SealedMembers,
  { integrity, verdict, expected }: { integrity: Integrity; verdict: Verdict; expected: 'yes' | 'not_asked' },
): Member {
  const keyids = integrity.signatures.map(({ keyid }) => keyid);
  const leg = toLeg(value);
  const recency = toRecency(value);
  const { started_at: startedAt, finished_at: finishedAt, status, termination } = value.execution;
  return {
    ...source,
    kind: 'member',
    leg,
    recency,
    startedAt,
    finishedAt,
    verdict,
    facts: {
      evidence_id: value.evidence_id,
      run_id: value.run_id,
      head_entry_hash: verdict.facts.head_entry_hash,
      envelope_sha256: source.sha256,
      job: leg.job,
      run_attempt: recency.attempt,
      status,
      termination,
      steps: toTally(value),
      trust: toTrust(value, keyids),
      keyids,
      sealed_at: value.sealed_at,
      verdict: { intact: 'yes', complete: 'yes', authentic: verdict.authentic.answer, expected },
    },
    envelope: toShownEnvelope(value, integrity, source.sizeBytes),
  };
}

function toTally({ execution }: SealedMembers): CollectionMemberValue['steps'] {
  const count = (...statuses: string[]): number =>
    execution.steps.filter(({ status }) => statuses.includes(status)).length;
  return {
    total: execution.steps.length,
    passed: count('success'),
    failed: count('failed', 'error', 'timed_out'),
    not_run: count('skipped'),
  };
}

function toTrust({ producer }: SealedMembers, keyids: string[]): MemberTrust {
  if (keyids.length > 0) return 'signed';
  return producer.component === 'server' ? 'server_sealed' : 'hash_only';
}
