import {
  coverageValue,
  type CoverageValue,
  findingsValue,
  type FindingsValue,
  observationValues,
  testsValue,
  type TestsValue,
} from '../schema/observation.ts';
import type { Envelope } from '../schema/envelope.ts';
import type { Artifact, Observation } from '../schema/record.ts';

/** What was read out of artifacts, with where it came from. */
export type Reading<Value> = {
  observation: Observation;
  value: Value;
  /** The artifacts it rests on, and the steps that left them. */
  basis: Artifact[];
  stepIds: string[];
};

/** An envelope, and its artifacts by id. */
export type ReadingSource = { envelope: Envelope; artifacts: ReadonlyMap<string, Artifact> };

export const toTestsReadings = (from: ReadingSource): Reading<TestsValue>[] => toReadings(from, 'tests', testsValue);
export const toFindingsReadings = (from: ReadingSource): Reading<FindingsValue>[] =>
  toReadings(from, 'findings', findingsValue);
export const toCoverageReadings = (from: ReadingSource): Reading<CoverageValue>[] =>
  toReadings(from, 'coverage', coverageValue);

type Schema<Value> = { safeParse(value: unknown): { success: true; data: Value } | { success: false } };

/** Observations of one type whose value has the shape that this version knows. */
function toReadings<Value>(
  { envelope, artifacts }: ReadingSource,
  type: string,
  schema: Schema<Value>,
): Reading<Value>[] {
  return envelope.observations.flatMap((observation) => {
    if (observation.type !== type) return [];
    const parsed = schema.safeParse(observation.value);
    if (!parsed.success) return [];
    const basis = observation.basis_artifact_ids.flatMap((id) => artifacts.get(id) ?? []);
    const stepIds = [...new Set(basis.flatMap(({ step_id: id }) => (id === null ? [] : [id])))];
    return [{ observation, value: parsed.data, basis, stepIds }];
  });
}

/** Observations of other types, or of a shape that this version does not know: their summary is what can be shown. */
export function toOtherObservations({ observations }: Envelope): Observation[] {
  return observations.filter(({ type, value }) => {
    const known = Object.entries(observationValues).find(([name]) => name === type);
    return known === undefined || !known[1].safeParse(value).success;
  });
}
