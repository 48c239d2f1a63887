import type { EventOf } from '../schema/event.ts';
import type { Plan } from '../schema/plan.ts';
import type { Artifact, Execution, RunRecord, StepRecord } from '../schema/record.ts';
import { RecordError } from './errors.ts';
import { type StepIndexes, sortArtifacts, sortByStep, sortRedactions } from './order.ts';
import type { RunState } from './run-state.ts';
import { makeStepHistory, toStepRecord } from './step-history.ts';

/** Every planned step, in the plan's order, whether anything was heard of it or not. */
export function toSteps(state: RunState): StepRecord[] {
  const { plan } = assertHeard(state.planned, 'no_plan', 'plan_ready');
  const planned = new Set(plan.steps.map(({ id }) => id));
  for (const stepId of state.steps.keys()) {
    if (!planned.has(stepId)) throw new RecordError('unknown_step', `the plan has no step ${JSON.stringify(stepId)}`);
  }
  const diffs = new Map(
    [...state.artifacts.values()].map(({ artifact }) => [
      artifact.kind === 'diff' ? artifact.step_id : null,
      artifact.id,
    ]),
  );
  return plan.steps
    .toSorted((one, other) => one.index - other.index)
    .map((step) => toStepRecord(step, state.steps.get(step.id) ?? makeStepHistory(), diffs.get(step.id) ?? null));
}

/** The record of a run that is over. */
export function toRecord(state: RunState): RunRecord {
  const started = assertHeard(state.started, 'not_started', 'run_started');
  const planned = assertHeard(state.planned, 'no_plan', 'plan_ready');
  const finalized = assertHeard(state.finalized, 'not_finalized', 'finalize_started');
  const steps: StepIndexes = new Map(planned.plan.steps.map(({ id, index }) => [id, index]));
  const artifacts = sortArtifacts(
    toValues(state.artifacts, ({ artifact }) => artifact),
    steps,
  );
  const { runner_context: runner } = started;
  return {
    run_id: started.run_id,
    worker: started.worker,
    identities: started.identities,
    intent: started.intent,
    subject: started.subject,
    plan: toPlanRef(planned, artifacts),
    runner_context: { ...runner, toolchain: { ...runner.toolchain, ...state.probed?.toolchain } },
    execution: toExecution({ started, plan: planned.plan, finalized, steps: toSteps(state) }),
    artifacts,
    observations: sortByStep(
      toValues(state.observations, ({ step_id, observation }) => ({ stepId: step_id, element: observation })),
      steps,
    ),
    gates: sortByStep(
      toValues(state.gates, ({ step_id, gate }) => ({ stepId: step_id, element: gate })),
      steps,
    ),
    redactions: sortRedactions(
      toValues(state.redactions, ({ receipt }) => receipt),
      artifacts,
    ),
    // seq counts from 1 without a gap, so the last one counted is their number, whatever has arrived.
    events: { emitted: finalized.seq, ...finalized.events },
  };
}

function toPlanRef(
  { plan, plan_hash, expected_plan_hash }: EventOf<'plan_ready'>,
  artifacts: Artifact[],
): RunRecord['plan'] {
  const artifact = artifacts.find(({ kind, step_id }) => kind === 'plan' && step_id === null);
  return {
    plan_hash,
    manifest_sha256: plan.manifest.sha256,
    name: plan.name,
    manifest_path: plan.manifest.path,
    plan_artifact_id: artifact?.id ?? null,
    ...(expected_plan_hash !== undefined && { expected_plan_hash }),
  };
}

function toExecution(run: {
  started: EventOf<'run_started'>;
  finalized: EventOf<'finalize_started'>;
  plan: Plan;
  steps: StepRecord[];
}): Execution {
  const { timestamp: started_at } = run.started;
  const { timestamp: finished_at, status, termination } = run.finalized;
  return {
    status,
    started_at,
    finished_at,
    duration_ms: toDuration(started_at, finished_at),
    max_parallel: run.plan.max_parallel,
    termination,
    steps: run.steps,
  };
}

/** Milliseconds between two timestamps; 0 when the clock was set back between them. */
export function toDuration(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}

function toValues<Event, Value>(events: Map<string, Event>, toValue: (event: Event) => Value): Value[] {
  return [...events.values()].map(toValue);
}

function assertHeard<Event>(
  event: Event | null,
  code: 'not_started' | 'no_plan' | 'not_finalized',
  type: string,
): Event {
  if (event === null) throw new RecordError(code, `there is no record yet: no ${type} event was heard`);
  return event;
}
