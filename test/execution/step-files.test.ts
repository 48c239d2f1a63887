import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepKinds } from '../../src/schema/kinds.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { executePlan, makePlan, run } from './rig.ts';

/** The kinds that run a program to its own end. */
const programKinds = stepKinds.filter((kind) => kind !== 'http_probe' && kind !== 'service');
const junit = [{ path: 'junit.xml', format: 'junit' as const }];
const onePassed = '<testsuite><testcase name="a"/></testsuite>';

describe.each(['test', 'lint'] as const)('the report of a %s step', (kind) => {
  it('is kept when the step has written it', async () => {
    await using dir = await makeTempDir();
    const plan = makePlan([run('a', `printf '${onePassed}' > junit.xml`, { kind, reports: junit })]);
    const execution = await executePlan(dir.path, plan);
    expect(execution.result('a')).toMatchObject({ status: 'success', report_artifact_ids: ['a/1/report/1'] });
    expect(execution.artifact('a/1/report/1')).toMatchObject({
      kind: 'report',
      name: 'junit.xml',
      size_bytes: onePassed.length,
    });
  });

  it.each([
    ['missing', 'true', 'report_missing', 'its report junit.xml does not exist'],
    ['empty', ': > junit.xml', 'report_empty', 'its report junit.xml is empty'],
  ])('makes a success a failure when it is %s', async (_, script, code, message) => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([run('a', script, { kind, reports: junit })]));
    expect(execution.result('a')).toMatchObject({
      status: 'failed',
      termination: 'exited',
      exit_code: 0,
      cause: { code, message },
    });
  });

  it('makes a success a failure when it was there before and was not written', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'junit.xml'), '<old/>');
    const execution = await executePlan(dir.path, makePlan([run('a', 'true', { kind, reports: junit })]));
    expect(execution.result('a')).toMatchObject({
      status: 'failed',
      cause: { code: 'report_stale' },
      report_artifact_ids: [],
    });
  });

  it('counts when an earlier file was written again with the same bytes', async () => {
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'junit.xml'), onePassed);
    const plan = makePlan([run('a', `printf '${onePassed}' > junit.xml`, { kind, reports: junit })]);
    expect((await executePlan(dir.path, plan)).result('a').status).toBe('success');
  });

  it('must be new in each attempt', async () => {
    await using dir = await makeTempDir();
    const script = '[ -e junit.xml ] || { echo "<x/>" > junit.xml; exit 1; }';
    const retry = { max_attempts: 2, backoff_ms: 1, max_backoff_ms: 1 };
    const execution = await executePlan(dir.path, makePlan([run('a', script, { kind, reports: junit, retry })]));
    expect(execution.of('step_retrying')[0]?.result.report_artifact_ids).toEqual(['a/1/report/1']);
    expect(execution.result('a')).toMatchObject({ attempt: 2, status: 'failed', cause: { code: 'report_stale' } });
  });

  it('is worth a warning only, when allow_empty is set', async () => {
    await using dir = await makeTempDir();
    const plan = makePlan([run('a', 'true', { kind, reports: junit, allow_empty: true })]);
    const execution = await executePlan(dir.path, plan);
    expect(execution.result('a').status).toBe('success');
    expect(execution.warnings('a')).toEqual(['glob_matched_nothing']);
  });

  it('is kept when the step failed, whose exit code stays the cause', async () => {
    await using dir = await makeTempDir();
    const reports = [...junit, { path: 'missing.xml', format: 'junit' as const }];
    const plan = makePlan([run('a', 'echo "<x/>" > junit.xml; exit 1', { kind, reports })]);
    const execution = await executePlan(dir.path, plan);
    expect(execution.result('a')).toMatchObject({
      status: 'failed',
      cause: { code: 'exit_nonzero' },
      report_artifact_ids: ['a/1/report/1'],
    });
  });
});

describe('the outputs of a step', () => {
  it.each(programKinds)('decide over a %s step as its kind says, when they are missing', async (kind) => {
    await using dir = await makeTempDir();
    const execution = await executePlan(dir.path, makePlan([run('a', 'true', { kind, outputs: ['dist/**'] })]));
    if (kind === 'build') {
      expect(execution.result('a')).toMatchObject({ status: 'failed', cause: { code: 'output_missing' } });
    } else {
      expect(execution.result('a').status).toBe('success');
      expect(execution.warnings('a')).toEqual(['glob_matched_nothing']);
    }
  });

  it('are kept in the order of their names, with names relative to the workspace', async () => {
    await using dir = await makeTempDir();
    await mkdir(join(dir.path, 'app'));
    const script = 'mkdir -p dist/sub; for f in b a .hidden sub/c; do echo $f > dist/$f; done';
    const plan = makePlan([run('a', script, { cwd: 'app', kind: 'build', outputs: ['dist/**', 'dist/a'] })]);
    const execution = await executePlan(dir.path, plan);
    const outputs = execution.of('artifact_captured').filter(({ artifact }) => artifact.kind === 'output');
    expect(outputs.map(({ artifact }) => [artifact.id, artifact.name])).toEqual([
      ['a/1/output/1', 'app/dist/.hidden'],
      ['a/1/output/2', 'app/dist/a'],
      ['a/1/output/3', 'app/dist/b'],
      ['a/1/output/4', 'app/dist/sub/c'],
    ]);
  });

  it.each(['dist', 'dist/', './dist'])('may be named by their folder: %s', async (pattern) => {
    await using dir = await makeTempDir();
    const plan = makePlan([run('a', 'mkdir dist; echo x > dist/x', { kind: 'build', outputs: [pattern] })]);
    expect((await executePlan(dir.path, plan)).result('a').output_artifact_ids).toEqual(['a/1/output/1']);
  });

  it('may have names that look like globs', async () => {
    await using dir = await makeTempDir();
    const plan = makePlan([run('a', 'echo x > "[id].js"', { kind: 'build', outputs: ['[id].js'] })]);
    expect((await executePlan(dir.path, plan)).result('a').output_artifact_ids).toEqual(['a/1/output/1']);
  });

  it('are never files outside the workspace', async () => {
    await using outside = await makeTempDir();
    await using dir = await makeTempDir();
    await writeFile(join(outside.path, 'secret.txt'), 'secret');
    await symlink(join(outside.path, 'secret.txt'), join(dir.path, 'link.txt'));
    await symlink(outside.path, join(dir.path, 'folder'));
    const outputs = ['*.txt', 'link.txt', 'folder/*', 'folder/secret.txt', `../${outside.path.split('/').at(-1)}/*`];
    outputs.push(join(outside.path, 'secret.txt'), '**');
    const execution = await executePlan(dir.path, makePlan([run('a', 'touch own', { outputs })]), {
      artifacts: join(outside.path, 'artifacts'),
    });
    const names = execution.of('artifact_captured').map(({ artifact }) => artifact.name);
    expect(names.toSorted()).toEqual(['own', 'stderr', 'stdout']);
  });

  it('may be links within the workspace', async () => {
    await using dir = await makeTempDir();
    const plan = makePlan([run('a', 'echo x > real; ln -s real latest', { outputs: ['latest'] })]);
    expect((await executePlan(dir.path, plan)).artifact('a/1/output/1').name).toBe('latest');
  });
});
