import { isObject } from '../lib/json.ts';
import type { SealedMembers } from '../schema/envelope.ts';

/** Which part of a forge's run an envelope is of: the same leg has the same key in every attempt. */
export type Leg = {
  key: string;
  /** For people: `test (node=24, os=linux)`. */
  label: string;
  job: string | null;
  manifest: string;
  manifestPath: string;
  /** How many legs the job has, as this one says (strategy.job-total, CI_NODE_TOTAL); null when it does not. */
  ofLegs: number | null;
};

/** No forge makes so many: 256 on GitHub, 200 on GitLab. */
const MOST_LEGS = 1000;
const SHOWN_CHARS = 300;

/** Newer attempts are greater. GitHub counts attempts; on GitLab a retried job has a greater id. */
export type Recency = { attempt: number | null; order: bigint };

/** The leg of an envelope, from what its forge said. Every text in it is a stranger's. */
export function toLeg({ subject, plan }: SealedMembers): Leg {
  const job = toText(subject.meta['job']);
  const matrix = subject.meta['matrix'];
  const parts = isObject(matrix) ? Object.entries(matrix).toSorted(([a], [b]) => (a < b ? -1 : 1)) : [];
  const leg = parts.length === 0 ? '' : ` (${parts.map(([name, value]) => `${name}=${value}`).join(', ')})`;
  const ofLegs = toCount(subject.meta['job_total'] ?? subject.meta['node_total']);
  return {
    key: JSON.stringify([job, parts, plan.name, plan.manifest_path]),
    label: toShort(`${job ?? plan.name}${leg}`),
    job: job === null ? null : toShort(toJobOfLegs(job, subject.meta)),
    manifest: toShort(plan.name),
    manifestPath: toShort(plan.manifest_path),
    ofLegs: ofLegs !== null && ofLegs >= 1 && ofLegs <= MOST_LEGS ? ofLegs : null,
  };
}

/**
 * On GitLab every leg is a job of its own, and what they share is the group: `test: [mysql]` and `test 1/3` are of `test`.
 * CI_JOB_GROUP_NAME says so from GitLab 17.10; before that only the name tells.
 */
function toJobOfLegs(job: string, meta: SealedMembers['subject']['meta']): string {
  const total = toCount(meta['node_total']);
  return toText(meta['job_group']) ?? (total === null ? job : job.replace(/(?:: \[[^[\]]*\]| \d+\/\d+)$/, ''));
}

export function toRecency({ subject }: SealedMembers): Recency {
  const attempt = toCount(subject.meta['run_attempt']);
  if (subject.source !== 'gitlab') return { attempt, order: BigInt(attempt ?? 0) };
  const job = subject.meta['job_id'];
  return { attempt: null, order: typeof job === 'string' && /^\d{1,20}$/.test(job) ? BigInt(job) : 0n };
}

/** A stranger's text as a name for something: cut, and still well-formed. */
export function toShort(text: string): string {
  return text.slice(0, SHOWN_CHARS).toWellFormed();
}

function toText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function toCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
