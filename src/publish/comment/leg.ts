import * as z from 'zod';

/** What a section of the comment says of itself, so that whoever writes next can work out the head. */
export type Leg = {
  /** Tells jobs and matrix legs of a workflow apart, the same in each run. */
  key: string;
  /** Tells apart what has the same key in one attempt: a workflow that is called twice. */
  evidence: string;
  label: string;
  job: string;
  /** Legs that the job has in all. */
  total: number;
  /** The newest run has the highest number, and of it the newest attempt. */
  runNumber: number;
  attempt: number;
  runId: string;
  /** The first digits are enough here. */
  commit: string;
  status: 'success' | 'failed' | 'aborted';
  /** In few words: `4 of 5 steps passed`. */
  title: string;
  /** First digits of the envelope's SHA-256; empty when it is not known. */
  digest: string;
  /** Of the uploaded envelope; empty when it was not uploaded. */
  artifactId: string;
};

export type Section = {
  leg: Leg;
  /** The page; undefined where there was no room for it. */
  text: string | undefined;
};

const count = z.int().min(0);
const fields = z.tuple([
  z.string().regex(/^\w{1,64}$/),
  z.string().regex(/^\w{0,16}$/),
  z.string().max(200),
  z.string().max(200),
  count.max(100_000),
  count,
  count,
  z.string().regex(/^\d{0,20}$/),
  z.string().regex(/^[0-9a-f]{0,64}$/),
  z.enum(['success', 'failed', 'aborted']),
  z.string().max(200),
  z.string().regex(/^[0-9a-f]{0,64}$/),
  z.string().regex(/^\d{0,20}$/),
]);

/** Cut to the lengths that a comment of many legs can bear. */
export function toFitLeg(leg: Leg): Leg {
  const cut = (text: string, length: number): string => text.slice(0, length).toWellFormed();
  return {
    ...leg,
    label: cut(leg.label, 100),
    job: cut(leg.job, 60),
    title: cut(leg.title, 80),
    commit: leg.commit.slice(0, 12),
    digest: leg.digest.slice(0, 16),
  };
}

/** A leg as one short line: a matrix has up to 256 of them. */
export function printLeg(leg: Leg): string {
  const { key, evidence, label, job, total, runNumber, attempt, runId, commit, status, title, digest, artifactId } =
    leg;
  return toCommentSafe([
    key,
    evidence,
    label,
    job,
    total,
    runNumber,
    attempt,
    runId,
    commit,
    status,
    title,
    digest,
    artifactId,
  ]);
}

/** Anybody who may edit comments can have written it: what has not the right shape is no leg. */
export function parseLeg(line: string): Leg | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const result = fields.safeParse(value);
  if (!result.success) return undefined;
  const [key, evidence, label, job, total, runNumber, attempt, runId, commit, status, title, digest, artifactId] =
    result.data;
  return { key, evidence, label, job, total, runNumber, attempt, runId, commit, status, title, digest, artifactId };
}

/** A leg in one run and attempt. Its evidence tells it from another call of the same workflow. */
export function toLegId({ key, runNumber, attempt, evidence }: Leg): string {
  return `${key} ${runNumber} ${attempt} ${evidence}`;
}

/** Newest first. */
export function compareAge(a: Leg, b: Leg): number {
  return b.runNumber - a.runNumber || b.attempt - a.attempt;
}

/** JSON that can stand in an HTML comment: it can't end it, notify anybody, hide anything or hold a line break. */
export function toCommentSafe(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[<>&@#`]|--|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (match) =>
    Array.from({ length: match.length }, (_, index) => toEscape(match.charCodeAt(index))).join(''),
  );
}

function toEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
