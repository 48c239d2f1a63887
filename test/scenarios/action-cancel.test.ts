import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ArtifactService, startArtifactService } from '../support/artifact-service.ts';
import { parseEnvelope, unpackBundle, verify } from '../support/evidence.ts';
import { makeMiniRunner, type MiniRunner } from '../support/mini-runner.ts';
import { makeToken, startSigstore } from '../support/sigstore.ts';
import { endProcess, isRunning } from '../support/processes.ts';

/** Neither TERM nor INT ends these: a grandchild in the step's process group, and one in a session of its own. */
const stubborn = `version: 1
name: stubborn
steps:
  - id: hang
    kind: command
    run: |
      hold() { trap '' TERM INT; echo $BASHPID > "$1"; while :; do sleep 0.2; done; }
      export -f hold
      hold group.pid &
      setsid bash -c 'hold session.pid' &
      until [ -s group.pid ] && [ -s session.pid ]; do sleep 0.05; done
      echo ready to be cancelled
      wait
  - { id: after, kind: command, run: 'true' }
`;

describe('a job that is cancelled', () => {
  it('seals the run as aborted before the second signal, and leaves nobody alive', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({ files: { 'quoderat.yml': stubborn }, env: service.env });
    const main = await runner.start('main');
    await main.untilLogged('ready to be cancelled');
    const pids = await readPids(runner);
    expect(pids.map(isRunning)).toEqual([true, true]);

    expect(await main.cancel()).toEqual(['SIGINT']);
    const step = await main.result;
    expect(step).toMatchObject({ exitCode: 1, signal: null, outputs: { status: 'aborted' } });
    expect(pids.map(isRunning)).toEqual([false, false]);
    const bytes = await readFile(step.outputs['envelope-path'] ?? '');
    expect(parseEnvelope(bytes).execution).toMatchObject({
      status: 'aborted',
      termination: 'cancelled',
      steps: [
        { id: 'hang', status: 'aborted', cause: { code: 'cancelled' } },
        { id: 'after', status: 'skipped' },
      ],
    });
    await verify(bytes);
    expect(step.log.effects).toMatchObject({ openGroups: 0, stoppedBy: null });

    // What main had no time for, post does.
    await runner.run('post');
    expect(service.artifacts.map(({ name }) => name)).toEqual([
      'stubborn-31415926535.quoderat.json',
      'stubborn-31415926535.quoderat.tar.gz',
    ]);
    expect(service.artifacts[0]?.bytes.equals(bytes)).toBe(true);
  });

  it('gives up an upload that hangs, and uploads in the post step', async () => {
    await using service = await startArtifactService();
    service.fail('CreateArtifact', { kind: 'hang' });
    await using runner = await makeMiniRunner({
      files: { 'quoderat.yml': 'version: 1\nname: quick\nsteps:\n  - { id: a, kind: command, run: "true" }\n' },
      env: service.env,
    });
    const main = await runner.start('main');
    await service.untilRequested('CreateArtifact');
    expect(await main.cancel()).toEqual(['SIGINT']);
    const step = await main.result;
    expect(step.exitCode).toBe(0);
    expect(step.summary).toContain(step.outputs['head-hash']);
    service.recover();
    const post = await runner.run('post');
    expect(post.exitCode).toBe(0);
    expect(service.artifacts.map(({ sha256 }) => sha256)).toContain(step.outputs['envelope-sha256']);
    expect(service.artifacts.length).toBe(2);
  });
});

describe('a job whose process is killed', () => {
  it('has its run sealed as aborted by the post step, with the output so far', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({ files: { 'quoderat.yml': stubborn }, env: service.env });
    const main = await runner.start('main');
    await main.untilLogged('ready to be cancelled');
    const pids = await readPids(runner);
    // What the log shows is on its way to the disk; the process may be killed when it has arrived.
    await expect.poll(() => readPartials(runner)).toContain('ready to be cancelled\n');
    main.kill();
    try {
      expect(await main.result).toMatchObject({ exitCode: null, signal: 'SIGKILL', outputs: {} });
      const post = await runner.run('post');
      expect({ exitCode: post.exitCode, log: post.log.shown() }).toMatchObject({ exitCode: 0 });
      expect(post.log.effects.annotations.map(({ level, message }) => [level, message])).toContainEqual([
        'warning',
        expect.stringContaining('killed before it could finish'),
      ]);
      await expectLostRun(service);
      expect(pids.map(isRunning)).toEqual([false, false]);
      expect(post.summary).toContain('stubborn-31415926535.quoderat.json');
    } finally {
      pids.forEach(endProcess);
    }
  });
});

describe('a job whose process is killed after it has signed', () => {
  it('has a page by the post step that knows of the signature', async () => {
    await using sigstore = await startSigstore();
    await using service = await startArtifactService();
    const value = makeToken({ repository_visibility: 'public' });
    sigstore.answers.set('/oidc', () => ({ status: 200, body: JSON.stringify({ value }) }));
    service.fail('CreateArtifact', { kind: 'hang' });
    await using runner = await makeMiniRunner({
      files: { 'quoderat.yml': 'version: 1\nsteps:\n  - { id: a, kind: command, run: "true" }\n' },
      with: { 'sigstore-fulcio-url': sigstore.url, 'sigstore-rekor-url': sigstore.url },
      env: {
        ...service.env,
        ACTIONS_ID_TOKEN_REQUEST_URL: `${sigstore.url}/oidc?api-version=2.0`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer-of-the-job',
        GITHUB_API_URL: sigstore.url,
      },
    });
    const main = await runner.start('main');
    await service.untilRequested('CreateArtifact');
    main.kill();
    expect(await main.result).toMatchObject({ signal: 'SIGKILL', summary: '' });
    service.recover();
    sigstore.requests.length = 0;
    const post = await runner.run('post');
    expect(post.summary).toContain('**signed** keyless through Sigstore');
    expect(post.summary).not.toContain('there is no signature');
    expect(service.artifacts.map(({ name }) => name.replace(/^[^.]+/, ''))).toEqual([
      '.quoderat.json',
      '.quoderat.sigstore.json',
      '.quoderat.tar.gz',
    ]);
    expect(sigstore.requests.filter(({ path }) => /oidc|signingCert|entries/.test(path))).toEqual([]);
  });
});

/** The outputs that are not complete yet. */
async function readPartials(runner: MiniRunner): Promise<string[]> {
  const names = await readdir(runner.tempDir, { recursive: true });
  const partials = names.filter((name) => /\.partial.[0-9a-f]{64}$/.test(name));
  return Promise.all(partials.map((name) => readFile(join(runner.tempDir, name), 'utf8')));
}

async function readPids(runner: MiniRunner): Promise<number[]> {
  const texts = ['group.pid', 'session.pid'].map((name) => readFile(join(runner.workspace, name), 'utf8'));
  return (await Promise.all(texts)).map(Number);
}

async function expectLostRun(service: ArtifactService): Promise<void> {
  const [stored, bundle] = service.artifacts;
  const envelope = parseEnvelope(stored?.bytes ?? Buffer.alloc(0));
  expect(envelope.execution).toMatchObject({
    status: 'aborted',
    termination: 'process_lost',
    steps: [
      { id: 'hang', status: 'aborted', cause: { code: 'process_lost' }, output_complete: false },
      { id: 'after', status: 'skipped' },
    ],
  });
  await verify(stored?.bytes ?? Buffer.alloc(0));
  const output = envelope.artifacts.find(({ id }) => id === envelope.execution.steps[0]?.stdout_artifact_id);
  const files = await unpackBundle(bundle?.bytes ?? Buffer.alloc(0));
  expect(files.get(`artifacts/${output?.sha256}`)?.toString()).toBe('ready to be cancelled\n');
}
