import type { EventOf } from '../schema/event.ts';
import type { StepHistory } from './step-history.ts';

/** What a fold has heard so far: for everything that is said once, the event that said it. */
export type RunState = {
  runId: string | null;
  started: EventOf<'run_started'> | null;
  planned: EventOf<'plan_ready'> | null;
  probed: EventOf<'toolchain_probed'> | null;
  finalized: EventOf<'finalize_started'> | null;
  steps: Map<string, StepHistory>;
  artifacts: Map<string, EventOf<'artifact_captured'>>;
  observations: Map<string, EventOf<'observation_recorded'>>;
  redactions: Map<string, EventOf<'redaction_applied'>>;
  gates: Map<string, EventOf<'needs_input' | 'gate_resolved'>>;
};

export function makeRunState(): RunState {
  return {
    runId: null,
    started: null,
    planned: null,
    probed: null,
    finalized: null,
    steps: new Map(),
    artifacts: new Map(),
    observations: new Map(),
    redactions: new Map(),
    gates: new Map(),
  };
}
