import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startArtifactService } from '../support/artifact-service.ts';
import { readActionFile } from '../support/action-inputs.ts';
import { parseEnvelope, toDigest, unpackBundle, verify } from '../support/evidence.ts';
import { makeMiniRunner } from '../support/mini-runner.ts';

const manifest = `version: 1
name: release
steps:
  - { id: hello, kind: command, run: echo hello from the step }
  - { id: build, kind: build, needs: [hello], run: mkdir -p dist && echo built > dist/a.txt, outputs: ['dist/**'] }
`;

describe('a job whose steps succeed', () => {
  it('ends with 0, sealed evidence, both artifacts and a page, from nothing but a manifest', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({
      files: { 'quoderat.yml': manifest, '.gitignore': 'dist\n' },
      env: service.env,
    });
    const step = await runner.run('main');

    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 0 });
    expect(step.log.shown()).toContain('hello from the step');
    expect(step.log.effects).toMatchObject({ annotations: [], openGroups: 0, stoppedBy: null });
    expect(step.exported).toEqual({ env: {}, path: '' });
    // The work tree is as the checkout left it.
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: runner.workspace, encoding: 'utf8' })).toBe('');

    const bytes = await readFile(step.outputs['envelope-path'] ?? '');
    const envelope = parseEnvelope(bytes);
    expect(envelope.execution.status).toBe('success');
    expect(envelope.subject).toMatchObject({ id: runner.sha, source: 'github', meta: { run_id: '9001' } });
    await verify(
      bytes,
      '--commit',
      runner.sha,
      '--artifacts',
      `${dirname(step.outputs['envelope-path'] ?? '')}/artifacts`,
    );

    const [stored, bundle] = service.artifacts;
    expect(step.outputs).toEqual({
      status: 'success',
      'run-id': envelope.run_id,
      'evidence-id': envelope.evidence_id,
      'head-hash': envelope.integrity.head_entry_hash,
      'plan-hash': envelope.plan.plan_hash,
      'envelope-path': step.outputs['envelope-path'],
      'envelope-sha256': toDigest(bytes),
      'artifact-id': String(stored?.id),
      'artifact-url': `https://github.com/acme/widgets/actions/runs/9001/artifacts/${stored?.id}`,
      'bundle-artifact-id': String(bundle?.id),
    });
    expect(Object.keys(step.outputs).toSorted()).toEqual(Object.keys((await readActionFile('.')).outputs).toSorted());

    // The digest that GitHub shows is the envelope's own.
    expect(service.artifacts.map(({ name }) => name)).toEqual([
      'release-31415926535.quoderat.json',
      'release-31415926535.quoderat.tar.gz',
    ]);
    expect(stored).toMatchObject({ sha256: step.outputs['envelope-sha256'], mimeType: 'application/json' });
    const files = await unpackBundle(bundle?.bytes ?? Buffer.alloc(0));
    expect(files.get('envelope.json')?.equals(bytes)).toBe(true);
    expect(envelope.artifacts.every(({ sha256 }) => files.has(`artifacts/${sha256}`))).toBe(true);

    expect(step.summary).toContain('release-31415926535.quoderat.json');
    expect(step.summary).toContain(envelope.integrity.head_entry_hash);
    expect(step.summary).toContain(step.outputs['artifact-url']);
  });

  it('leaves nothing to do for the post step', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({ files: { 'quoderat.yml': manifest }, env: service.env });
    expect(await runner.run('main')).toMatchObject({ exitCode: 0 });
    const before = service.requests.length;
    expect(before).toBeGreaterThan(0);
    const post = await runner.run('post');
    expect(post).toMatchObject({ exitCode: 0, summary: '', outputs: {} });
    expect(post.log.raw()).toBe('');
    expect(service.requests.length).toBe(before);
  });

  it('runs inline steps as well', async () => {
    await using runner = await makeMiniRunner({
      with: { steps: '- { id: one, kind: command, run: echo inline }\n', name: 'smoke', upload: 'never' },
    });
    const step = await runner.run('main');
    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 0 });
    expect(step.log.shown()).toContain('inline');
    expect(parseEnvelope(await readFile(step.outputs['envelope-path'] ?? '')).plan.name).toBe('smoke');
  });

  it('runs in the working directory, and writes the evidence where it is told', async () => {
    const sub = 'version: 1\nsteps:\n  - { id: where, kind: command, run: cat here.txt }\n';
    await using runner = await makeMiniRunner({
      files: { 'packages/a/quoderat.yml': sub, 'packages/a/here.txt': 'in package a\n' },
      with: { 'working-directory': 'packages/a', out: 'evidence', upload: 'never' },
    });
    const step = await runner.run('main');
    expect(step.log.shown()).toContain('in package a');
    expect(step.outputs['envelope-path']).toBe(`${runner.workspace}/evidence/envelope.json`);
  });

  it('signs with a key that is given, which is masked and leaves no trace', async () => {
    const { generateKeys } = await import('../../src/seal/keys.ts');
    const keys = generateKeys();
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({
      files: { 'quoderat.yml': manifest },
      with: { 'signing-key': keys.privatePem },
      env: service.env,
    });
    const step = await runner.run('main');
    const secret = keys.privatePem.split('\n')[1] ?? '';
    const stored = service.artifacts.map(({ bytes }) => bytes.toString('latin1')).join('');
    expect(parseEnvelope(service.artifacts[0]?.bytes ?? Buffer.alloc(0)).integrity.signatures).toMatchObject([
      { keyid: keys.keyid },
    ]);
    for (const text of [step.log.shown(), JSON.stringify(step.outputs), step.summary, stored]) {
      expect(text).not.toContain(secret);
    }
    expect(step.log.effects.masks).toContain(keys.privatePem.trim());
  });
});
