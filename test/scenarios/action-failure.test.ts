import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { startArtifactService } from '../support/artifact-service.ts';
import { parseEnvelope, verify } from '../support/evidence.ts';
import { makeMiniRunner } from '../support/mini-runner.ts';

describe('a job whose steps do not succeed', () => {
  it('ends with 1 and sealed evidence when a step fails, and names it', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({
      files: {
        'quoderat.yml': `version: 1
steps:
  - { id: good, kind: command, run: 'true' }
  - { id: bad, kind: command, run: 'echo it broke here >&2; exit 3' }
  - { id: late, kind: command, needs: [bad], run: 'true' }
`,
      },
      env: service.env,
    });
    const step = await runner.run('main');
    expect(step.exitCode).toBe(1);
    expect(step.outputs['status']).toBe('failed');
    const envelope = parseEnvelope(service.artifacts[0]?.bytes ?? Buffer.alloc(0));
    expect(envelope.execution.steps.map(({ id, status, exit_code: code }) => [id, status, code])).toEqual([
      ['good', 'success', 0],
      ['bad', 'failed', 3],
      ['late', 'skipped', null],
    ]);
    expect(step.log.effects.annotations).toMatchObject([
      { level: 'error', properties: { title: expect.stringContaining('bad') } },
    ]);
    expect(step.log.shown()).toContain('1 of 3 steps failed');
    expect(step.summary).toContain('it broke here');
  });

  it('ends with 1 when a step times out', async () => {
    await using runner = await makeMiniRunner({
      files: { 'quoderat.yml': 'version: 1\nsteps:\n  - { id: slow, kind: command, run: sleep 60, timeout: 300ms }\n' },
      with: { upload: 'never' },
    });
    const step = await runner.run('main');
    expect(step.exitCode).toBe(1);
    const bytes = await readFile(step.outputs['envelope-path'] ?? '');
    expect(parseEnvelope(bytes).execution.steps[0]).toMatchObject({ status: 'timed_out', termination: 'timed_out' });
    await verify(bytes);
  });

  it('ends with 2 and runs nothing when the manifest has faults, which it shows in their place', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({
      files: {
        'packages/a/quoderat.yml':
          'version: 1\nsteps:\n  - { id: a, kind: command, run: touch ran }\n  - { id: b, kinds: test }\n',
      },
      with: { 'working-directory': 'packages/a' },
      env: service.env,
    });
    const step = await runner.run('main');
    expect(step.exitCode).toBe(2);
    expect(step.outputs).toEqual({ status: 'refused' });
    expect(step.log.shown()).toContain('quoderat.yml:4:');
    expect(step.log.effects.annotations).toMatchObject([
      { level: 'error', properties: { file: 'packages/a/quoderat.yml', line: '4' } },
    ]);
    expect(service.requests).toEqual([]);
    const post = await runner.run('post');
    expect(post).toMatchObject({ exitCode: 0 });
    expect(post.log.raw()).toBe('');
  });

  it('keeps a hostile manifest from speaking to the runner through its diagnostics', async () => {
    await using runner = await makeMiniRunner({
      files: {
        'quoderat.yml':
          'version: 1\n"::add-mask::true": 1\n"##[add-mask]false": 2\n"#\u200B#[add-mask]false": 3\n"##\u00AD[error]owned": 4\nsteps: ["::set-output name=status::pwned"]\n',
      },
    });
    const step = await runner.run('main');
    expect(step.exitCode).toBe(2);
    expect(step.log.effects).toMatchObject({ masks: [], outputs: {} });
    expect(step.outputs).toEqual({ status: 'refused' });
  });

  it('ends with 2 for a plan that is not the expected one', async () => {
    await using runner = await makeMiniRunner({
      files: { 'quoderat.yml': 'version: 1\nsteps:\n  - { id: a, kind: command, run: echo it ran }\n' },
      with: { 'expected-plan-hash': 'a'.repeat(64) },
    });
    const step = await runner.run('main');
    expect(step.exitCode).toBe(2);
    expect(step.log.shown()).not.toContain('it ran');
    expect(step.log.effects.annotations[0]?.message).toContain('a'.repeat(64));
  });

  it.each([
    [{ upload: 'perhaps' }, '`upload` must be one of'],
    [{ manifest: 'missing.yml' }, 'there is no missing.yml'],
    [{ 'signing-key': 'no key' }, 'PEM'],
  ])('ends with 2 for the inputs %j', async (given, message) => {
    await using runner = await makeMiniRunner({
      files: { 'quoderat.yml': 'version: 1\nsteps:\n  - { id: a, kind: command, run: echo it ran }\n' },
      with: given,
    });
    const step = await runner.run('main');
    expect(step.exitCode).toBe(2);
    expect(step.log.effects.annotations[0]?.message).toContain(message);
    expect(step.log.shown()).not.toContain('it ran');
    expect(step.outputs).toEqual({ status: 'refused' });
  });
});
