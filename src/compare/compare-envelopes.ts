import type { Change, ComparedSide, Comparison } from '../schema/comparison.ts';
import type { Envelope } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';
import { compareOutputs, compareRedactions } from './files.ts';
import { compareMaterials } from './materials.ts';
import { compareObservations } from './observations.ts';
import { compareSteps } from './steps.ts';
import { comparePlans, compareRunners, compareRuns, compareSeals, compareToolchains } from './surroundings.ts';

/** An envelope, what its verification says, and how the caller named it. */
export type Side = { named: string; envelope: Envelope; verdict: Verdict };

/**
 * What is different in the second envelope, as far as it matters: ids, times, output streams and durations within noise
 * do not. An envelope that is not intact is no evidence of anything, so nothing is compared with it.
 */
export function compareEnvelopes(before: Side, after: Side): Comparison {
  const sides = { before: toComparedSide(before), after: toComparedSide(after) };
  if (before.verdict.intact.answer === 'no' || after.verdict.intact.answer === 'no') {
    return { ...sides, changes: null, notes: [] };
  }
  const [old, now] = [before.envelope, after.envelope];
  const observed = compareObservations(old, now);
  const changes: Change[] = [
    ...compareRuns(old, now),
    ...comparePlans(old, now),
    ...compareMaterials(old, now),
    ...compareSteps(old, now),
    ...observed.changes,
    ...compareOutputs(old, now),
    ...compareRedactions(old, now),
    ...compareToolchains(old, now),
    ...compareRunners(old, now),
    ...compareSeals(old, now),
  ];
  return { ...sides, changes, notes: [...toNotes(sides, old, now), ...observed.notes] };
}

function toComparedSide({ named, envelope, verdict }: Side): ComparedSide {
  return {
    named,
    evidence_id: envelope.evidence_id,
    run_id: envelope.run_id,
    status: envelope.execution.status,
    repo: envelope.subject.repo.name ?? envelope.subject.repo.url,
    commit_sha: envelope.subject.id,
    started_at: envelope.execution.started_at,
    intact: verdict.intact.answer,
    complete: verdict.complete.answer,
    problems: [...verdict.intact.problems, ...verdict.complete.problems],
  };
}

function toNotes({ before, after }: Pick<Comparison, 'before' | 'after'>, old: Envelope, now: Envelope): string[] {
  const dirty = [before, after].filter((_, index) => [old, now][index]?.subject.git?.dirty === true);
  return [
    ...(before.evidence_id === after.evidence_id ? ['both are the same evidence'] : []),
    ...(before.repo === after.repo ? [] : ['they are about different repositories']),
    ...dirty.map(({ named }) => `${named}: its work tree held changes that are in no commit`),
    ...[before, after].flatMap(({ named, complete }) =>
      complete === 'no' ? [`${named} is not complete: what it leaves out cannot be compared`] : [],
    ),
  ];
}
