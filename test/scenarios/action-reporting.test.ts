import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startArtifactService } from '../support/artifact-service.ts';
import { toDigest, verify } from '../support/evidence.ts';
import { makeMiniRunner, type StepResult } from '../support/mini-runner.ts';
import { makeTempDir } from '../support/temp-dir.ts';

const files = {
  'quoderat.yml':
    'version: 1\nname: release\nsteps:\n  - { id: a, kind: command, run: "exit ${CODE:-0}", pass_env: [CODE] }\n',
};

/** Whatever reporting met: the outcome is that of the steps, and the evidence is there and true. */
async function expectEvidence(step: StepResult, exitCode: number): Promise<void> {
  expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode });
  const bytes = await readFile(step.outputs['envelope-path'] ?? '');
  expect(toDigest(bytes)).toBe(step.outputs['envelope-sha256']);
  await verify(bytes);
}

describe('trouble in reporting', () => {
  it.each([
    ['on a GitHub Enterprise Server', { GITHUB_SERVER_URL: 'https://github.acme.example' }],
    ['on a runner without the service', {}],
  ])('is one notice where there is no artifact service: %s', async (_where, env) => {
    await using runner = await makeMiniRunner({ files, env: { ...env, CODE: '1' } });
    const step = await runner.run('main');
    await expectEvidence(step, 1);
    const notices = step.log.effects.annotations.filter(({ level }) => level !== 'error');
    expect(notices).toMatchObject([{ level: 'notice', message: expect.stringContaining('was not uploaded') }]);
    expect(step.outputs).not.toHaveProperty('artifact-id');
    expect((await runner.run('post')).log.raw()).toBe('');
  });

  it('is a warning where an upload was asked for', async () => {
    await using runner = await makeMiniRunner({ files, with: { upload: 'always' } });
    const step = await runner.run('main');
    await expectEvidence(step, 0);
    expect(step.log.effects.annotations).toMatchObject([{ level: 'warning' }]);
  });

  it.each([0, 1])(
    'does not touch exit code %i when the service refuses, and is told without its secrets',
    async (code) => {
      await using service = await startArtifactService();
      const token = service.env.ACTIONS_RUNTIME_TOKEN;
      service.fail('CreateArtifact', { kind: 'status', status: 403, message: `no ${token}`, times: 9 });
      await using runner = await makeMiniRunner({ files, env: { ...service.env, CODE: String(code) } });
      const step = await runner.run('main');
      await expectEvidence(step, code);
      const warnings = step.log.effects.annotations.filter(({ level }) => level === 'warning');
      expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('403')]);
      expect(step.log.shown()).not.toContain(token);
      // One refusal is enough: the bundle is not tried.
      expect(service.requests).toEqual(['POST CreateArtifact']);
    },
  );

  it.each([0, 1])('does not touch exit code %i when a step has taken away what reports', async (code) => {
    await using copy = await makeTempDir();
    await cp(join(import.meta.dirname, '../../dist'), join(copy.path, 'dist'), { recursive: true });
    await writeFile(join(copy.path, 'package.json'), '{"type":"module"}');
    await using runner = await makeMiniRunner({
      actionDir: copy.path,
      files: {
        'quoderat.yml': `version: 1\nsteps:\n  - { id: clean, kind: command, run: "rm ${copy.path}/dist/chunks/publish-evidence-*; exit ${code}" }\n`,
      },
    });
    const step = await runner.run('main');
    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: code });
    expect(step.log.effects.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^Reporting failed: .*publish-evidence/),
    );
  });

  it('rides out a service that fails once', async () => {
    await using service = await startArtifactService();
    service.fail('CreateArtifact', { kind: 'status', status: 503, message: 'busy', times: 1 });
    await using runner = await makeMiniRunner({ files, env: service.env });
    const step = await runner.run('main');
    await expectEvidence(step, 0);
    expect(service.artifacts.map(({ sha256 }) => sha256)).toContain(step.outputs['envelope-sha256']);
  });

  it('is told when other bytes arrive than were sealed', async () => {
    await using service = await startArtifactService();
    service.fail('PutBlob', { kind: 'wrong_hash' });
    await using runner = await makeMiniRunner({ files, env: service.env });
    const step = await runner.run('main');
    await expectEvidence(step, 0);
    expect(step.outputs).not.toHaveProperty('artifact-id');
    expect(step.log.effects.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('not uploaded') },
    ]);
    for (const signature of service.signatures) expect(step.log.shown()).not.toContain(signature);
  });

  it('does not touch the outcome when the job summary cannot be written', async () => {
    await using runner = await makeMiniRunner({ files, with: { upload: 'never' } });
    const step = await runner.run('main', { summaryIsFolder: true });
    await expectEvidence(step, 0);
    expect(step.log.effects.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('summary') },
    ]);
  });

  it('keeps the evidence elsewhere when its folder cannot be made', async () => {
    await using runner = await makeMiniRunner({ files, with: { upload: 'never', out: 'README.md/evidence' } });
    const step = await runner.run('main');
    await expectEvidence(step, 0);
    expect(step.outputs['envelope-path']?.startsWith(join(runner.tempDir, 'quoderat-'))).toBe(true);
    expect(step.log.effects.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('README.md') },
    ]);
  });
});

describe('the names of artifacts', () => {
  it('tell apart two steps of a job, and say so when a name is taken', async () => {
    await using service = await startArtifactService();
    service.take('release-31415926535.quoderat.json');
    await using runner = await makeMiniRunner({ files, env: service.env });
    const step = await runner.run('main');
    await expectEvidence(step, 0);
    expect(service.artifacts[0]?.name).toMatch(/^release-31415926535-[0-9a-f]{6}\.quoderat\.json$/);
    expect(step.log.effects.annotations).toMatchObject([
      { level: 'notice', message: expect.stringContaining('was taken') },
    ]);
    await using second = await makeMiniRunner({ files, env: { ...service.env, GITHUB_ACTION: 'evidence' } });
    await second.run('main');
    expect(service.artifacts.at(-1)?.name).toBe('release-31415926535-evidence.quoderat.tar.gz');
  });

  it('tell apart the legs of a matrix on a runner that gives no check run id', async () => {
    await using service = await startArtifactService();
    for (const node of [22, 24]) {
      await using runner = await makeMiniRunner({ files, env: service.env, matrix: { node }, checkRunId: null });
      await expectEvidence(await runner.run('main'), 0);
    }
    const names = service.artifacts.map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^release-build-[0-9a-f]{8}-1\.quoderat\.(?:json|tar\.gz)$/);
  });
});
