import { join } from 'node:path';
import { type EventSink, makeEventSink } from './event-sink.ts';
import { toRunMark } from './execution/environment.ts';
import { endLostProcesses } from './execution/lost-processes.ts';
import { dropScratch } from './execution/scratch.ts';
import { adoptPartial } from './execution/stored.ts';
import { resumeJournal } from './journal/journal.ts';
import { readLivingOwner, releaseFolder } from './journal/owner.ts';
import { readJournal } from './journal/read-journal.ts';
import type { RunOutcome } from './outcome.ts';
import { evidenceFiles } from './publish/files/evidence-folder.ts';
import { toClosingEvents } from './record/lost.ts';
import type { EventOf, RunEvent } from './schema/event.ts';
import type { Artifact, Worker } from './schema/record.ts';
import { readSealed } from './read-sealed.ts';
import { toUnknownDiff } from './run-worktree.ts';
import { sealRun } from './seal-run.ts';
import type { Signer } from './seal/signer.ts';

/**
 * Seals, as aborted, the run that a killed process left in `dir`: what its journal tells, and the output that it had
 * written. A folder that is sealed already is given as it is.
 * @throws JournalError when there is no journal, or it is damaged; RecordError when it ends before the plan was made
 */
export async function sealLostRun(options: {
  dir: string;
  worker: Worker;
  now: () => number;
  signer?: Signer;
}): Promise<RunOutcome> {
  const { dir, now, signer } = options;
  const owner = readLivingOwner(dir);
  if (owner !== undefined) {
    const message = `the run in ${dir} is not lost: process ${owner} is still writing it; end that process first`;
    return { kind: 'refused', message, diagnostics: [] };
  }
  const sealed = await readSealed(dir);
  if (sealed !== null) return sealed;

  const problems: string[] = [];
  const onProblem = (problem: string): void => void problems.push(problem);
  const events = await readJournal(dir);
  // Before their output is hashed: a process that still writes would change it.
  const mark = toRunMark(events[0]?.run_id ?? '');
  const { killed } = await endLostProcesses(mark, process.platform);
  await dropScratch(mark, process.platform);
  if (killed > 0)
    onProblem(`${killed} ${killed === 1 ? 'process' : 'processes'} of the lost run were still alive, and were killed`);
  const journal = resumeJournal(dir, events.length);
  try {
    const sink = makeEventSink({
      runId: events[0]?.run_id ?? '',
      journal,
      log: silent,
      now,
      onProblem,
      earlier: events,
    });
    await emitEnd(sink, events, { dir, now: now() });
    const record = sink.record();
    const evidence = await sealRun({
      record,
      manifestSha256: record.artifacts.find(({ id }) => id === 'manifest')?.sha256 ?? '',
      dirs: [dir],
      now,
      onProblem,
      ...(signer && { signer }),
    });
    const { status, termination } = record.execution;
    return {
      kind: 'finished',
      status,
      termination,
      runId: record.run_id,
      planHash: record.plan.plan_hash,
      evidence,
      problems,
    };
  } finally {
    journal.close();
    releaseFolder(dir);
  }
}

/** Adds what ends the run. It goes into the journal too: should sealing fail now, the next try finds it. */
async function emitEnd(sink: EventSink, events: RunEvent[], { dir, now }: { dir: string; now: number }): Promise<void> {
  const partials = await adoptPartials(events, join(dir, evidenceFiles.artifacts));
  if (!events.some(isToldOfChanges)) await sink.emit(toUnknownDiff('process_lost', now));
  for (const draft of toClosingEvents(events, { now, partials })) {
    const counted =
      draft.type === 'finalize_started' ? { events: { acknowledged: sink.emitted() + 1, dropped: 0 } } : {};
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

const silent = { write: () => {}, end: () => {} };
