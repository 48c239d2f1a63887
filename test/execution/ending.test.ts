import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { PlanStep } from '../../src/schema/plan.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { executePlan, type Execution, fixture, makePlan, node, run, type StepOptions } from './rig.ts';

// Every one of these looks for processes in /proc.
const onLinux = process.platform === 'linux';
if (!onLinux) console.log('skipped: tests that look for processes in /proc need Linux');

describe.runIf(onLinux)('what a step leaves behind', () => {
  it.each<[string, StepOptions]>([
    ['a child in its group', node('a', ['grandchild.js', 'leave'])],
    ['a child in a session of its own', node('a', ['setsid.js', 'forever.js', 'leave'])],
    ['a child in a session of its own that ignores TERM', node('a', ['setsid.js', 'ignore-term.js', 'leave'])],
    ['a daemon whose parents are gone', sourceScript('double-fork.sh')],
    ['a daemon with an empty environment', sourceScript('double-fork.sh', 'CLEAN="env -i"; ')],
    ['a daemon that has overwritten its environment', node('a', ['title.js'])],
  ])('is dead before it ends, and named: %s', async (_, step) => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([step]));
    expect(execution.result('a')).toMatchObject({ status: 'success', exit_code: 0, termination: 'exited' });
    expect(isAlive(readPid(execution))).toBe(false);
    expect(execution.result('a').survivors_killed).toBeGreaterThan(0);
    expect(execution.warnings('a')).toEqual(['survivors_killed']);
  });

  it.each<[string, StepOptions]>([
    ['a step that ignores TERM', node('a', ['ignore-term.js'])],
    ['a child that ignores TERM', node('a', ['grandchild.js', 'stay'])],
    ['a child in a session of its own', node('a', ['setsid.js', 'forever.js', 'stay'])],
    ['a child in a session of its own that ignores TERM', node('a', ['setsid.js', 'ignore-term.js', 'stay'])],
    ['a daemon whose parents are gone', sourceScript('double-fork.sh', '', '; while :; do sleep 60; done')],
  ])('is dead when the run is cancelled: %s', async (_, step) => {
    await using dir = await makeTempDir();
    const execution = await cancelWhenReady(dir.path, [step]);
    expect(execution.result('a')).toMatchObject({ status: 'aborted', termination: 'aborted' });
    expect(isAlive(readPid(execution))).toBe(false);
  });

  it('is not a warning when there is nothing', async () => {
    await using dir = await makeTempDir();
    const script = 'exec > >(tee log) 2>&1; for i in 1 2 3; do (echo $i); done; echo last';
    const execution = await executePlan(dir.path, makePlan([run('a', script)]));
    expect(execution.text('a')).toContain('last');
    expect(await readFile(`${dir.path}/log`, 'utf8')).toContain('last');
    expect(execution.warnings('a')).toEqual([]);
    expect(execution.result('a')).toMatchObject({ survivors_killed: 0, output_complete: true });
  });

  it('leaves processes of other steps alone', async () => {
    await using dir = await makeTempDir();
    const script = 'sleep 300 & echo $! > pid; until [ -e checked ]; do sleep 0.01; done; kill $!';
    const quick = 'until [ -s pid ]; do sleep 0.01; done';
    const plan = makePlan(
      [
        run('long', script),
        run('quick', quick),
        run('check', 'kill -0 "$(cat pid)"; touch checked', { needs: ['quick'] }),
      ],
      {
        max_parallel: 3,
      },
    );
    const execution = await executePlan(dir.path, plan);
    expect(execution.result('check').exit_code).toBe(0);
    expect(execution.result('long').exit_code).toBe(0);
  });

  it('does not make a step that succeeded a failure, nor let it wait for its timeout', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([run('a', 'sleep 300 & echo started')]));
    expect(execution.result('a')).toMatchObject({
      status: 'success',
      exit_code: 0,
      survivors_killed: 1,
      output_complete: true,
    });
    expect(execution.text('a')).toBe('started\n');
  });

  it('makes the output incomplete when it was still writing', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([sourceScript('late-writer.sh')]));
    expect(execution.result('a')).toMatchObject({ status: 'success', output_complete: false });
    expect(execution.warnings('a')).toEqual(['survivors_killed', 'output_incomplete']);
    expect(execution.text('a')).toMatch(/^early\n(late\n)+$/);
  });
});

describe('ending a step', () => {
  it('ends it at its timeout, after a warning', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([node('a', ['forever.js'], { timeout_ms: 400 })]));
    expect(execution.result('a')).toMatchObject({
      status: 'timed_out',
      termination: 'timed_out',
      exit_code: null,
      signal: 'SIGTERM',
      cause: { code: 'timeout', message: 'still running after its timeout of 400 ms' },
    });
    expect(execution.warnings('a')).toEqual(['timeout_near']);
  });

  it('ends it when it has been silent for its idle timeout, after a warning', async () => {
    await using dir = await makeTempDir();
    const script = 'for i in 1 2 3 4 5 6 7 8; do echo -n .; sleep 0.1; done; sleep 60';
    const execution = await executePlan(dir.path, makePlan([run('a', script, { idle_timeout_ms: 500 })]));
    expect(execution.result('a')).toMatchObject({
      status: 'timed_out',
      termination: 'idle_timeout',
      cause: { code: 'idle_timeout' },
    });
    // Fed by bytes, not lines: it lived for longer than the idle timeout without a line.
    expect(execution.text('a')).toBe('........');
    expect(execution.warnings('a')).toEqual(['idle_timeout_near']);
  });

  it('keeps the exit code and last words of a step that ends in its own way', async () => {
    await using dir = await makeTempDir();
    const execution = await cancelWhenReady(dir.path, [node('a', ['graceful.js'])]);
    expect(execution.result('a')).toMatchObject({
      status: 'aborted',
      exit_code: 7,
      signal: null,
      cause: { code: 'cancelled' },
    });
    expect(execution.text('a')).toMatch(/goodbye\n$/);
  });

  it('kills what does not end, within the grace of a cancellation', async () => {
    await using dir = await makeTempDir();
    const execution = await cancelWhenReady(dir.path, [node('a', ['ignore-term.js'])]);
    expect(execution.result('a')).toMatchObject({ status: 'aborted', exit_code: null, signal: 'SIGKILL' });
    expect(execution.result('a').phases.terminate_ms).toBeLessThan(7000);
  });

  it('gives every step an end when the run is cancelled', async () => {
    await using dir = await makeTempDir();
    const later = [run('b', 'true'), run('c', 'true', { when: 'always' }), run('d', 'true', { needs: ['b'] })];
    const execution = await cancelWhenReady(dir.path, [node('a', ['forever.js']), ...later]);
    expect(execution.of('step_finished').map(({ step_id }) => step_id)).toEqual(['a']);
    expect(execution.of('step_skipped').map(({ step_id, reason }) => [step_id, reason])).toEqual([
      ['b', 'the run was cancelled'],
      ['c', 'the run was cancelled'],
      ['d', 'the run was cancelled'],
    ]);
  });

  it('says when it was the run that took too long', async () => {
    await using dir = await makeTempDir();
    const execution = await cancelWhenReady(dir.path, [node('a', ['forever.js']), run('b', 'true')], 'run_timeout');
    expect(execution.result('a')).toMatchObject({ status: 'aborted', cause: { code: 'run_timeout' } });
    expect(execution.of('step_skipped')[0]?.reason).toBe('the run reached its max_duration');
  });

  it('starts nothing when the run was cancelled before', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([run('a', 'touch ran'), run('b', 'true')]), {
      signal: AbortSignal.abort('cancelled'),
    });
    expect(execution.drafts.map(({ type }) => type)).toEqual(['step_skipped', 'step_skipped']);
  });

  it('does not wait for another attempt when the run is cancelled', async () => {
    await using dir = await makeTempDir();
    const controller = new AbortController();
    const retry = { max_attempts: 2, backoff_ms: 3_600_000, max_backoff_ms: 3_600_000 };
    const execution = await executePlan(dir.path, makePlan([run('a', 'false', { retry })]), {
      signal: controller.signal,
      onDraft: ({ type }) => type === 'step_retrying' && controller.abort('cancelled'),
    });
    expect(execution.result('a')).toMatchObject({ attempt: 2, status: 'aborted', stdout_artifact_id: null });
    expect(execution.result('a').cause?.message).toBe('the run was cancelled in the 1h 00m before attempt 2');
  });

  it('tries again after a timeout', async () => {
    await using dir = await makeTempDir();
    const options: Partial<PlanStep> = {
      timeout_ms: 1000,
      retry: { max_attempts: 2, backoff_ms: 1, max_backoff_ms: 1 },
    };
    const script = '[ -e tried ] || { touch tried; sleep 60; }';
    const execution = await executePlan(dir.path, makePlan([run('a', script, options)]));
    expect(execution.of('step_retrying')[0]?.result.status).toBe('timed_out');
    expect(execution.result('a')).toMatchObject({ attempt: 2, status: 'success' });
  });

  it('tells where the time went', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([run('a', 'sleep 0.2')]));
    const { phases, duration_ms } = execution.result('a');
    expect(phases.run_ms).toBeGreaterThanOrEqual(190);
    expect(phases.run_ms).toBeLessThanOrEqual(duration_ms);
    expect(phases.terminate_ms).toBeLessThan(190);
  });
});

function sourceScript(name: string, before = '', after = ''): StepOptions {
  return run('a', `${before}. "${fixture(name)}"${after}`);
}

/** Cancels the run as soon as a step has printed "ready". */
function cancelWhenReady(dir: string, steps: StepOptions[], reason = 'cancelled'): Promise<Execution> {
  const controller = new AbortController();
  return executePlan(dir, makePlan(steps), {
    signal: controller.signal,
    onDraft: (draft) => draft.type === 'step_output' && draft.text.includes('ready') && controller.abort(reason),
  });
}

/** The pid that the step's process has printed. */
function readPid(execution: Execution): number {
  const pid = Number(/ready (\d+)/.exec(execution.text('a'))?.[1]);
  expect(pid).toBeGreaterThan(1);
  return pid;
}

function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/\) [ZX] /.test(stat);
  } catch {
    return false;
  }
}
