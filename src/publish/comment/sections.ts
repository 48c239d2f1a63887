import { compareAge, type Leg, type Section, toLegId } from './leg.ts';

/** Results of former runs and attempts that are still named. */
const SUPERSEDED = 10;

/** What a comment shows: the newest run's legs, each in its newest attempt, and what they have taken the place of. */
export type Sorted = {
  current: Section[];
  superseded: Leg[];
  /** Legs that the newest run has in all, as far as those that reported know. */
  expected: number;
};

/**
 * The union of what was read at several times: of one leg, run and attempt the last one. The order in which legs get
 * to write has no influence on the result, nor has a section that is read twice.
 */
export function mergeSections(...lists: Section[][]): Section[] {
  const merged = new Map<string, Section>();
  for (const section of lists.flat()) {
    const id = toLegId(section.leg);
    const before = merged.get(id);
    const hasKept = section.text === undefined && before !== undefined && isSameLeg(before.leg, section.leg);
    merged.set(id, hasKept ? before : section);
  }
  return [...merged.values()];
}

/** The same whatever the order of what is given. */
export function sortSections(sections: Section[]): Sorted {
  const newestFirst = sections.toSorted((a, b) => compareAge(a.leg, b.leg) || compareForStaying(a.leg, b.leg));
  const run = newestFirst[0]?.leg.runNumber;
  const counts = new Map<string, number>();
  for (const { leg } of newestFirst.filter(({ leg }) => leg.runNumber === run)) {
    const group = `${leg.key} ${leg.attempt}`;
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  // As many sections of a key as one attempt had: more than one where a workflow is called twice.
  const slots = new Map<string, number>();
  for (const [group, count] of counts) {
    const [key = ''] = group.split(' ');
    slots.set(key, Math.max(slots.get(key) ?? 0, count));
  }
  const current: Section[] = [];
  const superseded: Leg[] = [];
  for (const section of newestFirst) {
    const { leg } = section;
    const left = leg.runNumber === run ? (slots.get(leg.key) ?? 0) : 0;
    if (left > 0) current.push(section);
    else superseded.push(leg);
    slots.set(leg.key, left - 1);
  }
  return {
    current: current.toSorted((a, b) => compareForReading(a.leg, b.leg)),
    superseded: superseded.toSorted((a, b) => compareAge(a, b) || compareForReading(a, b)).slice(0, SUPERSEDED),
    expected: toExpected(current),
  };
}

/** Whether a comment already shows all that these sections say. */
export function isShown(sections: Section[], inComment: Section[]): boolean {
  const shown = new Map(inComment.map(({ leg }) => [toLegId(leg), leg]));
  return sortSections(sections).current.every(({ leg }) => {
    const there = shown.get(toLegId(leg));
    return there !== undefined && isSameLeg(there, leg);
  });
}

function isSameLeg(a: Leg, b: Leg): boolean {
  const names = ['status', 'commit', 'title', 'digest'] as const;
  return names.every((name) => a[name] === b[name]);
}

/** Of jobs that look the same those that failed were run again. */
function compareForStaying(a: Leg, b: Leg): number {
  const rank = ({ status }: Leg): number => (status === 'success' ? 0 : 1);
  return rank(a) - rank(b) || (a.evidence < b.evidence ? -1 : 1);
}

/** Failures first; then as people count, `node 9` before `node 10`. */
function compareForReading(a: Leg, b: Leg): number {
  const ranks = { failed: 0, aborted: 1, success: 2 };
  return (
    ranks[a.status] - ranks[b.status] ||
    a.job.localeCompare(b.job, 'en', { numeric: true }) ||
    a.label.localeCompare(b.label, 'en', { numeric: true }) ||
    (toLegId(a) < toLegId(b) ? -1 : 1)
  );
}

function toExpected(current: Section[]): number {
  const totals = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const { leg } of current) {
    totals.set(leg.job, Math.max(totals.get(leg.job) ?? 0, leg.total));
    counts.set(leg.job, (counts.get(leg.job) ?? 0) + 1);
  }
  return [...totals].reduce((sum, [job, total]) => sum + Math.max(total, counts.get(job) ?? 0), 0);
}
