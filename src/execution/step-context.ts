import { toTimestamp } from '../lib/clock.ts';
import { redactJson } from '../redaction/json.ts';
import type { Hit, Redactor } from '../redaction/types.ts';
import type { EventDraft, EventOf } from '../schema/event.ts';
import type { Plan, PlanStep } from '../schema/plan.ts';
import type { ArtifactStore, Captured } from './artifacts.ts';
import type { ReportReader } from './read-reports.ts';
import type { Scratch } from './scratch.ts';
import type { Stop } from './stop.ts';

type WithoutTime<Draft> = Draft extends unknown ? Omit<Draft, 'timestamp'> : never;
/** Hands a draft on. A promise comes back when the events pile up. */
export type Emit = (draft: WithoutTime<EventDraft>) => Promise<void> | undefined;

/** What a run is given for all of its steps. */
export type RunStage = {
  plan: Plan;
  /** What the manifest sets for each step, by step id. */
  environments: Record<string, Record<string, string>>;
  /** The runner's environment; steps get a safe base of it and what pass_env names. */
  runnerEnv: Record<string, string>;
  /** What all of this run's processes and files are known by (toRunMark). */
  runMark: string;
  /** Absolute; without symlinks once the run has begun. */
  workspace: string;
  store: ArtifactStore;
  redactor: Redactor;
  /** What reads the reports that steps declare. */
  reports: ReportReader;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** What all steps of a run share. */
export type RunContext = RunStage & {
  scratch: Scratch;
  stop: Stop;
  platform: NodeJS.Platform;
  emit: Emit;
};

type WarningCode = EventOf<'step_warning'>['code'];
type Receipt = EventOf<'redaction_applied'>['receipt'];

/** A service, between the step that runs it and the run that it is for. */
export type ServiceHandle = {
  /** The steps that need it may start. */
  tellReady(): void;
  isReady(): boolean;
  /** Resolves when no step needs it any more. */
  over: Promise<void>;
};

/** What one step gets of the run. */
export type StepRunContext = RunContext & { service: ServiceHandle };

/** One attempt of one step, and what it may tell. */
export type AttemptContext = StepRunContext & {
  step: PlanStep;
  attempt: number;
  /** `<step>/<attempt>/<rest>`. */
  toArtifactId: (rest: string) => string;
  warn: (code: WarningCode, message: string) => void;
  /** A text for the record, redacted; receipts name `pointer`, its place below the step. */
  redact: (text: string, pointer: string) => string;
  /** The same for all texts of a plain JSON value. */
  redactValue: <T>(value: T, pointer: string) => T;
  /** Tells of an artifact, and of what the redactor did to it. */
  announce: (
    captured: Pick<Captured, 'artifact' | 'receipts'>,
    path: string,
    stage: Receipt['stage'],
  ) => Promise<void> | undefined;
};

export function makeAttemptContext(run: StepRunContext, step: PlanStep, attempt: number): AttemptContext {
  const { emit, redactor, now } = run;
  const toArtifactId = (rest: string): string => `${step.id}/${attempt}/${rest}`;
  const receive = (hits: Hit[], id: string, where: Pick<Receipt, 'path' | 'artifact_id' | 'stage'>): void => {
    for (const hit of hits) {
      const receipt = { id: `${id}/${hit.rule_id}/${hit.match_type}`, ...hit, ...where, timestamp: toTimestamp(now()) };
      void emit({ type: 'redaction_applied', step_id: step.id, receipt });
    }
  };
  let texts = 0;
  const redact = (text: string, pointer: string): string => {
    const { text: safe, hits } = redactor.text(text);
    if (hits.length === 0) return text;
    const path = `/execution/steps/${step.index}/${pointer}`;
    receive(hits, toArtifactId(`text/${(texts += 1)}`), { path, artifact_id: null, stage: 'record' });
    return safe;
  };
  const redactValue = <T>(value: T, pointer: string): T => {
    const { value: safe, found } = redactJson(value, redactor, `/execution/steps/${step.index}/${pointer}`);
    for (const { path, hit } of found)
      receive([hit], toArtifactId(`text/${(texts += 1)}`), { path, artifact_id: null, stage: 'record' });
    return safe;
  };
  return {
    ...run,
    step,
    attempt,
    toArtifactId,
    redact,
    redactValue,
    warn(code, message) {
      void emit({ type: 'step_warning', step_id: step.id, attempt, code, message: redact(message, 'warnings') });
    },
    announce({ artifact, receipts }, path, stage) {
      const wait = emit({ type: 'artifact_captured', step_id: step.id, artifact });
      receive(receipts, artifact.id, { path, artifact_id: artifact.id, stage });
      return wait;
    },
  };
}
