import type { Change } from '../schema/comparison.ts';
import { coverageMetricNames, type CoverageValue } from '../schema/observation.ts';
import { makeChanges, toSense } from './change.ts';

const { differs } = makeChanges('coverage');

/** Percentages, metric by metric. */
export function compareCoverage(source: string, before: CoverageValue, after: CoverageValue): Change[] {
  return coverageMetricNames.flatMap((name) => {
    const [was, is] = [before[name]?.percent ?? null, after[name]?.percent ?? null];
    const sense = was === null || is === null ? 'neutral' : toSense(was, is, 'better');
    return differs('coverage', `${source} (${name})`, was, is, sense);
  });
}
