import { formatDuration } from '../lib/duration.ts';
import type { Envelope } from '../schema/envelope.ts';

/**
 * What Quoderat itself saw of steps whose exit code says little, by step id: `200 in 84 ms, body matched` of a probe,
 * `ready after 1.2 s, ran 40.0 s` of a service. As recorded, so a stranger's text.
 */
export function toStepRemarks({ execution, observations }: Envelope): ReadonlyMap<string, string> {
  const seen = new Map(observations.map((observation) => [observation.id, observation]));
  return new Map(
    execution.steps.flatMap(({ id, kind, attempt, duration_ms }): [string, string][] => {
      if (kind === 'http_probe') {
        const summary = seen.get(`${id}/${attempt}/http`)?.summary;
        return summary === undefined ? [] : [[id, summary]];
      }
      if (kind !== 'service') return [];
      const summary = seen.get(`${id}/${attempt}/service`)?.summary;
      return summary === undefined ? [] : [[id, `${summary}, ran ${formatDuration(duration_ms)}`]];
    }),
  );
}
