import type { RunEvent } from '../schema/event.ts';
import type { PlanStep } from '../schema/plan.ts';
import type { RunStatus, RunTermination, StepStatus } from '../schema/record.ts';

/** A step as a log sees it. */
export type StepView = {
  id: string;
  kind: string;
  maxAttempts: number;
  continue_on_error: boolean;
  /** null: not over. */
  status: StepStatus | null;
};

/** What a log remembers of the run for its words and counts. */
export type Progress = {
  apply(event: RunEvent): void;
  step(id: string): StepView;
  steps(): StepView[];
  /** Milliseconds from run_started to `event`. */
  elapsed(event: RunEvent): number;
  ending(): { status: RunStatus; termination: RunTermination } | null;
};

export function makeProgress(): Progress {
  const steps = new Map<string, StepView>();
  let startedAt = 0;
  let ending: { status: RunStatus; termination: RunTermination } | null = null;

  const step = (id: string): StepView => {
    const known = steps.get(id);
    if (known !== undefined) return known;
    const unknown = { id, kind: 'command', maxAttempts: 1, continue_on_error: false, status: null };
    steps.set(id, unknown);
    return unknown;
  };

  return {
    apply(event) {
      if (event.type === 'run_started') startedAt = Date.parse(event.timestamp);
      if (event.type === 'plan_ready') for (const planned of event.plan.steps) steps.set(planned.id, toView(planned));
      if (event.type === 'step_finished') step(event.step_id).status = event.result.status;
      if (event.type === 'step_skipped') step(event.step_id).status = 'skipped';
      if (event.type === 'finalize_started') ending = { status: event.status, termination: event.termination };
    },
    step,
    steps: () => [...steps.values()],
    elapsed: (event) => (startedAt === 0 ? 0 : Math.max(0, Date.parse(event.timestamp) - startedAt)),
    ending: () => ending,
  };
}

function toView({ id, kind, retry, continue_on_error }: PlanStep): StepView {
  return { id, kind, maxAttempts: retry.max_attempts, continue_on_error, status: null };
}
