import { randomBytes } from 'node:crypto';
import { limits } from '../../lib/limits.ts';
import { makeUuidV7 } from '../../lib/uuid.ts';
import type { JobLog } from '../../log/job-log.ts';
import { toInertLine } from '../../render/inert.ts';
import { type InOrder, makeInOrder } from '../../relay/in-order.ts';
import { relayLimits } from '../../relay/relay-limits.ts';
import { watchRun } from '../../relay/watch.ts';
import type { RunView, StreamedEvent } from '../../schema/api.ts';
import type { RunEvent } from '../../schema/event.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { chooseLog, type LogChoice, makeJobLog } from '../job-log.ts';
import { requireServerOptions, type ServerFlags } from '../server-access.ts';
import { isId, openServer } from '../server-client.ts';
import { wantsColor } from '../terminal.ts';

export type WatchFlags = ServerFlags & { log: LogChoice; color: boolean };

/**
 * `quoderat watch`: shows a run while it happens elsewhere, from its beginning, as `run` would have shown it.
 * @returns the exit code of the run's outcome; that of a run which ended without a seal when it did
 * @throws CliError, RelayError
 */
export async function watch(runId: string, flags: WatchFlags, io: Io): Promise<number> {
  if (!isId(runId)) throw new CliError('usage', 'the id of a run is needed, as `quoderat runs` lists it');
  await using server = openServer(await requireServerOptions(flags, io), io);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  io.signals.on('SIGINT', onSignal);
  const kind = chooseLog(flags.log, io.stdout, io.env);
  const log = await makeJobLog(kind, { output: io.stdout, color: wantsColor(io.stdout, io.env, flags.color), io });
  try {
    const items = watchRun({
      transport: server.transport,
      runId,
      limits: relayLimits,
      signal: stop.signal,
      onProblem: (problem) => io.stderr.write(`quoderat: ${toInertLine(problem)}\n`),
    });
    const view = await show(items, { runId, log, io });
    return toExitCode(view);
  } catch (error) {
    // Who stops watching does not want to hear that it was stopped.
    if (stop.signal.aborted) return exitCodes.interrupted;
    throw error;
  } finally {
    await log.end();
    io.signals.off('SIGINT', onSignal);
  }
}

/** The server's order is that of arrival; a log wants the worker's. */
async function show(
  items: AsyncGenerator<StreamedEvent, RunView>,
  { runId, log, io }: { runId: string; log: JobLog; io: Io },
): Promise<RunView> {
  const order: InOrder<RunEvent> = makeInOrder(limits.watchHeldEvents);
  const write = async (events: RunEvent[]): Promise<void> => {
    for (const event of events) await log.write(event);
  };
  for (;;) {
    const { value, done } = await items.next();
    if (done === true) {
      await write(order.flush());
      return value;
    }
    if ('event' in value) {
      await write(order.push(value.event.seq, value.event));
    } else if ('gap' in value) {
      await write(order.skip(value.gap.from, value.gap.to));
    } else {
      await write(order.flush());
      const event = toRunEvent(value, { runId, seq: order.last() + 1, now: io.now() });
      if (event !== null) await log.write(event);
      else io.stderr.write(`quoderat: ${value.server.type}: ${toInertLine(value.server.reason)}\n`);
    }
  }
}

type ServerWords = Extract<StreamedEvent, { server: unknown }>;

/** What a worker that seals by itself would say; null: nothing that it could. */
function toRunEvent(
  { server, received_at: timestamp }: ServerWords,
  { runId, seq, now }: { runId: string; seq: number; now: number },
): RunEvent | null {
  const { type, reason, evidence_id, envelope_sha256, head_entry_hash } = server;
  const stamp = { event_id: makeUuidV7(now, randomBytes(10)), run_id: runId, seq, timestamp };
  if (type === 'finalize_failed') return { ...stamp, type, reason };
  if (type !== 'run_finalized') return null;
  if (evidence_id === undefined || envelope_sha256 === undefined || head_entry_hash === undefined) return null;
  return { ...stamp, type, evidence_id, envelope_sha256, head_entry_hash };
}

function toExitCode({ status, evidence_id }: RunView): number {
  if (status === 'failed' || status === 'aborted') return exitCodes.failed;
  return status === 'success' && evidence_id !== null ? exitCodes.success : exitCodes.unsealed;
}
