import type { EventOf, RunEvent } from '../schema/event.ts';
import type { RunRecord, StepRecord } from '../schema/record.ts';
import { RecordError } from './errors.ts';
import { type RunState, makeRunState } from './run-state.ts';
import { type StepHistory, makeStepHistory } from './step-history.ts';
import { toRecord, toSteps } from './to-record.ts';

export type RecordFold = {
  /** Takes an event; the same one again, or one late, changes nothing. @throws RecordError `foreign_event` */
  apply(event: RunEvent): void;
  /** Every planned step as far as it is known, also before the run is over. @throws RecordError `no_plan`, `unknown_step` */
  steps(): StepRecord[];
  /** The record. @throws RecordError while run_started, plan_ready or finalize_started is missing */
  result(): RunRecord;
};

/**
 * What happened in a run, from its events alone: the sender and whoever received them all arrive at the same record.
 * Array orders follow from the plan and from ids, never from the order of arrival. Memory grows with steps and
 * artifacts, not with output.
 */
export function makeRecordFold(): RecordFold {
  const state = makeRunState();
  return {
    apply: (event) => applyEvent(state, event),
    steps: () => toSteps(state),
    result: () => toRecord(state),
  };
}

/** The record of a finished list of events. @throws RecordError */
export function foldEvents(events: Iterable<RunEvent>): RunRecord {
  const fold = makeRecordFold();
  for (const event of events) fold.apply(event);
  return fold.result();
}

function applyEvent(state: RunState, event: RunEvent): void {
  state.runId ??= event.run_id;
  if (event.run_id !== state.runId)
    throw new RecordError('foreign_event', `event ${event.event_id} belongs to another run (${event.run_id})`);
  switch (event.type) {
    case 'run_started':
      state.started = toEarlier(state.started, event);
      return;
    case 'plan_ready':
      state.planned = toEarlier(state.planned, event);
      return;
    case 'toolchain_probed':
      state.probed = toEarlier(state.probed, event);
      return;
    case 'finalize_started':
      state.finalized = toEarlier(state.finalized, event);
      return;
    case 'artifact_captured':
      keepEarlier(state.artifacts, event.artifact.id, event);
      return;
    case 'observation_recorded':
      keepEarlier(state.observations, event.observation.id, event);
      return;
    case 'redaction_applied':
      keepEarlier(state.redactions, event.receipt.id, event);
      return;
    case 'needs_input':
    case 'gate_resolved':
      toHistory(state, event.step_id).gateId = event.gate.id;
      keepDecision(state.gates, event);
      return;
    case 'step_started':
    case 'step_retrying':
    case 'step_finished':
    case 'step_skipped':
    case 'step_warning':
      applyToStep(toHistory(state, event.step_id), event);
      return;
    // Told to those who watch; the record has no place for them.
    case 'step_output':
    case 'heartbeat':
    case 'run_failed':
    case 'run_aborted':
    case 'finalize_failed':
    case 'run_finalized':
    case 'error':
      return;
  }
}

type StepEvent = EventOf<'step_started' | 'step_retrying' | 'step_finished' | 'step_skipped' | 'step_warning'>;

function applyToStep(history: StepHistory, event: StepEvent): void {
  switch (event.type) {
    case 'step_started':
      keepEarlier(history.started, event.attempt, event);
      return;
    case 'step_retrying':
      keepEarlier(history.ended, event.result.attempt, event);
      return;
    case 'step_finished':
      history.isFinished = true;
      keepEarlier(history.ended, event.result.attempt, event);
      return;
    case 'step_skipped':
      history.skipped = toEarlier(history.skipped, event);
      return;
    case 'step_warning':
      history.warnings.set(event.seq, event);
      return;
  }
}

/** Of two events that say the same thing the earlier counts, in whatever order they arrive. */
function toEarlier<Event extends { seq: number }>(known: Event | null, event: Event): Event {
  return known === null || event.seq < known.seq ? event : known;
}

function keepEarlier<Key, Event extends { seq: number }>(events: Map<Key, Event>, key: Key, event: Event): void {
  events.set(key, toEarlier(events.get(key) ?? null, event));
}

/** A gate is what was last said of it: asked, then resolved. */
function keepDecision(gates: RunState['gates'], event: EventOf<'needs_input' | 'gate_resolved'>): void {
  const known = gates.get(event.gate.id);
  if (known === undefined || event.seq > known.seq) gates.set(event.gate.id, event);
}

function toHistory(state: RunState, stepId: string): StepHistory {
  const known = state.steps.get(stepId);
  if (known !== undefined) return known;
  const history = makeStepHistory();
  state.steps.set(stepId, history);
  return history;
}
