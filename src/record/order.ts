import { artifactKinds } from '../schema/artifact-kinds.ts';
import type { Artifact, RedactionReceipt } from '../schema/record.ts';

/** Index of each planned step by its id. */
export type StepIndexes = ReadonlyMap<string, number>;

type Key = readonly (number | string)[];

/** What belongs to the run as a whole comes before what belongs to a step. */
const RUN_LEVEL = -1;
const RUN_KINDS: readonly string[] = ['manifest', 'plan'];

/** Artifacts: those of the run (manifest, plan) first, then by step, attempt, kind and number. */
export function sortArtifacts(artifacts: Iterable<Artifact>, steps: StepIndexes): Artifact[] {
  return sortByKey(artifacts, (artifact) => {
    const { id, kind, step_id } = artifact;
    if (step_id === null)
      return [RUN_LEVEL, (RUN_KINDS.indexOf(kind) + RUN_KINDS.length + 1) % (RUN_KINDS.length + 1), id];
    const { attempt, number } = toParts(artifact);
    return [toStepIndex(step_id, steps), attempt, artifactKinds.indexOf(kind), number, id];
  });
}

/** Redaction receipts: by where in the evidence, then by rule. */
export function sortRedactions(
  receipts: Iterable<RedactionReceipt>,
  artifacts: readonly Artifact[],
): RedactionReceipt[] {
  const places = new Map(artifacts.map(({ id }, index) => [id, index]));
  return sortByKey(receipts, ({ artifact_id, path, rule_id, match_type, id }) => [
    artifact_id === null ? RUN_LEVEL : (places.get(artifact_id) ?? places.size),
    path,
    rule_id,
    match_type,
    id,
  ]);
}

/** Anything that belongs to a step or to the run, by step and id. */
export function sortByStep<Element extends { id: string }>(
  elements: Iterable<{ stepId: string | null; element: Element }>,
  steps: StepIndexes,
): Element[] {
  return sortByKey(elements, ({ stepId, element }) => [
    stepId === null ? RUN_LEVEL : toStepIndex(stepId, steps),
    element.id,
  ]).map(({ element }) => element);
}

/** Attempt and number of `unit/2/report/3`; step ids may hold slashes, so what follows the step's own id is read. */
function toParts({ id, step_id }: Artifact): { attempt: number; number: number } {
  const rest = id.startsWith(`${step_id}/`) ? id.slice(`${step_id}/`.length) : '';
  const [attempt = '0', , number = '0'] = rest.split('/');
  return { attempt: toNumber(attempt), number: toNumber(number) };
}

function toNumber(text: string): number {
  return /^[0-9]{1,9}$/.test(text) ? Number(text) : 0;
}

function toStepIndex(stepId: string, steps: StepIndexes): number {
  return steps.get(stepId) ?? steps.size;
}

function sortByKey<Element>(elements: Iterable<Element>, toKey: (element: Element) => Key): Element[] {
  return [...elements]
    .map((element) => ({ element, key: toKey(element) }))
    .toSorted((one, other) => compareKeys(one.key, other.key))
    .map(({ element }) => element);
}

/** Texts compare by UTF-16 code units: the same order on every machine, whatever its locale. */
function compareKeys(one: Key, other: Key): number {
  for (const [index, a] of one.entries()) {
    const b = other[index] ?? '';
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}
