import type { Envelope } from '../schema/envelope.ts';
import {
  type CoverageValue,
  coverageValue,
  type FindingsValue,
  findingsValue,
  type TestsValue,
  testsValue,
} from '../schema/observation.ts';
import type { Observation } from '../schema/record.ts';

/** What one report said, if its observation is as this version of Quoderat makes it. */
export type Reading = (
  | { type: 'tests'; value: TestsValue }
  | { type: 'findings'; value: FindingsValue }
  | { type: 'coverage'; value: CoverageValue }
  | { type: 'other'; value: string }
) & {
  /** For people: the step and the report. */
  source: string;
};

/**
 * Readings by what they are of: the type, the step and the report's path. The observation's own id, and the artifact's,
 * count attempts, so they are no measure of what is the same.
 */
export function toReadings({ observations, artifacts }: Envelope): Map<string, Reading> {
  const byId = new Map(artifacts.map((artifact) => [artifact.id, artifact]));
  return new Map(
    observations.map((observation): [string, Reading] => {
      const bases = observation.basis_artifact_ids.flatMap((id) => byId.get(id) ?? []);
      const [first] = bases;
      const names = bases.map(({ name }) => name).join(', ');
      const source = first === undefined ? observation.id : `${first.step_id ?? 'run'}: ${names}`;
      return [`${observation.type}\n${source}`, { source, ...toTyped(observation) }];
    }),
  );
}

/** Types of later versions are compared as a whole. */
function toTyped({ type, value, summary }: Observation) {
  const other = { type: 'other', value: summary } as const;
  switch (type) {
    case 'tests': {
      const parsed = testsValue.safeParse(value);
      return parsed.success ? { type, value: parsed.data } : other;
    }
    case 'findings': {
      const parsed = findingsValue.safeParse(value);
      return parsed.success ? { type, value: parsed.data } : other;
    }
    case 'coverage': {
      const parsed = coverageValue.safeParse(value);
      return parsed.success ? { type, value: parsed.data } : other;
    }
    default:
      return other;
  }
}
