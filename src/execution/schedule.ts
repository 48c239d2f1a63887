import type { Plan, PlanStep } from '../schema/plan.ts';
import type { StepStatus } from '../schema/record.ts';

export type Skip = { step: PlanStep; reason: string };

/** Which step comes next. Pure: it is told what happened, and says what follows. */
export type Schedule = {
  /** The first step, in the plan's order, that can start now and hasn't been given out; and what can't run any more. */
  next(): { start: PlanStep | null; skip: Skip[] };
  finish(step: PlanStep, status: StepStatus): void;
  /** Takes all steps that have not started: the run is being ended. */
  skipRest(reason: string): Skip[];
};

/** `failure`: it counts as failed for what needs it; `root` is the step behind that, `end` how that one ended. */
type Outcome = { skipped: boolean; failure: { root: string; end: string } | null };
type State = { step: PlanStep; needs: State[]; phase: 'waiting' | 'running' | 'done'; outcome: Outcome | null };

/**
 * when: success (the default) runs when every need was good: it succeeded, or was allowed to fail. failure runs when all
 * needs have ended and one failed, or was skipped for a failure. always runs when all needs have ended. A step with one
 * of the last two and no needs comes after all steps before it in the plan.
 */
export function makeSchedule(plan: Pick<Plan, 'steps' | 'fail_fast'>): Schedule {
  const states = toStates(plan.steps);
  let failedFirst: Outcome['failure'] = null;

  const skip = (state: State, reason: string, failure: Outcome['failure']): Skip => {
    state.phase = 'done';
    state.outcome = { skipped: true, failure };
    return { step: state.step, reason };
  };
  const decide = (state: State): Skip | 'start' | 'wait' => {
    const { step, needs } = state;
    if (step.when === 'success') {
      const culprit = needs.find(({ outcome }) => outcome?.failure);
      if (culprit?.outcome?.failure)
        return skip(state, toReason(culprit.step.id, culprit.outcome), culprit.outcome.failure);
      const idle = needs.find(({ outcome }) => outcome?.skipped);
      if (idle) return skip(state, `needs ${idle.step.id}, which was skipped`, null);
      if (failedFirst) return skip(state, `fail_fast: ${failedFirst.root} ${failedFirst.end}`, failedFirst);
    }
    if (!needs.every(({ phase }) => phase === 'done')) return 'wait';
    if (step.when === 'failure' && !needs.some(({ outcome }) => outcome?.failure)) {
      return skip(state, 'runs only after a failure, and nothing before it failed', null);
    }
    return 'start';
  };

  return {
    next() {
      const skipped: Skip[] = [];
      for (let before = -1; before !== skipped.length;) {
        before = skipped.length;
        for (const state of states.values()) {
          if (state.phase !== 'waiting') continue;
          const decision = decide(state);
          if (decision === 'start') {
            state.phase = 'running';
            return { start: state.step, skip: skipped };
          }
          if (decision !== 'wait') skipped.push(decision);
        }
      }
      return { start: null, skip: skipped };
    },
    finish(step, status) {
      const state = states.get(step.id);
      if (!state) throw new Error(`step ${step.id} is not in the plan`);
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
