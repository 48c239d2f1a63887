import { chmod, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runEvent } from '../../src/schema/event.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { executePlan, fixture, makePlan, makeWordRedactor, node, run, runMark } from './rig.ts';

const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('execute', () => {
  it('tells the story of a step in events that the schema accepts', async () => {
    await using dir = await makeTempDir();
    const { drafts } = await executePlan(dir.path, makePlan([run('a', 'echo out; echo err >&2')]));
    const stamp = {
      event_id: '01928f3e-7b1a-7c3d-8e4f-123456789abc',
      run_id: '01928f3e-7b1a-7c3d-8e4f-123456789abc',
      seq: 1,
    };
    for (const draft of drafts) expect(runEvent.parse({ ...draft, ...stamp })).toMatchObject(draft);
    const types = drafts.map(({ type }) => type);
    expect(types[0]).toBe('step_started');
    expect(types.at(-1)).toBe('step_finished');
    expect(types.filter((type) => type === 'step_output')).toHaveLength(2);
    expect(types.filter((type) => type === 'artifact_captured')).toHaveLength(2);
  });

  it('keeps stdout and stderr apart, as events and as artifacts', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([run('a', 'echo out; echo err >&2')]));
    expect(execution.text('a', 'stdout')).toBe('out\n');
    expect(execution.text('a', 'stderr')).toBe('err\n');
    expect(String(await execution.content('a/1/stdout'))).toBe('out\n');
    expect(String(await execution.content('a/1/stderr'))).toBe('err\n');
  });

  it('makes an artifact of silence too', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([run('a', 'true'), run('b', 'true')]));
    expect(execution.artifact('a/1/stdout')).toMatchObject({ sha256: emptySha256, size_bytes: 0, truncated: false });
    expect(await execution.content('b/1/stderr')).toHaveLength(0);
  });

  it('lets a step open /dev/stdout and /dev/stderr by name', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([run('a', 'echo x > /dev/stderr; echo y > /dev/stdout')]));
    expect(execution.result('a').status).toBe('success');
    expect(execution.text('a', 'stderr')).toBe('x\n');
    expect(execution.text('a', 'stdout')).toBe('y\n');
  });

  it('gives steps nothing to read', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([run('a', 'cat; echo done')]));
    expect(execution.text('a')).toBe('done\n');
  });

  it('reports the exit code that was returned', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([node('a', ['fail.js', '41'])]));
    expect(execution.result('a')).toMatchObject({
      status: 'failed',
      exit_code: 41,
      signal: null,
      termination: 'exited',
      cause: { code: 'exit_nonzero', message: 'exited with code 41' },
    });
  });

  it('reports death by a signal as that signal, with no exit code', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([run('a', 'kill -SEGV $$')]));
    expect(execution.result('a')).toMatchObject({
      status: 'failed',
      exit_code: null,
      signal: 'SIGSEGV',
      termination: 'signaled',
      cause: { code: 'signaled' },
    });
  });

  it.each([
    ['a failing line', 'false; echo not reached', ''],
    ['a failing part of a pipeline', 'false | cat; echo not reached', ''],
    ['an unset variable', 'echo "$NOT_SET"; echo not reached', ''],
  ])('ends a bash script at %s', async (_, script, printed) => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([run('a', script)]));
    expect(execution.result('a').status).toBe('failed');
    expect(execution.text('a')).toBe(printed);
  });

  it('runs scripts of many lines and of any size, out of sight of ps', async () => {
    await using dir = await makeTempDir();
    const script = `# ${'x'.repeat(200_000)}\necho one\necho two\ntr '\\0' ' ' < /proc/$$/cmdline`;
    const execution = await executePlan(dir.path, makePlan([run('a', script)]));
    expect(execution.text('a')).toMatch(/^one\ntwo\nbash --noprofile --norc -euo pipefail \S+\.sh $/);
  });

  it('runs sh scripts with errexit and nounset', async () => {
    await using dir = await makeTempDir();
    const steps = [
      { id: 'a', command: { run: 'echo $0 >/dev/null; false; echo no', shell: 'sh' as const } },
      { id: 'b', command: { run: 'echo "$NOT_SET"; echo no', shell: 'sh' as const } },
    ];
    const execution = await executePlan(dir.path, makePlan(steps));
    expect(execution.result('a').exit_code).toBe(1);
    expect(execution.result('b').exit_code).not.toBe(0);
    expect(execution.text('a') + execution.text('b')).toBe('');
  });

  it('hands argv to the system as it is, without a shell', async () => {
    await using dir = await makeTempDir();
    const argv = ['printf', '%s|', '$HOME', '*', 'a b', ''];
    const execution = await executePlan(dir.path, makePlan([{ id: 'a', command: { argv } }]));
    expect(execution.text('a')).toBe('$HOME|*|a b||');
  });

  it('gives steps the environment of the manifest and not that of the runner', async () => {
    await using dir = await makeTempDir();
    const runnerEnv = { PATH: process.env.PATH ?? '', ACTIONS_RUNTIME_TOKEN: 'secret', OTHER: 'x', GIVEN: 'passed' };
    const plan = makePlan([node('a', ['environment.js'], { pass_env: ['GIVEN', 'ACTIONS_RUNTIME_TOKEN'] })]);
    const execution = await executePlan(dir.path, plan, { runnerEnv, environments: { a: { NODE_ENV: 'test' } } });
    const printed: Record<string, string> = JSON.parse(execution.text('a'));
    const { QUODERAT_STEP_MARK, ...env } = printed;
    expect(QUODERAT_STEP_MARK).toMatch(new RegExp(`^${runMark},[0-9a-f]{32}$`));
    expect(env).toEqual({ PATH: runnerEnv.PATH, GIVEN: 'passed', NODE_ENV: 'test' });
  });

  it.each([
    [
      'a program that does not exist',
      { command: { argv: ['no-such-program-here', 'arg'] } },
      /"no-such-program-here" was not found: it is not on PATH/,
    ],
    ['a file that does not exist', { command: { argv: ['./nothing'] } }, /"\.\/nothing" was not found: no such file/],
    ['a file that is no program', { command: { argv: ['./plain.txt'] } }, /"\.\/plain\.txt" may not be executed/],
    ['a cwd that does not exist', { cwd: 'missing' }, /cwd missing does not exist/],
    ['a cwd that is a file', { cwd: 'plain.txt' }, /cwd plain\.txt is not a folder/],
    ['a cwd that leads out of the workspace', { cwd: 'out' }, /cwd out is a link that leads out/],
    [
      'an argument that no system can pass',
      { command: { argv: ['true', 'a\0b'] } },
      /the system refused to start "true"/,
    ],
  ])('says of %s that it could not be started', async (_, options, message) => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'plain.txt'), 'x');
    await chmod(join(dir.path, 'plain.txt'), 0o644);
    await symlink('/', join(dir.path, 'out'));
    const execution = await executePlan(dir.path, makePlan([{ id: 'a', ...options }, run('b', 'echo fine')]));
    const result = execution.result('a');
    expect(result).toMatchObject({ status: 'error', termination: 'spawn_failed', exit_code: null, signal: null });
    expect(result.cause).toMatchObject({ code: 'spawn_failed', message: expect.stringMatching(message) });
    expect(execution.artifact('a/1/stdout').size_bytes).toBe(0);
    expect(execution.text('b')).toBe('fine\n');
  });

  it('runs in the cwd of the step', async () => {
    await using dir = await makeTempDir();
    await mkdir(join(dir.path, 'sub', 'dir'), { recursive: true });
    const execution = await executePlan(dir.path, makePlan([run('a', 'basename "$PWD"', { cwd: 'sub/dir' })]));
    expect(execution.text('a')).toBe('dir\n');
  });

  it('runs as many steps at once as max_parallel says', async () => {
    await using dir = await makeTempDir();
    // Each waits for the other: one after the other they would never end.
    const meet = (own: string, other: string): string => `touch ${own}; until [ -e ${other} ]; do sleep 0.01; done`;
    const plan = makePlan([run('a', meet('a', 'b')), run('b', meet('b', 'a'))], { max_parallel: 2 });
    const execution = await executePlan(dir.path, plan);
    expect(execution.result('a').status).toBe('success');
    expect(execution.result('b').status).toBe('success');
  });

  it('tries again with artifacts of its own for each attempt, until one succeeds', async () => {
    await using dir = await makeTempDir();
    const retry = { max_attempts: 3, backoff_ms: 1, max_backoff_ms: 2 };
    const script = 'echo x >> tries; wc -l < tries; [ "$(wc -l < tries)" -ge 3 ]';
    const execution = await executePlan(dir.path, makePlan([run('a', script, { retry })]));
    expect(
      execution.of('step_retrying').map(({ attempt, next_attempt, delay_ms }) => [attempt, next_attempt, delay_ms]),
    ).toEqual([
      [1, 2, 1],
      [2, 3, 2],
    ]);
    expect(execution.result('a')).toMatchObject({ attempt: 3, status: 'success' });
    expect(execution.of('step_started').map(({ stdout_artifact_id }) => stdout_artifact_id)).toEqual([
      'a/1/stdout',
      'a/2/stdout',
      'a/3/stdout',
    ]);
    expect(String(await execution.content('a/2/stdout')).trim()).toBe('2');
  });

  it('redacts output, texts about a step and the names of files, and leaves receipts', async () => {
    await using dir = await makeTempDir();
    const plan = makePlan([
      run('a', 'echo the hunter2 is out; echo hunter2 > hunter2.txt', { outputs: ['*.txt'] }),
      { id: 'b', command: { argv: ['hunter2-tool'] } },
    ]);
    const execution = await executePlan(dir.path, plan, { redactor: makeWordRedactor('hunter2') });
    expect(JSON.stringify(execution.drafts)).not.toContain('hunter2');
    expect(String(await execution.content('a/1/stdout'))).toBe('the *** is out\n');
    expect(String(await execution.content('a/1/output/1'))).toBe('***\n');
    expect(execution.artifact('a/1/stdout').redaction).toEqual({ class: 'text', applied: true });
    const receipts = execution
      .of('redaction_applied')
      .map(({ receipt: { stage, path, artifact_id } }) => [stage, path, artifact_id]);
    expect(receipts).toEqual([
      ['output', 'stdout', 'a/1/stdout'],
      ['record', '/execution/steps/0/artifacts', null],
      ['artifact', '***.txt', 'a/1/output/1'],
      ['record', '/execution/steps/1/cause/message', null],
    ]);
    const ids = execution.of('redaction_applied').map(({ receipt }) => receipt.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('does not read from a child while nobody takes its output, and loses nothing of it', async () => {
    await using dir = await makeTempDir();
    const total = 8_000_000;
    let progress = 0;
    const script = `"${process.execPath}" "${fixture('flood.js')}" ${total}; echo done > done`;
    const execution = await executePlan(dir.path, makePlan([run('a', script)]), {
      onDraft: async (draft) => {
        if (draft.type !== 'step_output') return;
        progress += 1;
        // The queue holds an eighth of it: at the first event the child cannot be done.
        if (progress === 1) expect(await readdir(dir.path)).not.toContain('done');
      },
    });
    expect(execution.artifact('a/1/stdout').size_bytes).toBe(total);
    expect(execution.text('a')).toHaveLength(total);
    const offsets = execution.of('step_output').map(({ offset, bytes }) => offset + bytes);
    expect(offsets.at(-1)).toBe(total);
  });

  it('ends the steps when the consumer leaves', async () => {
    await using dir = await makeTempDir();
    const left = executePlan(dir.path, makePlan([node('a', ['forever.js'])]), {
      onDraft: (draft) => {
        if (draft.type === 'step_output') throw new Error(draft.text.trim());
      },
    });
    const message = await left.then(() => '', String);
    const pid = Number(/ready (\d+)/.exec(message)?.[1]);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('does with the pipes of Node where no named pipes can be made', async () => {
    await using dir = await makeTempDir();
    const runnerEnv = { PATH: '/nonexistent' };
    const plan = makePlan([node('a', ['ok.js', 'fine']), node('b', ['flood.js', '3000000'])]);
    const execution = await executePlan(dir.path, plan, { runnerEnv });
    expect(execution.text('a')).toBe('fine\n');
    expect(execution.artifact('b/1/stdout').size_bytes).toBe(3_000_000);
  });

  it('leaves no temporary files', async () => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([run('a', 'dirname "$0"')]));
    await expect(stat(execution.text('a').trim())).rejects.toThrow('ENOENT');
  });
});
