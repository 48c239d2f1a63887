import type { ExpectedBasis } from '../schema/collection.ts';
import type { RunStatus } from '../schema/record.ts';
import { type ExpectedLegs, toExpectation } from './expected.ts';
import type { Judged, Member, Rejected } from './judge.ts';

/** What became of one leg. `files` are kept as the evidence for it. */
export type LegOutcome =
  | { state: 'in'; label: string; member: Member; isOlderAttempt: boolean }
  | { state: 'missing'; label: string; reason: string }
  | { state: 'rejected'; label: string; reason: string; files: (Member | Rejected)[] };

export type Gathered = {
  /** Those that came by their labels, then what was rejected, then what is missing. */
  legs: LegOutcome[];
  superseded: Member[];
  expected: number | null;
  expectedBasis: ExpectedBasis;
  newestAttempt: number | null;
  status: RunStatus;
};

/**
 * Puts the judged files in order: the newest attempt of each leg counts, the same file twice is one, two different
 * files of one leg and attempt count both as rejected, since nobody can tell which is true.
 */
export function gather(judged: readonly Judged[], expected: ExpectedLegs): Gathered {
  const members = dropRepeated(judged.filter((file) => file.kind === 'member'));
  const rejected = dropRepeated(judged.filter((file) => file.kind === 'rejected'));
  const { newest, superseded } = toNewest(members);
  const labels = toLabels(newest.map(([first]) => first));
  const newestAttempt = newest.reduce<number | null>((most, [first]) => toMost(most, first.recency.attempt), null);
  const outcomes = newest.map(([first, ...others]): LegOutcome => {
    const label = labels.get(first) ?? first.leg.label;
    if (others.length > 0) return { state: 'rejected', label, reason: ambiguous, files: [first, ...others] };
    const { attempt } = first.recency;
    return { state: 'in', label, member: first, isOlderAttempt: attempt !== null && attempt !== newestAttempt };
  });
  const legs = newest.map(([first]) => first.leg);
  const { count, basis, missing } = toExpectation(expected, legs, rejected.length);
  return {
    legs: [
      ...outcomes.toSorted((a, b) => compare(a.label, b.label)),
      ...rejected
        .map((file): LegOutcome => ({ state: 'rejected', label: file.source, reason: file.reason, files: [file] }))
        .toSorted((a, b) => compare(a.label, b.label)),
      ...missing.map(({ name, reason }, index): LegOutcome => {
        const label = name ?? (missing.length === 1 ? 'missing leg' : `missing leg ${index + 1}`);
        return { state: 'missing', label, reason };
      }),
    ],
    superseded,
    expected: count,
    expectedBasis: basis,
    newestAttempt,
    status: toStatus(outcomes, rejected.length, missing.length),
  };
}

const ambiguous = 'there are several envelopes of this leg and attempt, and nobody can tell which is true';

/** At least one: an outcome without files would be a leg that nobody knows. */
type OfLeg = [Member, ...Member[]];

function toNewest(members: readonly Member[]): { newest: OfLeg[]; superseded: Member[] } {
  const newest = new Map<string, OfLeg>();
  const superseded: Member[] = [];
  for (const member of members) {
    const known = newest.get(member.leg.key);
    const order = known?.[0].recency.order;
    if (known === undefined || order === undefined || member.recency.order > order) {
      superseded.push(...(known ?? []));
      newest.set(member.leg.key, [member]);
    } else if (member.recency.order === order) known.push(member);
    else superseded.push(member);
  }
  return { newest: [...newest.values()], superseded };
}

/** One file under two names is one file. */
function dropRepeated<File extends { sha256: string | null }>(files: readonly File[]): File[] {
  const seen = new Set<string>();
  return files.filter(({ sha256 }) => {
    if (sha256 === null) return true;
    const isNew = !seen.has(sha256);
    seen.add(sha256);
    return isNew;
  });
}

/** Legs whose labels are equal are told apart by the manifest's name, or else by its path. */
function toLabels(members: readonly Member[]): Map<Member, string> {
  const labels = new Map(members.map((member) => [member, member.leg.label]));
  for (const part of ['manifest', 'manifestPath'] as const) {
    const taken = [...labels.values()];
    for (const [member, label] of labels) {
      if (taken.filter((other) => other === label).length > 1) labels.set(member, `${label} · ${member.leg[part]}`);
    }
  }
  return labels;
}

function toMost(most: number | null, attempt: number | null): number | null {
  return attempt === null ? most : Math.max(most ?? 0, attempt);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Success only when each leg that must be there is there, intact, and a success itself. */
function toStatus(outcomes: readonly LegOutcome[], rejected: number, missing: number): RunStatus {
  const statuses = outcomes.map((leg) => (leg.state === 'in' ? leg.member.facts.status : 'failed'));
  if (rejected > 0 || statuses.includes('failed')) return 'failed';
  return missing > 0 || statuses.length === 0 || statuses.includes('aborted') ? 'aborted' : 'success';
}
