import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldEvents, makeRecordFold } from '../../src/record/fold.ts';
import { runEvent, type RunEvent } from '../../src/schema/event.ts';
import { runRecord } from '../../src/schema/record.ts';
import {
  at,
  captured,
  finalizeStarted,
  fullRun,
  makeArtifact,
  makePlan,
  makeStep,
  planReady,
  ranStep,
  runStarted,
  stamp,
  startedStep,
} from './sample-run.ts';

const record = foldEvents(fullRun());

describe('foldEvents', () => {
  it('makes of a real run a record that the schema accepts', () => {
    expect(fullRun().map((event) => runEvent.parse(event))).toEqual(fullRun());
    expect(runRecord.parse(record)).toEqual(record);
  });

  it('gives the same record whatever the order, the repetitions and the idle talk', () => {
    const events = fullRun();
    const talk: RunEvent[] = stamp([{ type: 'heartbeat', timestamp: at(1) }], 500);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), fc.subarray(events), (shuffled, twice) => {
        expect(foldEvents([...twice, ...shuffled, ...talk, ...twice])).toEqual(record);
      }),
    );
  });

  it('lists what belongs to the run first, then by step, attempt and kind', () => {
    expect(record.artifacts.map(({ id }) => id)).toEqual([
      'manifest',
      'plan',
      'install/1/stdout',
      'install/1/stderr',
      'unit/1/stdout',
      'unit/1/stderr',
      'unit/2/stdout',
      'unit/2/stderr',
      'unit/2/report/0',
    ]);
  });

  it('keeps every attempt and shows the last', () => {
    const [, unit] = record.execution.steps;
    expect(unit).toMatchObject({
      status: 'success',
      exit_code: 0,
      attempt: 2,
      max_attempts: 2,
      warnings: ['timeout_near: 90 % of the timeout is over'],
    });
    expect(unit?.attempts.map(({ status, exit_code }) => [status, exit_code])).toEqual([
      ['failed', 1],
      ['success', 0],
    ]);
    expect(unit).not.toHaveProperty('cause');
  });

  it('keeps the reason for which a step was skipped, and its gate', () => {
    expect(record.execution.steps[2]).toMatchObject({
      status: 'skipped',
      termination: 'skipped',
      attempt: 0,
      exit_code: null,
      skipped_reason: 'nothing failed',
      gate_id: 'notify/gate',
    });
  });

  it('takes times from the events that begin and end the run, and the tools from their probe', () => {
    expect(record.execution).toMatchObject({
      started_at: at(0),
      finished_at: at(9000),
      duration_ms: 9000,
      termination: 'finished',
    });
    expect(record.runner_context.toolchain).toEqual({ node_version: 'v24.21.0', git_version: '2.39.5' });
    expect(record.plan).toMatchObject({ manifest_path: 'quoderat.yml', plan_artifact_id: 'plan' });
  });

  it('counts the events up to the one that ended the run, however many arrived', () => {
    const events = fullRun();
    expect(record.events).toEqual({ emitted: events.length, acknowledged: 10, dropped: 0 });
    const fewer = events.filter(({ type }) => type !== 'step_warning');
    expect(foldEvents(fewer).events.emitted).toBe(events.length);
  });

  it('has a record for a planned step of which nothing was heard, or only its beginning', () => {
    const events = stamp([
      runStarted(),
      planReady(makePlan([makeStep('a', 0), makeStep('b', 1)])),
      startedStep('a', 1),
      finalizeStarted('failed'),
    ]);
    const { execution } = foldEvents(events);
    expect(execution.steps).toMatchObject([
      { id: 'a', status: 'waiting', termination: 'aborted', attempt: 0, started_at: null },
      { id: 'b', status: 'waiting', termination: 'skipped', attempt: 0, started_at: null },
    ]);
    expect(runRecord.shape.execution.safeParse(execution).success).toBe(true);
  });

  it('sorts the tenth file behind the ninth, and legs whose ids hold slashes', () => {
    const id = 'leg[path=a/1/b]';
    const plan = makePlan([makeStep(id, 0)]);
    const outputs = [10, 9, 0].map((number) => captured(makeArtifact(`${id}/1/output/${number}`, 'output', id, 'x')));
    const drafts = [runStarted(), planReady(plan), ...outputs, ...ranStep(id, 1), finalizeStarted('success')];
    expect(foldEvents(stamp(drafts)).artifacts.map((artifact) => artifact.id.slice(id.length))).toEqual([
      '/1/stdout',
      '/1/stderr',
      '/1/output/0',
      '/1/output/9',
      '/1/output/10',
    ]);
  });

  it.each<[code: string, events: RunEvent[]]>([
    ['not_started', fullRun().filter(({ type }) => type !== 'run_started')],
    ['no_plan', fullRun().filter(({ type }) => type !== 'plan_ready')],
    ['not_finalized', fullRun().filter(({ type }) => type !== 'finalize_started')],
    ['unknown_step', [...fullRun(), ...stamp([startedStep('other', 1)], 900)]],
    [
      'foreign_event',
      [
        ...fullRun(),
        ...stamp([{ type: 'heartbeat', timestamp: at(1) }]).map((event) => Object.assign(event, { run_id: 'another' })),
      ],
    ],
  ])('has no record, and says why: %s', (code, events) => {
    expect(() => foldEvents(events)).toThrow(expect.objectContaining({ name: 'RecordError', code }));
  });
});

describe('makeRecordFold', () => {
  it('knows the steps before the run is over', () => {
    const fold = makeRecordFold();
    for (const event of fullRun().filter(({ type }) => type !== 'finalize_started')) fold.apply(event);
    expect(fold.steps()).toEqual(record.execution.steps);
  });
});
