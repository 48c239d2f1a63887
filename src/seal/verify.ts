import { sha256 } from '../lib/hash.ts';
import type { Expectations, Verdict } from '../schema/verdict.ts';
import { type OpenArtifact, checkArtifactBytes } from './artifact-bytes.ts';
import { checkAuthentic, type CheckSigstore, joinSigstore } from './authentic.ts';
import { checkExpected, readPath } from './expected.ts';
import { type Recomputed, checkIntact } from './intact.ts';
import type { TrustedKey } from './keys.ts';
import { parseEnvelope } from './parse.ts';
import { type Problems, makeProblems } from './problems.ts';
import { checkReferences } from './references.ts';
import { hasShape } from './shape.ts';

export type VerifyOptions = {
  /** Keys whose signatures count. Naming one is asking for authenticity. */
  trustedKeys?: readonly TrustedKey[];
  authenticityAsked: boolean;
  expected: Expectations;
  /** Without it no artifact's bytes are looked at, and none is missing. */
  openArtifact?: OpenArtifact;
  /** How a Sigstore bundle about this envelope is checked. Giving it is asking for authenticity. */
  checkSigstore?: CheckSigstore;
};

/**
 * Answers the four questions about an envelope file (docs/envelope.md, "Verification"), each by itself.
 * @throws EnvelopeError when the bytes are no envelope that can be judged: exit code 2
 */
export async function verifyEnvelope(bytes: Uint8Array, options: VerifyOptions): Promise<Verdict> {
  const raw = parseEnvelope(bytes);
  const problems = {
    intact: makeProblems(),
    complete: makeProblems(),
    authentic: makeProblems(),
    expected: makeProblems(),
  };
  const recomputed = checkIntact(raw, problems.intact);
  const { trustedKeys = [], authenticityAsked: asked, expected, openArtifact, checkSigstore } = options;
  const complete = await checkComplete(raw.value, problems.complete, openArtifact);
  const facts = toFacts(raw.value, recomputed, sha256(bytes));
  const keyed = checkAuthentic(raw.value, recomputed, { trustedKeys, asked }, problems.authentic);
  const authentic = joinSigstore(
    { ...keyed, problems: problems.authentic.list() },
    checkSigstore && (await checkSigstore(facts)),
  );
  const expectedAnswer = checkExpected(raw.value, recomputed, expected, problems.expected);
  const intactProblems = problems.intact.list();
  const verdict = {
    intact: { answer: intactProblems.length === 0 ? ('yes' as const) : ('no' as const), problems: intactProblems },
    complete,
    authentic,
    expected: { answer: expectedAnswer, problems: problems.expected.list() },
  };
  return { ...verdict, facts, exit_code: toExitCode(verdict) };
}

async function checkComplete(
  value: Record<string, unknown>,
  problems: Problems,
  openArtifact: OpenArtifact | undefined,
): Promise<Verdict['complete']> {
  const sealed = hasShape(value, problems) ? value : null;
  if (sealed !== null) checkReferences(sealed, problems);
  const list = sealed?.artifacts ?? [];
  const artifacts =
    openArtifact === undefined
      ? { total: list.length, matched: 0, missing: [], checked: false }
      : await checkArtifactBytes(list, openArtifact, problems);
  const found = problems.list();
  const missing = artifacts.missing.length > 0 ? ('artifacts_missing' as const) : ('yes' as const);
  return { answer: found.length > 0 ? 'no' : missing, problems: found, artifacts };
}

function toFacts(value: Record<string, unknown>, recomputed: Recomputed, envelopeSha256: string): Verdict['facts'] {
  const text = (...path: string[]): string => toText(readPath(value, path)) ?? '';
  const signatures = readPath(value, ['integrity', 'signatures']);
  return {
    evidence_id: text('evidence_id'),
    run_id: text('run_id'),
    status: text('execution', 'status'),
    commit_sha: toText(readPath(value, ['subject', 'id'])),
    component: text('producer', 'component'),
    ...recomputed,
    envelope_sha256: envelopeSha256,
    signed: Array.isArray(signatures) && signatures.length > 0,
  };
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** What is false weighs more than what cannot be decided, and that more than what is not at hand. */
function toExitCode(verdict: Omit<Verdict, 'facts' | 'exit_code'>): Verdict['exit_code'] {
  const answers = [verdict.intact.answer, verdict.complete.answer, verdict.authentic.answer, verdict.expected.answer];
  if (answers.includes('no')) return 1;
  if (verdict.authentic.answer === 'undecidable') return 3;
  return verdict.complete.answer === 'artifacts_missing' ? 4 : 0;
}
