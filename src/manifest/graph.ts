import { findNearest } from '../lib/nearest.ts';
import type { Fault, FaultPath } from './fault.ts';
import { asMapping, selectPlaces } from './select.ts';

type GraphStep = { id: string; path: FaultPath; needs: { id: string; path: FaultPath }[] };

/**
 * What is wrong with the graph of `needs`, of a value that need not follow the schema otherwise: ids given twice, needs
 * that lead nowhere or to the step itself, circles, and steps that wait for a failure that cannot happen.
 */
export function findGraphFaults(root: unknown): Fault[] {
  const steps = toGraph(root);
  const firsts = new Map<string, GraphStep>();
  const faults: Fault[] = [];
  for (const step of steps) {
    const first = firsts.get(step.id);
    if (first === undefined) firsts.set(step.id, step);
    else faults.push({ path: [...step.path, 'id'], message: `the id "${step.id}" is taken by ${nameStep(first)}` });
  }
  return [
    ...faults,
    ...steps.flatMap((step) => findNeedFaults(step, firsts)),
    ...findCircles(steps, firsts),
    ...findIdleSteps(root),
  ];
}

function toGraph(root: unknown): GraphStep[] {
  const steps: GraphStep[] = [];
  for (const { path, value } of selectPlaces(root, 'steps.*')) {
    const step = asMapping(value);
    const id = step?.['id'];
    if (step === undefined || typeof id !== 'string') continue;
    const named = selectPlaces(value, 'needs.*').flatMap((place) =>
      typeof place.value === 'string' ? [{ id: place.value, path: [...path, ...place.path] }] : [],
    );
    // A step that runs after failures waits, when it names nothing, for all that is above it.
    const implicit = named.length === 0 && (step['when'] === 'failure' || step['when'] === 'always');
    const needs = implicit ? steps.map((above) => ({ id: above.id, path: [...path, 'id'] })) : named;
    steps.push({ id, path, needs });
  }
  return steps;
}

function findNeedFaults(step: GraphStep, known: ReadonlyMap<string, GraphStep>): Fault[] {
  return step.needs.flatMap(({ id, path }): Fault[] => {
    if (id === step.id) return path.at(-1) === 'id' ? [] : [{ path, message: `"${id}" needs itself` }];
    if (known.has(id)) return [];
    const nearest = findNearest(id, known.keys());
    const hint =
      nearest === undefined ? `there is ${[...known.keys()].slice(0, 10).join(', ')}` : `did you mean "${nearest}"?`;
    return [{ path, message: `there is no step "${id}"`, hint }];
  });
}

/** Faults for circles, at least one when there are any: walks along what is left when all that can be ordered is gone. */
function findCircles(steps: readonly GraphStep[], known: ReadonlyMap<string, GraphStep>): Fault[] {
  const left = toUnordered(known);
  const walked = new Set<string>();
  return steps.flatMap((start) => {
    const trail = new Map<string, number>();
    const way: { from: GraphStep; path: FaultPath }[] = [];
    let step: GraphStep | undefined = start;
    while (step !== undefined && left.has(step.id) && !walked.has(step.id)) {
      const from: GraphStep = step;
      walked.add(from.id);
      trail.set(from.id, way.length);
      const next = from.needs.find(({ id }) => left.has(id) && id !== from.id && (trail.has(id) || !walked.has(id)));
      if (next === undefined) return [];
      way.push({ from, path: next.path });
      const closes = trail.get(next.id);
      if (closes !== undefined) return [toCircleFault(way.slice(closes))];
      step = known.get(next.id);
    }
    return [];
  });
}

function toCircleFault(way: readonly { from: GraphStep; path: FaultPath }[]): Fault {
  const ids = way.map(({ from }) => from.id);
  const shown = ids.length > 20 ? [...ids.slice(0, 19), '...'] : ids;
  return { path: way[0]?.path ?? [], message: `these steps need each other: ${[...shown, ids[0]].join(' -> ')}` };
}

/** The ids that no order can be found for: they are in a circle, or need something that is. */
function toUnordered(known: ReadonlyMap<string, GraphStep>): Set<string> {
  const waiting = new Map<string, number>();
  const dependents = new Map<string, string[]>();
  for (const [id, { needs }] of known) {
    const others = new Set(needs.map((need) => need.id).filter((need) => need !== id && known.has(need)));
    waiting.set(id, others.size);
    for (const need of others) {
      const list = dependents.get(need);
      if (list === undefined) dependents.set(need, [id]);
      else list.push(id);
    }
  }
  const ready = [...waiting].filter(([, count]) => count === 0).map(([id]) => id);
  const left = new Set(known.keys());
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    left.delete(id);
    for (const dependent of dependents.get(id) ?? []) {
      const count = (waiting.get(dependent) ?? 0) - 1;
      waiting.set(dependent, count);
      if (count === 0) ready.push(dependent);
    }
  }
  return left;
}

/** The first step, when it waits for a failure: without needs of its own it waits for all above it, and there is none. */
function findIdleSteps(root: unknown): Fault[] {
  if (selectPlaces(root, 'steps.0.needs.*').length > 0) return [];
  return selectPlaces(root, 'steps.0.when').flatMap(({ path, value }): Fault[] =>
    value === 'failure' ? [{ path, message: 'this step can never run: it needs no step that could fail' }] : [],
  );
}

function nameStep({ path }: GraphStep): string {
  return `steps[${String(path[1])}]`;
}
