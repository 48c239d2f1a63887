import type { ChangeArea } from '../schema/comparison.ts';
import type { Envelope } from '../schema/envelope.ts';
import { findingsValue, testsValue } from '../schema/observation.ts';
import type { Observation } from '../schema/record.ts';

/** An observation with an id by which it is found again in another envelope. */
export type Reading = {
  id: string;
  type: string;
  value: unknown;
  area: ChangeArea;
  /** For people: the step and the report. */
  source: string;
  /** false: it names a part only of what was found. */
  isWhole: boolean;
};

/** What is evidence of something that the report comparison knows; the kinds of a later version are left alone. */
const areas: Readonly<Record<string, ChangeArea>> = { tests: 'tests', findings: 'findings', coverage: 'coverage' };

/**
 * Readings by what they are of: the type, the step and the report's path. The observation's own id, and the artifact's,
 * count attempts, so they are no measure of what is the same. A remark without a basis is no evidence, and not compared.
 */
export function toReadings({ observations, artifacts }: Envelope): Map<string, Reading> {
  const byId = new Map(artifacts.map((artifact) => [artifact.id, artifact]));
  const readings = observations.flatMap(({ type, value, basis_artifact_ids: basis }): Reading[] => {
    const [first, ...others] = basis.flatMap((id) => byId.get(id) ?? []);
    const area = Object.hasOwn(areas, type) ? areas[type] : undefined;
    if (first === undefined || area === undefined) return [];
    const source = `${first.step_id ?? 'run'}: ${[first, ...others].map(({ name }) => name).join(', ')}`;
    return [{ id: `${type} of ${source}`, type, value, area, source, isWhole: isWhole(type, value) }];
  });
  return new Map(readings.map((reading) => [reading.id, reading]));
}

function isWhole(type: string, value: Observation['value']): boolean {
  if (type === 'tests') return testsValue.safeParse(value).data?.cases_left_out === 0;
  if (type === 'findings') return findingsValue.safeParse(value).data?.results_left_out === 0;
  return true;
}
