import { makeDeferred } from '../lib/deferred.ts';
import type { Plan, PlanStep } from '../schema/plan.ts';
import type { ServiceHandle } from './step-context.ts';

/** The services of a run that are running now, and who tells them that they are no longer needed. */
export type Services = {
  /** The handle of a step that begins. Steps of other kinds get one that nobody asks. */
  add(step: PlanStep, onReady: () => void): ServiceHandle;
  remove(step: PlanStep): void;
  isEmpty(): boolean;
  /**
   * Every other step is over: ends the services that no other running service needs, so that a server is ended before its
   * database. Does nothing while one is not ready yet: whether it will be is an outcome.
   */
  endUnneeded(): void;
  endAll(): void;
};

export function makeServices({ steps }: Pick<Plan, 'steps'>): Services {
  const running = new Map<string, { isReady: boolean; end: () => void }>();
  const needs = toAllNeeds(steps);
  const isNeeded = (id: string): boolean => [...running.keys()].some((other) => needs.get(other)?.has(id));
  return {
    add(step, onReady) {
      const over = makeDeferred();
      const state = { isReady: false, end: over.resolve };
      if (step.kind === 'service') running.set(step.id, state);
      return {
        tellReady() {
          state.isReady = true;
          onReady();
        },
        isReady: () => state.isReady,
        over: over.promise,
      };
    },
    remove: ({ id }) => void running.delete(id),
    isEmpty: () => running.size === 0,
    endUnneeded() {
      if (![...running.values()].every(({ isReady }) => isReady)) return;
      for (const [id, { end }] of running) if (!isNeeded(id)) end();
    },
    endAll() {
      for (const { end } of running.values()) end();
    },
  };
}

/** Step id to the ids of all that it needs, by however many steps between. */
function toAllNeeds(steps: PlanStep[]): Map<string, Set<string>> {
  const direct = new Map(steps.map(({ id, needs }) => [id, needs]));
  return new Map(
    steps
      .filter(({ kind }) => kind === 'service')
      .map(({ id }) => {
        const found = new Set<string>();
        const pending = [id];
        for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
          for (const need of direct.get(next) ?? []) {
            if (found.has(need)) continue;
            found.add(need);
            pending.push(need);
          }
        }
        return [id, found];
      }),
  );
}
