import type { Plan, PlanStep } from '../schema/plan.ts';
import type { StepStatus } from '../schema/record.ts';

export type Skip = { step: PlanStep; reason: string };

/** Which step comes next. Pure: it is told what happened, and says what follows. */
export type Schedule = {
  /**
   * The first step, in the plan's order, that can start now and hasn't been given out; and what can't run any more.
   * @param room services: no other step may be started now
   */
  next(room: 'any' | 'services'): { start: PlanStep | null; skip: Skip[] };
  /** A service that runs can be used: for what needs it that is as good as an end. */
  ready(step: PlanStep): void;
  finish(step: PlanStep, status: StepStatus): void;
  /** Takes all steps that have not started: the run is being ended. */
  skipRest(reason: string): Skip[];
};

/** `failure`: it counts as failed for what needs it; `root` is the step behind that, `end` how that one ended. */
type Outcome = { skipped: boolean; failure: { root: string; end: string } | null };
type Phase = 'waiting' | 'running' | 'ready' | 'done';
type State = { step: PlanStep; needs: State[]; phase: Phase; outcome: Outcome | null };

/**
 * when: success (the default) runs when every need was good: it succeeded, or was allowed to fail. failure runs when all
 * needs have ended and one failed, or was skipped for a failure. always runs when all needs have ended. A step with one
 * of the last two and no needs comes after all steps before it in the plan. Services that still run when nothing else
 * does count as good: then is decided whether what waits for a failure of theirs is skipped.
 */
export function makeSchedule(plan: Pick<Plan, 'steps' | 'fail_fast'>): Schedule {
  const states = toStates(plan.steps);
  let failedFirst: Outcome['failure'] = null;

  const skip = (state: State, reason: string, failure: Outcome['failure']): Skip => {
    state.phase = 'done';
    state.outcome = { skipped: true, failure };
    return { step: state.step, reason };
  };
  const decide = (state: State, isLast: boolean): Skip | 'start' | 'wait' => {
    const { step, needs } = state;
    if (step.when === 'success') {
      const culprit = needs.find(({ outcome }) => outcome?.failure);
      if (culprit?.outcome?.failure)
        return skip(state, toReason(culprit.step.id, culprit.outcome), culprit.outcome.failure);
      const idle = needs.find(({ outcome }) => outcome?.skipped);
      if (idle) return skip(state, `needs ${idle.step.id}, which was skipped`, null);
      if (failedFirst) return skip(state, `fail_fast: ${failedFirst.root} ${failedFirst.end}`, failedFirst);
    }
    if (!needs.every(({ phase }) => phase === 'done' || phase === 'ready')) return 'wait';
    if (step.when === 'failure' && !needs.some(({ outcome }) => outcome?.failure)) {
      if (!isLast && needs.some(({ phase }) => phase === 'ready')) return 'wait';
      return skip(state, 'runs only after a failure, and nothing before it failed', null);
    }
    return 'start';
  };

  const stateOf = (step: PlanStep): State => {
    const state = states.get(step.id);
    if (!state) throw new Error(`step ${step.id} is not in the plan`);
    return state;
  };
  const take = (room: 'any' | 'services', isLast: boolean, skipped: Skip[]): PlanStep | null => {
    for (const state of states.values()) {
      if (state.phase !== 'waiting' || (room === 'services' && state.step.kind !== 'service')) continue;
      const decision = decide(state, isLast);
      if (decision === 'start') {
        state.phase = 'running';
        return state.step;
      }
      if (decision !== 'wait') skipped.push(decision);
    }
    return null;
  };
  /** Nothing runs but services that are ready: nothing more will fail that a step could wait for. */
  const isIdle = (): boolean => [...states.values()].every(({ phase }) => phase !== 'running');

  return {
    next(room) {
      const skipped: Skip[] = [];
      for (;;) {
        const before = skipped.length;
        const start =
          take(room, false, skipped) ?? (skipped.length === before && isIdle() ? take(room, true, skipped) : null);
        if (start !== null || skipped.length === before) return { start, skip: skipped };
      }
    },
    ready(step) {
      stateOf(step).phase = 'ready';
    },
    finish(step, status) {
      const state = stateOf(step);
      const failed = status !== 'success' && !step.continue_on_error;
      state.phase = 'done';
      state.outcome = { skipped: false, failure: failed ? { root: step.id, end: ends[status] } : null };
      if (plan.fail_fast) failedFirst ??= state.outcome.failure;
    },
    skipRest(reason) {
      const waiting = [...states.values()].filter(({ phase }) => phase === 'waiting');
      return waiting.map((state) => skip(state, reason, null));
    },
  };
}

function toStates(steps: PlanStep[]): Map<string, State> {
  const states = new Map<string, State>();
  for (const step of steps) states.set(step.id, { step, needs: [], phase: 'waiting', outcome: null });
  const all = [...states.values()];
  for (const [index, state] of all.entries()) {
    const { needs, when } = state.step;
    if (needs.length === 0 && when !== 'success') state.needs = all.slice(0, index);
    else state.needs = needs.flatMap((id) => states.get(id) ?? []);
  }
  return states;
}

function toReason(need: string, { skipped, failure }: Outcome): string {
  if (failure === null) return `needs ${need}`;
  const { root, end } = failure;
  return skipped ? `needs ${need}, which was skipped because ${root} ${end}` : `needs ${need}, which ${end}`;
}

const ends: Record<StepStatus, string> = {
  success: 'succeeded',
  failed: 'failed',
  error: 'could not be started',
  timed_out: 'timed out',
  skipped: 'was skipped',
  aborted: 'was aborted',
  waiting: 'is waiting',
};
