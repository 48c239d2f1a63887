import type { z } from 'zod';
import { observationValues, type ObservationType } from '../../schema/observation.ts';
import type { Envelope } from '../../schema/envelope.ts';
import type { Artifact, Observation } from '../../schema/record.ts';

/** What was read out of artifacts, with where it came from. */
export type Reading<Type extends ObservationType> = {
  observation: Observation;
  value: z.infer<(typeof observationValues)[Type]>;
  /** The artifacts it rests on, and the steps that left them. */
  basis: Artifact[];
  stepIds: string[];
};

/** Observations of one type whose value has the shape that this version knows. */
export function toReadings<Type extends ObservationType>(
  type: Type,
  { observations }: Envelope,
  artifacts: Map<string, Artifact>,
): Reading<Type>[] {
  return observations.flatMap((observation) => {
    if (observation.type !== type) return [];
    const parsed = observationValues[type].safeParse(observation.value);
    if (!parsed.success) return [];
    const basis = observation.basis_artifact_ids.flatMap((id) => artifacts.get(id) ?? []);
    const stepIds = [...new Set(basis.flatMap(({ step_id: id }) => (id === null ? [] : [id])))];
    // The table of schemas and the table of their types are one: what parsed by the one has the type of the other.
    return [{ observation, value: parsed.data as Reading<Type>['value'], basis, stepIds }];
  });
}

/** Observations of other types, or of a shape that this version does not know: their summary is what can be shown. */
export function toOtherObservations({ observations }: Envelope): Observation[] {
  return observations.filter(({ type, value }) => {
    const known = Object.entries(observationValues).find(([name]) => name === type);
    return known === undefined || !known[1].safeParse(value).success;
  });
}
