import { join } from 'node:path';
import { type EventSink, makeEventSink } from './event-sink.ts';
import { toRunMark } from './execution/environment.ts';
import { endLostProcesses } from './execution/lost-processes.ts';
import { dropScratch } from './execution/scratch.ts';
import { adoptPartial } from './execution/stored.ts';
import { resumeJournal } from './journal/journal.ts';
import { evidenceFiles } from './publish/files/evidence-folder.ts';
import { toClosingEvents } from './record/lost.ts';
import { toCounted } from './run-events.ts';
import { toUnknownDiff } from './run-worktree.ts';
import type { EventOf, RunEvent } from './schema/event.ts';
import type { Artifact, RunRecord } from './schema/record.ts';

/**
 * Ends a run whose process was lost: kills what is left of it, and adds to its journal what makes its events a record.
 * A run that had ended by itself is left as it is. Should sealing fail now, the next try finds it ended.
 * @param options.after the highest number that an event of this run may bear already, where the journal does not have all
 * @param options.dropped how many of its events nobody has
 */
export async function endLostRun(
  dir: string,
  earlier: RunEvent[],
  options: { now: () => number; onProblem: (problem: string) => void; after?: number; dropped?: number },
): Promise<{ record: RunRecord; events: RunEvent[] }> {
  const { now, onProblem, after = 0, dropped = 0 } = options;
  const runId = earlier[0]?.run_id ?? '';
  // Before their output is hashed: a process that still writes would change it.
  const mark = toRunMark(runId);
  const { killed } = await endLostProcesses(mark, process.platform);
  await dropScratch(mark, process.platform);
  if (killed > 0)
    onProblem(`${killed} ${killed === 1 ? 'process' : 'processes'} of the lost run were still alive, and were killed`);
  const journal = resumeJournal(dir, earlier.length);
  const events = [...earlier];
  try {
    const log = { write: (event: RunEvent) => void events.push(event), end: () => {} };
    const sink = makeEventSink({ runId, journal, log, now, onProblem, earlier, after });
    await emitEnd(sink, earlier, { dir, now: now(), dropped });
    return { record: sink.record(), events };
  } finally {
    journal.close();
  }
}

/** Adds what ends the run, to the journal too. */
async function emitEnd(
  sink: EventSink,
  events: RunEvent[],
  { dir, now, dropped }: { dir: string; now: number; dropped: number },
): Promise<void> {
  const partials = await adoptPartials(events, join(dir, evidenceFiles.artifacts));
  if (!events.some(isToldOfChanges)) await sink.emit(toUnknownDiff('process_lost', now));
  for (const draft of toClosingEvents(events, { now, partials })) {
    const counted = draft.type === 'finalize_started' ? { events: toCounted(sink.emitted() + 1, dropped) } : {};
    await sink.emit({ ...draft, ...counted });
  }
}

/** The output of attempts that were going on. */
async function adoptPartials(events: RunEvent[], artifacts: string): Promise<Map<string, Artifact>> {
  const partials = new Map<string, Artifact>();
  for (const { step_id: stepId, stdout_artifact_id, stderr_artifact_id } of events.filter(isStepStarted)) {
    for (const [kind, id] of [
      ['stdout', stdout_artifact_id],
      ['stderr', stderr_artifact_id],
    ] as const) {
      const artifact = await adoptPartial(artifacts, { id, kind, name: kind, stepId });
      if (artifact !== undefined) partials.set(id, artifact);
    }
  }
  return partials;
}

/** What lies in the work tree now may have been changed by anybody since. */
function isToldOfChanges(event: RunEvent): boolean {
  const isDiff = event.type === 'observation_recorded' && event.observation.type === 'diff';
  return isDiff || event.type === 'finalize_started';
}

function isStepStarted(event: RunEvent): event is EventOf<'step_started'> {
  return event.type === 'step_started';
}
