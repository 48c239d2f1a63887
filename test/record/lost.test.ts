import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../src/record/fold.ts';
import { toClosingEvents } from '../../src/record/lost.ts';
import type { EventDraft, RunEvent } from '../../src/schema/event.ts';
import { type Artifact, runRecord } from '../../src/schema/record.ts';
import {
  at,
  finalizeStarted,
  fullRun,
  makeArtifact,
  makeAttempt,
  makePlan,
  makeStep,
  planReady,
  ranStep,
  runStarted,
  stamp,
  startedStep,
} from './sample-run.ts';

const NOW = Date.parse(at(3_600_000));

function close(events: RunEvent[], partials: Artifact[] = []): RunEvent[] {
  const drafts = toClosingEvents(events, {
    now: NOW,
    partials: new Map(partials.map((artifact) => [artifact.id, artifact])),
  });
  return [...events, ...stamp(drafts, events.length + 1)];
}

function begin(...more: EventDraft[]): RunEvent[] {
  const plan = makePlan([makeStep('done', 0), makeStep('slow', 1), makeStep('beside', 2), makeStep('after', 3)]);
  return stamp([runStarted(), planReady(plan), ...ranStep('done', 1), ...more]);
}

describe('toClosingEvents', () => {
  const events = begin(startedStep('slow', 1), startedStep('beside', 1), { type: 'heartbeat', timestamp: at(5000) });
  const partial = makeArtifact('slow/1/stdout', 'stdout', 'slow', 'half');
  const record = foldEvents(close(events, [partial]));

  it('makes of what a killed process left behind a record that the schema accepts', () => {
    expect(runRecord.parse(record)).toEqual(record);
    expect(record.execution).toMatchObject({
      status: 'aborted',
      termination: 'process_lost',
      finished_at: at(3_600_000),
    });
    expect(record.events.emitted).toBe(close(events, [partial]).length);
  });

  it('keeps what was over, aborts what was going on, and skips the rest', () => {
    expect(record.execution.steps).toMatchObject([
      { status: 'success', exit_code: 0 },
      {
        status: 'aborted',
        exit_code: null,
        signal: null,
        termination: 'aborted',
        cause: { code: 'process_lost' },
        output_complete: false,
      },
      { status: 'aborted', cause: { code: 'process_lost' } },
      { status: 'skipped', attempt: 0 },
    ]);
  });

  it('ends a lost attempt at the last moment that is known, not when the loss was found', () => {
    expect(record.execution.steps[1]?.attempts).toMatchObject([
      { started_at: at(1000), finished_at: at(5000), duration_ms: 4000 },
    ]);
  });

  it('lists partial output as truncated, and claims none where none was found', () => {
    expect(record.artifacts.find(({ id }) => id === partial.id)).toEqual({ ...partial, truncated: true });
    expect(record.execution.steps[1]).toMatchObject({ stdout_artifact_id: 'slow/1/stdout', stderr_artifact_id: null });
  });

  it('does not list again what had been captured whole', () => {
    const again = foldEvents(close(events, [makeArtifact('done/1/stdout', 'stdout', 'done', 'other')]));
    expect(again.artifacts).toEqual(foldEvents(close(events)).artifacts);
    expect(again.artifacts.some(({ truncated }) => truncated)).toBe(false);
  });

  it('ends a step that was lost while it waited to try again with the attempt that failed', () => {
    const result = makeAttempt('slow', 1, { status: 'failed', exit_code: 1 });
    const retrying = begin(...ranStep('slow', 1).slice(0, -1), {
      type: 'step_retrying',
      timestamp: at(1600),
      step_id: 'slow',
      attempt: 1,
      result,
      next_attempt: 2,
      delay_ms: 5000,
    });
    expect(foldEvents(close(retrying)).execution.steps[1]).toMatchObject({
      status: 'failed',
      exit_code: 1,
      attempt: 1,
    });
    const second = begin(...retrying.slice(6), startedStep('slow', 2));
    expect(foldEvents(close(second)).execution.steps[1]).toMatchObject({ status: 'aborted', attempt: 2 });
  });

  it('adds nothing to a run that had ended by itself before its process was lost', () => {
    expect(toClosingEvents(fullRun(), { now: NOW, partials: new Map() })).toEqual([]);
    expect(toClosingEvents(begin(finalizeStarted('failed')), { now: NOW, partials: new Map() })).toEqual([]);
  });
});
