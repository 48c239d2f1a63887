import { formatDuration } from '../../lib/duration.ts';
import type { Readiness } from '../../schema/plan-http.ts';
import type { Observation } from '../../schema/record.ts';
import type { ServiceValue } from '../../schema/step-observations.ts';
import type { AttemptContext } from '../step-context.ts';
import type { StreamName } from '../step-output.ts';

/**
 * That a service was ready, and after how long. A line of its output is kept and so a basis; that an address answered was
 * seen by Quoderat alone.
 * @param stream where the line was that made it ready
 */
export function toReadyObservation(
  { step, attempt, toArtifactId, redactValue }: AttemptContext,
  ready: Readiness,
  stream: StreamName | null,
  afterMs: number,
): Observation {
  const value: ServiceValue = { ready_by: ready.by, target: toTarget(ready), ready_after_ms: afterMs };
  return {
    id: `${step.id}/${attempt}/service`,
    type: 'service',
    summary: `ready after ${formatDuration(afterMs)}`,
    value: redactValue(value, 'observations'),
    basis_artifact_ids: stream === null ? [] : [toArtifactId(stream)],
    informational: stream === null,
    parser: { name: 'quoderat/service', version: '1' },
  };
}

/** null: nothing was looked at but that it had started. */
function toTarget(ready: Readiness): string | null {
  if (ready.by === 'start') return null;
  if (ready.by === 'http') return ready.url;
  return ready.by === 'port' ? `port ${ready.port}` : ready.pattern;
}
