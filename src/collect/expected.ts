import { CodedError } from '../lib/errors.ts';
import { isObject } from '../lib/json.ts';
import { limits } from '../lib/limits.ts';
import type { ExpectedBasis } from '../schema/collection.ts';
import type { Leg } from './leg.ts';

export class ExpectedError extends CodedError<'bad_expected'> {}

/** What the caller says of the legs: how many, or which; null: nothing, so that only the members can tell. */
export type ExpectedLegs = { count: number } | { names: string[] } | null;

/** A leg of which no envelope came; a name that nobody gave is null. */
export type MissingLeg = { name: string | null; reason: string };

export type Expectation = { count: number | null; basis: ExpectedBasis; missing: MissingLeg[] };

/**
 * Reads how many legs, or which, there must be: a number, names (one a line, or between commas), or GitHub's `needs`
 * context as JSON, whose keys are the jobs.
 * @throws ExpectedError for anything else
 */
export function parseExpected(text: string): ExpectedLegs {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (/^\d{1,6}$/.test(trimmed)) return assertCount(Number(trimmed));
  const names = trimmed.startsWith('{') ? readNeeds(trimmed) : trimmed.split(/[\n,]/).map((name) => name.trim());
  const distinct = [...new Set(names.filter((name) => name !== ''))];
  assertCount(distinct.length);
  return { names: distinct };
}

/** What is missing, given the legs of which something came (rejected files stand for a leg each: something did come). */
export function toExpectation(expected: ExpectedLegs, legs: readonly Leg[], rejected: number): Expectation {
  if (expected !== null && 'names' in expected) return toNamed(expected.names, legs);
  const told = toTold(legs);
  // What the members tell is in force as well: a number that was typed once must not hide that the matrix grew.
  const missing = toUntold(legs, told).slice(rejected);
  if (expected === null) {
    if (told === null) return { count: null, basis: 'unknown', missing: [{ name: null, reason: unknownReason }] };
    return { count: told, basis: 'members', missing };
  }
  const short = expected.count - legs.length - rejected;
  const generic = Array.from({ length: Math.max(0, short - missing.length) }, () => ({
    name: null,
    reason: noEnvelope,
  }));
  return { count: Math.max(expected.count, told ?? 0), basis: 'number', missing: [...missing, ...generic] };
}

const noEnvelope = 'no envelope arrived';
const unknownReason = 'nobody said how many legs there must be, so that one may be missing';

/** A name is that of a leg, of a job (then any of its legs will do for the name), or of a manifest. */
function toNamed(names: readonly string[], legs: readonly Leg[]): Expectation {
  const absent = names.filter((name) => !legs.some((leg) => isNamed(leg, name)));
  const missing = [...absent.map((name) => ({ name, reason: noEnvelope })), ...toUntold(legs, toTold(legs))];
  return { count: legs.length + missing.length, basis: 'names', missing };
}

function isNamed({ label, job, manifest }: Leg, name: string): boolean {
  return label === name || job === name || manifest === name;
}

/** How many legs the members themselves speak of: for each job the most that one of its legs says. null: one says nothing. */
function toTold(legs: readonly Leg[]): number | null {
  if (legs.length === 0 || legs.some(({ ofLegs }) => ofLegs === null)) return null;
  return toJobs(legs).reduce((sum, { found, told }) => sum + Math.max(found, told), 0);
}

function toUntold(legs: readonly Leg[], told: number | null): MissingLeg[] {
  if (told === null) return [];
  return toJobs(legs).flatMap(({ job, found, told: ofLegs }) =>
    Array.from({ length: Math.min(Math.max(0, ofLegs - found), limits.collectMembers) }, () => ({
      name: null,
      reason: `${noEnvelope}; job ${job} says that it has ${ofLegs} legs`,
    })),
  );
}

/** The legs by job. One job may seal several manifests: those of one manifest are counted. */
function toJobs(legs: readonly Leg[]): { job: string; found: number; told: number }[] {
  const jobs = new Map<string, { job: string; found: number; told: number }>();
  for (const { job, manifest, manifestPath, ofLegs } of legs) {
    const key = JSON.stringify([job, manifest, manifestPath]);
    const known = jobs.get(key) ?? { job: job ?? manifest, found: 0, told: 0 };
    jobs.set(key, { ...known, found: known.found + 1, told: Math.max(known.told, ofLegs ?? 0) });
  }
  return [...jobs.values()];
}

function readNeeds(text: string): string[] {
  try {
    const needs: unknown = JSON.parse(text);
    if (isObject(needs)) return Object.keys(needs);
  } catch {
    // Told below.
  }
  throw new ExpectedError('bad_expected', 'the expected legs begin with "{" but are no JSON object (`toJSON(needs)`)');
}

function assertCount(count: number): { count: number } {
  if (count >= 1 && count <= limits.collectMembers) return { count };
  throw new ExpectedError('bad_expected', `between 1 and ${limits.collectMembers} legs can be expected, not ${count}`);
}
