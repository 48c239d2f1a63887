import { makeDeferred } from '../../lib/deferred.ts';
import type { Readiness } from '../../schema/plan-http.ts';
import type { Conduct } from '../conduct.ts';
import { makeDeadline } from '../../lib/deadline.ts';
import { SpawnError } from '../spawn-error.ts';
import type { AttemptContext } from '../step-context.ts';
import type { StreamName } from '../step-output.ts';
import type { EndReason } from '../watchdog.ts';
import { makeLineWatch } from './line-watch.ts';
import { toReadyObservation } from './observation.ts';
import { toServiceVerdict } from './verdict.ts';
import { ask, waitUntilReady } from './wait-until-ready.ts';

/** How long something else that might have the service's port is given to show itself. */
const TAKEN_MS = 300;

/**
 * A program that runs beside the steps. It is watched until it is ready, and told to end when nobody needs it any more; it
 * is a success when it was ready and lived until then.
 */
export function makeServiceConduct(context: AttemptContext): Conduct {
  const { step, service, emit } = context;
  const ready = step.ready ?? { by: 'start' as const };
  const lines = ready.by === 'log' ? makeLineWatch(ready.pattern) : null;
  const ending = makeDeferred<EndReason>();
  const over = new AbortController();
  let problem = '';
  let watching = Promise.resolve();
  void service.over.then(() => ending.resolve('over'));

  const watch = async (): Promise<void> => {
    const start = performance.now();
    const outcome = await findReadiness(ready, lines?.matched ?? null, over.signal);
    // What was seen of a process that is about to end counts no more.
    if (over.signal.aborted) return;
    if ('problem' in outcome) {
      ({ problem } = outcome);
      ending.resolve('not_ready');
      return;
    }
    const observation = toReadyObservation(context, ready, outcome.stream, Math.round(performance.now() - start));
    void emit({ type: 'observation_recorded', step_id: step.id, observation });
    service.tellReady();
  };

  return {
    limits: { timeoutMs: null, idleTimeoutMs: step.idle_timeout_ms },
    ending: ending.promise,
    onText: (stream, text) => lines?.push(stream, text),
    async prepare() {
      await assertNobodyElse(ready);
      return {};
    },
    onStarted() {
      watching = watch();
    },
    onOver: () => over.abort(),
    toVerdict: (result) => toServiceVerdict(result, { step, ready, isReady: service.isReady(), problem }),
    async capture() {
      await watching;
      return [];
    },
  };
}

type Found = { stream: StreamName | null } | { problem: string };

async function findReadiness(
  ready: Readiness,
  matched: Promise<StreamName> | null,
  signal: AbortSignal,
): Promise<Found> {
  if (ready.by === 'start') return { stream: null };
  if (ready.by !== 'log') {
    const problem = await waitUntilReady(ready, signal);
    return problem === null ? { stream: null } : { problem };
  }
  const late = makeDeferred<Found>();
  const giveUp = (): void => late.resolve({ problem: 'no line of its output matched' });
  const timer = setTimeout(giveUp, ready.timeout_ms);
  signal.addEventListener('abort', giveUp, { once: true });
  const found = await Promise.race([late.promise, matched?.then((stream) => ({ stream })) ?? late.promise]);
  clearTimeout(timer);
  return found;
}

/**
 * An old server on the same port would answer in the service's place, and be tested in its place.
 * @throws SpawnError
 */
async function assertNobodyElse(ready: Readiness): Promise<void> {
  if (ready.by !== 'http' && ready.by !== 'port') return;
  const port = ready.by === 'port' ? ready.port : toLoopbackPort(ready.url);
  if (port === null) return;
  using deadline = makeDeadline(TAKEN_MS);
  const problem = await ask({ by: 'port', port, timeout_ms: TAKEN_MS }, deadline.signal);
  if (problem === null)
    throw new SpawnError('port_taken', `something else listens on port ${port} of this machine already`);
}

/** null: the address is not one of the machine itself. */
function toLoopbackPort(url: string): number | null {
  const { hostname, port, protocol } = new URL(url);
  if (!/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)) return null;
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}
