import type { Change, Comparison } from '../schema/comparison.ts';
import type { Envelope } from '../schema/envelope.ts';
import type { CoverageValue, Finding, FindingsValue, TestCase, TestsValue } from '../schema/observation.ts';
import type { Artifact, StepRecord } from '../schema/record.ts';
import {
  type Reading,
  type ReadingSource,
  toCoverageReadings,
  toFindingsReadings,
  toTestsReadings,
} from './readings.ts';

/** What the parts of a page draw from: an envelope, what its reports say, and what differs from a base. */
export type Facts = {
  envelope: Envelope;
  artifacts: ReadonlyMap<string, Artifact>;
  steps: ReadonlyMap<string, StepRecord>;
  tests: Reading<TestsValue>[];
  findings: Reading<FindingsValue>[];
  coverage: Reading<CoverageValue>[];
  /** null: there is no base, or nothing could be compared with it. */
  changes: readonly Change[] | null;
};

/**
 * @param comparison with the envelope as its `after`: what src/compare makes of the base's envelope and this one
 */
export function toFacts(envelope: Envelope, comparison: Comparison | undefined): Facts {
  const artifacts = new Map(envelope.artifacts.map((artifact) => [artifact.id, artifact]));
  const steps = new Map(envelope.execution.steps.map((step) => [step.id, step]));
  const source: ReadingSource = { envelope, artifacts };
  const isLast = ({ basis }: Reading<unknown>): boolean =>
    !basis.some((artifact) => isOfEarlierAttempt(artifact, steps));
  return {
    envelope,
    artifacts,
    steps,
    tests: toTestsReadings(source).filter(isLast),
    findings: toFindingsReadings(source).filter(isLast),
    coverage: toCoverageReadings(source).filter(isLast),
    changes: comparison?.changes ?? null,
  };
}

/** A retry makes what an earlier attempt reported no news: it is in the envelope, and not on the page. */
function isOfEarlierAttempt({ id, step_id }: Artifact, steps: ReadonlyMap<string, StepRecord>): boolean {
  const step = step_id === null ? undefined : steps.get(step_id);
  if (step === undefined || step.report_artifact_ids.includes(id)) return false;
  return step.attempts.some(({ report_artifact_ids: ids }) => ids.includes(id));
}

/** A reading as a comparison names it (`subject` of its changes; src/compare/readings.ts): the step and its reports. */
export function toSubject({ basis }: Reading<unknown>): string {
  return `${basis[0]?.step_id ?? 'run'}: ${basis.map(({ name }) => name).join(', ')}`;
}

/** A test as a page and a comparison name it. */
export function toTestName({ suite, name }: TestCase): string {
  return [...suite, name].join(' › ');
}

/** A finding as a comparison names it (src/compare/observations.ts). */
export function toFindingName({ rule_id: rule, level, message, uri, start_line: line }: Finding): string {
  const where = uri === undefined ? '' : ` ${uri}${line === undefined ? '' : `:${line}`}`;
  return `${level} ${rule}${where}: ${message.split('\n')[0] ?? ''}`;
}

/** `src/cart.ts:12`; empty when the report does not say. */
export function toPlace(file: string | undefined, line: number | undefined): string {
  if (file === undefined || file === '') return '';
  return line === undefined ? file : `${file}:${line}`;
}
