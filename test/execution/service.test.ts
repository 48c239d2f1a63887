import { createServer } from 'node:net';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventDraft } from '../../src/schema/event.ts';
import type { PlanStep } from '../../src/schema/plan.ts';
import { isRunning } from '../support/processes.ts';
import { executePlan, type Execution, makePlan, makeWordRedactor, node, run, type StepOptions } from './rig.ts';
import { waitUntilReady } from '../../src/execution/service/wait-until-ready.ts';
import { serveBytes } from './http-server.ts';
import { findFreePort } from './free-port.ts';

let dir = '';
let port = 0;

beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'quoderat-service-')));
  port = await findFreePort();
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const timeout_ms = 15_000;
const byHttp = (path = '/health'): PlanStep['ready'] => ({
  by: 'http',
  url: `http://127.0.0.1:${port}${path}`,
  timeout_ms,
});
const server = (id: string, options: Partial<PlanStep> = {}, ...args: string[]): StepOptions =>
  node(id, ['server.js', String(port), ...args], { kind: 'service', ready: byHttp(), ...options });
const service = (id: string, script: string, options: Partial<PlanStep> = {}): StepOptions =>
  run(id, script, { kind: 'service', ready: { by: 'start' }, ...options });
/** What Node's own client says, so that no curl is needed. */
const fetchStep = (id: string, path: string, options: Partial<PlanStep> = {}): StepOptions => ({
  id,
  command: {
    argv: [
      process.execPath,
      '-e',
      `fetch('http://127.0.0.1:${port}${path}').then((r) => r.text()).then((t) => console.log(t))`,
    ],
  },
  ...options,
});
/** A step that runs until the service's end was told, and the listener that tells it. */
const untilEnded = (id: string, needs: string[]): StepOptions =>
  run(id, `until [ -e '${join(dir, 'ended')}' ]; do sleep 0.02; done`, { needs });
const tellEnd =
  (id: string) =>
  async (draft: EventDraft): Promise<void> => {
    if (draft.type === 'step_finished' && draft.step_id === id) await writeFile(join(dir, 'ended'), '');
  };
const order = ({ drafts }: Execution): string[] =>
  drafts.flatMap((draft) =>
    draft.type === 'step_started' || draft.type === 'step_finished' || draft.type === 'step_skipped'
      ? [`${draft.type.slice(5)} ${draft.step_id}`]
      : [],
  );

describe('a service', () => {
  it('lets the steps that need it start when its address answers, and does not hold up the others', async () => {
    const opened = join(dir, 'open');
    const plan = makePlan([
      server('app', {}, opened),
      fetchStep('use', '/health', { needs: ['app'] }),
      run('other', `touch '${opened}'`),
    ]);
    const found = await executePlan(dir, plan);
    // With one step at a time, `other` runs though `app` stands before it, and only then is `app` ready.
    expect(order(found)).toEqual([
      'started app',
      'started other',
      'finished other',
      'started use',
      'finished use',
      'finished app',
    ]);
    expect(found.text('use')).toBe('ok\n');
    expect(found.result('app')).toMatchObject({
      status: 'success',
      termination: 'signaled',
      signal: 'SIGTERM',
      exit_code: null,
      output_complete: true,
    });
    expect(found.result('app').cause).toBeUndefined();
    expect(found.text('app')).toBe(`listening on ${port}`);
    expect(String(await found.content('app/1/stdout'))).toBe(`listening on ${port}`);
  });

  it('says in an observation what made it ready, and after how long', async () => {
    const found = await executePlan(dir, makePlan([server('app')]));
    const [{ observation, step_id } = { observation: null, step_id: null }] = found.of('observation_recorded');
    expect(step_id).toBe('app');
    expect(observation).toMatchObject({
      id: 'app/1/service',
      type: 'service',
      informational: true,
      basis_artifact_ids: [],
      value: { ready_by: 'http', target: `http://127.0.0.1:${port}/health` },
    });
    expect(observation?.summary).toMatch(/^ready after \d/);
  });

  it('is ready when something listens on its port', async () => {
    const plan = makePlan([
      server('app', { ready: { by: 'port', port, timeout_ms } }),
      fetchStep('use', '/', { needs: ['app'] }),
    ]);
    const found = await executePlan(dir, plan);
    expect([found.result('app').status, found.result('use').status]).toEqual(['success', 'success']);
  });

  it('is ready when a line of its output matches, ended or not, and cites the stream', async () => {
    const ready = { by: 'log', pattern: '^listening on [0-9]{1,5}$', timeout_ms } as const;
    const plan = makePlan([server('app', { ready }), fetchStep('use', '/', { needs: ['app'] })]);
    const found = await executePlan(dir, plan);
    expect(found.result('use').status).toBe('success');
    expect(found.of('observation_recorded')[0]?.observation).toMatchObject({
      basis_artifact_ids: ['app/1/stdout'],
      informational: false,
    });
  });

  it('matches a line that comes in pieces on stderr, and only whole lines', async () => {
    const script = `echo 'unready' >&2; printf 'rea' >&2; sleep 0.1; printf 'dy\\n' >&2; exec sleep 60`;
    const ready = { by: 'log', pattern: '^ready$', timeout_ms } as const;
    const found = await executePlan(dir, makePlan([service('app', script, { ready })]));
    expect(found.result('app').status).toBe('success');
    expect(found.of('observation_recorded')[0]?.observation.basis_artifact_ids).toEqual(['app/1/stderr']);
  });

  it('has failed when it is not ready in time, and what needs it is skipped', async () => {
    const ready = { by: 'http', url: `http://127.0.0.1:${port}/`, timeout_ms: 1500 } as const;
    const never = join(dir, 'never');
    const plan = makePlan([server('app', { ready }, never), fetchStep('use', '/', { needs: ['app'] })]);
    const found = await executePlan(dir, plan);
    const { status, cause, signal } = found.result('app');
    expect({ status, signal, code: cause?.code }).toEqual({
      status: 'failed',
      signal: 'SIGTERM',
      code: 'service_not_ready',
    });
    expect(cause?.message).toBe(`was not ready after 1.5 s: http://127.0.0.1:${port}/ answers 503`);
    expect(found.of('step_skipped')).toMatchObject([{ step_id: 'use', reason: 'needs app, which failed' }]);
  });

  it('is known not to be ready when its address takes requests and never answers', async () => {
    await using silent = await serveBytes(() => {});
    const readiness = { by: 'http', url: `${silent.url}/`, timeout_ms: 200 } as const;
    const problem = await waitUntilReady(readiness, new AbortController().signal);
    expect(problem).toMatch(/^http:.* did not answer in \d+ ms$/);
  });

  it('has failed when no line matches in time', async () => {
    const ready = { by: 'log', pattern: 'up', timeout_ms: 200 } as const;
    const found = await executePlan(dir, makePlan([service('app', 'exec sleep 60', { ready })]));
    expect(found.result('app').cause).toEqual({
      code: 'service_not_ready',
      message: 'was not ready after 200 ms: no line of its output matched',
    });
  });

  it('has failed when it ends before it is ready, even with code 0', async () => {
    const found = await executePlan(dir, makePlan([service('app', 'true', { ready: byHttp() })]));
    expect(found.result('app')).toMatchObject({
      status: 'failed',
      termination: 'exited',
      exit_code: 0,
      cause: { code: 'service_exited', message: 'exited with code 0 before it was ready' },
    });
  });

  it('has failed when it dies while others run: they go on, and what has not started is skipped', async () => {
    const plan = makePlan([
      server('app'),
      fetchStep('kill', '/die', { needs: ['app'] }),
      untilEnded('wait', ['kill']),
      fetchStep('late', '/health', { needs: ['app', 'wait'] }),
    ]);
    const found = await executePlan(dir, plan, { onDraft: tellEnd('app') });
    expect(found.result('kill').status).toBe('success');
    expect(found.result('wait').status).toBe('success');
    expect(found.result('app')).toMatchObject({
      status: 'failed',
      exit_code: 3,
      cause: { code: 'service_exited', message: 'exited with code 3 while the run was still going on' },
    });
    expect(order(found).indexOf('finished app')).toBeLessThan(order(found).indexOf('finished wait'));
    expect(found.of('step_skipped')).toMatchObject([{ step_id: 'late', reason: 'needs app, which failed' }]);
  });

  it('is started again when it did not get ready, and not when it was', async () => {
    const retry = { max_attempts: 3, backoff_ms: 1, max_backoff_ms: 1 };
    const tries = join(dir, 'tries');
    const script = `echo x >> '${tries}'; [ "$(wc -l < '${tries}')" -ge 2 ] || exit 1; echo up; exec sleep 60`;
    const ready = { by: 'log', pattern: '^up$', timeout_ms } as const;
    const again = await executePlan(dir, makePlan([service('app', script, { ready, retry })]));
    expect(again.result('app')).toMatchObject({ attempt: 2, status: 'success' });
    const died = await executePlan(
      dir,
      makePlan([server('app', { retry }), fetchStep('kill', '/die', { needs: ['app'] }), untilEnded('wait', ['kill'])]),
      { artifacts: join(dir, '.second'), onDraft: tellEnd('app') },
    );
    expect(died.result('app')).toMatchObject({ attempt: 1, status: 'failed' });
    expect(died.of('step_retrying')).toEqual([]);
  });

  it('ends after those that need it, also by way of other steps', async () => {
    const plan = makePlan([
      service('db', 'exec sleep 60'),
      run('migrate', 'true', { needs: ['db'] }),
      service('app', 'exec sleep 60', { needs: ['migrate'] }),
      run('use', 'true', { needs: ['app'] }),
    ]);
    expect(order(await executePlan(dir, plan)).slice(-2)).toEqual(['finished app', 'finished db']);
  });

  it('is ended with all that it started, and keeps its outputs', async () => {
    const pidFile = join(dir, 'pid');
    const script = `setsid sh -c 'echo $$ > "${pidFile}"; exec sleep 60' & echo done > out.txt; until [ -s '${pidFile}' ]; do sleep 0.01; done; echo up; wait`;
    const ready = { by: 'log', pattern: '^up$', timeout_ms } as const;
    const found = await executePlan(dir, makePlan([service('app', script, { ready, outputs: ['out.txt'] })]));
    const pid = Number(await readFile(pidFile, 'utf8'));
    expect(isRunning(pid)).toBe(false);
    expect(found.result('app')).toMatchObject({ status: 'success', survivors_killed: 1 });
    expect(String(await found.content('app/1/output/1'))).toBe('done\n');
  });

  it('is aborted with the run', async () => {
    const controller = new AbortController();
    const plan = makePlan([server('app'), run('use', 'sleep 60', { needs: ['app'] })]);
    const found = await executePlan(dir, plan, {
      signal: controller.signal,
      onDraft: (draft) => {
        if (draft.type === 'step_started' && draft.step_id === 'use') controller.abort('cancelled');
      },
    });
    expect(found.result('app')).toMatchObject({ status: 'aborted', cause: { code: 'cancelled' } });
    expect(found.result('use')).toMatchObject({ status: 'aborted', cause: { code: 'cancelled' } });
  });

  it('is aborted with the run while it is not ready yet', async () => {
    const controller = new AbortController();
    const plan = makePlan([server('app', {}, join(dir, 'never')), run('use', 'true', { needs: ['app'] })]);
    const found = await executePlan(dir, plan, {
      signal: controller.signal,
      onDraft: (draft) => {
        if (draft.type === 'step_output') controller.abort('run_timeout');
      },
    });
    expect(found.result('app')).toMatchObject({ status: 'aborted', cause: { code: 'run_timeout' } });
    expect(found.of('step_skipped')).toMatchObject([{ step_id: 'use' }]);
  });

  it('is not started when something else has its port', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      const found = await executePlan(dir, makePlan([server('app')]));
      expect(found.result('app')).toMatchObject({
        status: 'error',
        termination: 'spawn_failed',
        cause: {
          code: 'spawn_failed',
          message: `could not be started: something else listens on port ${port} of this machine already`,
        },
      });
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  it('is ended when it is silent for too long, if the manifest says so', async () => {
    const plan = makePlan([service('app', 'exec sleep 60', { idle_timeout_ms: 200 }), untilEnded('wait', [])]);
    const found = await executePlan(dir, plan, { onDraft: tellEnd('app') });
    expect(found.result('app')).toMatchObject({ status: 'timed_out', cause: { code: 'idle_timeout' } });
  });

  it('lets a step that waits for its failure decide when nothing else runs', async () => {
    const look = run('look', 'touch looked', { needs: ['app'], when: 'failure' });
    const well = await executePlan(dir, makePlan([server('app'), look, fetchStep('use', '/', { needs: ['app'] })]));
    expect(well.of('step_skipped')).toMatchObject([
      { step_id: 'look', reason: 'runs only after a failure, and nothing before it failed' },
    ]);
    expect(order(well).indexOf('skipped look')).toBeGreaterThan(order(well).indexOf('finished use'));
    expect(existsSync(join(dir, 'looked'))).toBe(false);

    const ill = await executePlan(dir, makePlan([service('app', 'exit 1', { ready: byHttp() }), look]), {
      artifacts: join(dir, '.second'),
    });
    expect(ill.result('look').status).toBe('success');
    expect(existsSync(join(dir, 'looked'))).toBe(true);
  });

  it('lets steps run in any case while it is still there', async () => {
    const plan = makePlan([server('app'), run('fail', 'exit 1'), fetchStep('always', '/health', { when: 'always' })]);
    const found = await executePlan(dir, plan);
    expect(found.text('always')).toBe('ok\n');
    expect(found.result('app').status).toBe('success');
  });

  it('passes the redactor like any step, which the pattern for its log then sees', async () => {
    const ready = { by: 'log', pattern: 'token \\*\\*\\*', timeout_ms } as const;
    const found = await executePlan(dir, makePlan([service('app', 'echo token hush; exec sleep 60', { ready })]), {
      redactor: makeWordRedactor('hush'),
    });
    expect(found.text('app')).toBe('token ***\n');
    expect(found.result('app').status).toBe('success');
  });

  it('is dead when whoever reads the events leaves', async () => {
    const stopped = executePlan(dir, makePlan([server('app'), run('use', 'sleep 60', { needs: ['app'] })]), {
      onDraft: (draft) => {
        if (draft.type === 'step_started' && draft.step_id === 'use') throw new Error('enough');
      },
    });
    await expect(stopped).rejects.toThrow('enough');
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow('fetch failed');
  });
});
