import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectionMemberValue } from '../../src/schema/collection.ts';
import { startArtifactService } from '../support/artifact-service.ts';
import { parseEnvelope, toDigest, unpackBundle } from '../support/evidence.ts';
import { type Legs, makeLegs } from '../support/legs.ts';
import { makeMiniRunner } from '../support/mini-runner.ts';
import { runCli } from '../support/run-cli.ts';
import { apiToken, startRunsApi } from '../support/runs-api.ts';
import { makeToken, startSigstore, workflow } from '../support/sigstore.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { makeZip } from '../support/zip.ts';
import { tamper } from '../seal/forge.ts';

const manifest = 'version: 1\nname: release\nsteps:\n  - { id: unit, kind: command, run: echo fine }\n';
const quiet = { check: 'never', comment: 'never', attest: 'never' };

let legs: Legs;
beforeAll(async () => {
  legs = await makeLegs();
});

describe('mode: collect', () => {
  it('seals the envelopes of the legs that ran before into one that anybody can check, with a page', async () => {
    await using service = await startArtifactService();
    await using last = await makeMiniRunner({
      with: { mode: 'collect', name: 'all tests', expected: '2', ...quiet },
      env: { ...service.env, GITHUB_JOB: 'evidence' },
    });
    for (const [serial, os] of ['linux', 'mac'].entries()) {
      await using leg = await makeMiniRunner({
        files: { 'quoderat.yml': manifest },
        matrix: { os },
        checkRunId: 100 + serial,
        env: { ...service.env, GITHUB_SHA: last.sha, GITHUB_JOB: 'test' },
        with: quiet,
      });
      expect(await leg.run('main')).toMatchObject({ exitCode: 0 });
    }
    const members = service.artifacts.filter(({ name }) => name.endsWith('.json')).map(({ sha256 }) => sha256);
    const step = await last.run('main');
    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 0 });
    expect(step.log.shown()).toContain('test (os=linux): success, 1 of 1 steps passed');
    expect(step.log.effects).toMatchObject({ openGroups: 0, stoppedBy: null });
    expect(step.log.effects.annotations.filter(({ level }) => level !== 'notice')).toEqual([]);

    const bytes = await readFile(step.outputs['envelope-path'] ?? '');
    const envelope = parseEnvelope(bytes);
    expect(step.outputs).toMatchObject({
      status: 'success',
      'evidence-id': envelope.evidence_id,
      'head-hash': envelope.integrity.head_entry_hash,
      'envelope-sha256': toDigest(bytes),
    });
    expect(envelope).toMatchObject({
      plan: { name: 'all tests' },
      subject: { id: last.sha, meta: { job: 'evidence' } },
    });
    const values = envelope.observations.slice(1).map(({ value }) => collectionMemberValue.parse(value));
    expect(values.map(({ envelope_sha256: digest }) => digest).toSorted()).toEqual(members.toSorted());

    const [file, bundle] = service.artifacts.slice(-2);
    expect(file).toMatchObject({ name: 'all-tests-31415926535.quoderat.json', sha256: toDigest(bytes) });
    expect(step.summary).toContain('Passed: 2 of 2');
    expect(step.summary).toContain(step.outputs['artifact-url']);
    for (const digest of members) expect(step.summary).toContain(digest);

    // From the bundle alone, with the built CLI, as a stranger would.
    await using dir = await makeTempDir();
    await writeFile(join(dir.path, 'all.tar.gz'), bundle?.bytes ?? '');
    const checked = await runCli(['verify', 'all.tar.gz', '--commit', last.sha, '--json'], { cwd: dir.path });
    expect({ code: checked.code, ...JSON.parse(checked.stdout) }).toMatchObject({
      code: 0,
      complete: { answer: 'yes', artifacts: { matched: 3 } },
    });
    // And one that was altered on the way is found.
    const files = await unpackBundle(bundle?.bytes ?? Buffer.alloc(0));
    const member = files.get(`artifacts/${members[0]}`) ?? Buffer.alloc(0);
    const altered = join(dirname(step.outputs['envelope-path'] ?? ''), 'artifacts', members[0] ?? '');
    await writeFile(
      altered,
      tamper(member, (e) => void (e.execution.status = 'failed')),
    );
    const again = await runCli(['verify', dirname(step.outputs['envelope-path'] ?? ''), '--json'], { cwd: dir.path });
    expect(again.code).toBe(1);
    expect(JSON.parse(again.stdout).complete.problems).toMatchObject([
      { code: 'artifact_mismatch' },
      { code: 'member_not_intact' },
    ]);

    // A second attempt finds the collection of the first, and passes over it.
    const post = await last.run('post');
    expect(post).toMatchObject({ exitCode: 0, summary: '' });
    await using retry = await makeMiniRunner({
      with: { mode: 'collect', expected: '2', upload: 'never', ...quiet },
      env: { ...service.env, GITHUB_SHA: last.sha, GITHUB_RUN_ATTEMPT: '2' },
    });
    const second = await retry.run('main');
    expect({ exitCode: second.exitCode, log: second.log.shown() }).toMatchObject({ exitCode: 0 });
  });

  it('fails, and names each leg, when one is missing, one failed and one was tampered with', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({
      with: { mode: 'collect', expected: '5', ...quiet },
      env: { ...service.env, GITHUB_RUN_ATTEMPT: '2' },
    });
    const at = { commit: runner.sha };
    const hostile = '::error::owned ##[error]owned';
    service.put('a.quoderat.json', await legs.make({ ...at, job: 'a', fails: true }));
    service.put('a2.quoderat.json', await legs.make({ ...at, job: 'a', attempt: 2 }));
    service.put('b.quoderat.json', await legs.make({ ...at, job: 'b', fails: true }));
    service.put('c.quoderat.json', await legs.make({ ...at, job: hostile }));
    service.put(
      'd.quoderat.json',
      tamper(await legs.make({ ...at, job: 'd' }), (e) => void (e.plan.name = 'x')),
    );
    service.put('zipped.quoderat.json', makeZip([{ name: 'x.json', content: await legs.make({ ...at, job: 'z' }) }]));
    service.put('unrelated.json', Buffer.from('{}'));
    const step = await runner.run('main');
    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 1 });
    expect(step.outputs['status']).toBe('failed');
    const envelope = parseEnvelope(await readFile(step.outputs['envelope-path'] ?? ''));
    expect(envelope.execution.steps.map(({ id, status }) => `${id}: ${status}`)).toEqual([
      'error-owned-error-owned: success',
      'a: success',
      'b: failed',
      'z: success',
      'd-quoderat-json: error',
    ]);
    expect(step.summary).toMatch(/^### ⛔ Do not rely on this: 1 of 5 envelopes does not hold/);
    expect(step.summary).toContain('attempt 2');
    // Only our own, about the leg that failed.
    expect(step.log.effects.annotations.filter(({ level }) => level === 'error')).toMatchObject([
      { message: 'exited with code 3', properties: { title: 'b: Step failed: unit' } },
    ]);
    expect(step.log.shown()).toContain('attempt 1 is superseded');
  });

  it('is incomplete, not passed, when a leg left nothing', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({ with: { mode: 'collect', expected: '2', ...quiet }, env: service.env });
    service.put('a.quoderat.json', await legs.make({ commit: runner.sha }));
    const step = await runner.run('main');
    expect(step).toMatchObject({ exitCode: 1, outputs: { status: 'aborted' } });
    expect(step.summary).toMatch(/^### ⚠️ Incomplete: 1 of 2 envelopes in/);
    expect(step.summary).toContain('no envelope arrived');
  });

  it('seals what it knows, and fails, when the artifact service is down', async () => {
    await using service = await startArtifactService();
    service.fail('ListArtifacts', {
      kind: 'status',
      status: 400,
      message: service.env.ACTIONS_RUNTIME_TOKEN,
      times: 9,
    });
    await using runner = await makeMiniRunner({ with: { mode: 'collect', expected: '1', ...quiet }, env: service.env });
    const step = await runner.run('main');
    expect(step).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(step.summary).toContain('would not do ListArtifacts: status 400');
    expect(service.artifacts).toHaveLength(2);
    expect(step.log.shown()).not.toContain(service.env.ACTIONS_RUNTIME_TOKEN);
  });

  it('publishes one check and one comment for all legs, signed by the key that was given and keyless', async () => {
    const { generateKeys } = await import('../../src/seal/keys.ts');
    const keys = generateKeys();
    await using service = await startArtifactService();
    await using api = await startRunsApi('acme/widgets', '9001');
    await using sigstore = await startSigstore();
    sigstore.answers.set('/oidc', () => ({ status: 200, body: JSON.stringify({ value: makeToken() }) }));
    const head = 'c'.repeat(40);
    await using runner = await makeMiniRunner({
      with: {
        mode: 'collect',
        expected: '1',
        attest: 'always',
        'sigstore-fulcio-url': sigstore.url,
        'sigstore-rekor-url': sigstore.url,
        'github-token': apiToken,
        'signing-key': keys.privatePem,
      },
      env: {
        ...service.env,
        ACTIONS_ID_TOKEN_REQUEST_URL: `${sigstore.url}/oidc`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer-of-the-job',
        GITHUB_API_URL: api.url,
        GITHUB_GRAPHQL_URL: `${api.url}/graphql`,
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_REF: 'refs/pull/42/merge',
      },
      event: () => ({
        pull_request: {
          number: 42,
          head: { sha: head, repo: { id: 1 } },
          base: { sha: 'd'.repeat(40), repo: { id: 1 } },
        },
      }),
    });
    service.put('a.quoderat.json', await legs.make({ commit: runner.sha }));
    const step = await runner.run('main');
    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 0 });
    const envelope = parseEnvelope(await readFile(step.outputs['envelope-path'] ?? ''));
    expect(envelope.integrity.signatures).toMatchObject([{ keyid: keys.keyid }]);
    expect(api.written.filter(({ path }) => path.endsWith('/check-runs')).map(({ body }) => body)).toMatchObject([
      {
        name: 'Quoderat: collection',
        head_sha: head,
        conclusion: 'success',
        output: { title: '✅ Passed: 1 of 1 leg passed' },
      },
    ]);
    const comments = api.written.filter(({ path }) => path === '/repos/acme/widgets/issues/42/comments');
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body.body).toContain('Passed: 1 of 1 leg passed');
    // The envelope can't say that its file was signed keyless; the page does.
    for (const page of [step.summary, comments[0]?.body.body])
      expect(page).toContain(`also keyless through Sigstore as \`${workflow}\``);
    expect(step.log.shown()).not.toContain(apiToken);
  });

  it.each([
    ['makes no check on the head when a leg ran the base', {}, 0],
    ['makes a check on the head when the legs checked out its merge', { head_differs_from_event: true }, 1],
  ])('on pull_request_target %s, whatever lies in its own job', async (_, meta, checks) => {
    await using service = await startArtifactService();
    await using api = await startRunsApi('acme/widgets', '9001');
    const head = 'c'.repeat(40);
    await using runner = await makeMiniRunner({
      with: { mode: 'collect', expected: '1', attest: 'never', comment: 'never', 'github-token': apiToken },
      env: {
        ...service.env,
        GITHUB_API_URL: api.url,
        GITHUB_GRAPHQL_URL: `${api.url}/graphql`,
        GITHUB_EVENT_NAME: 'pull_request_target',
      },
      event: () => ({
        pull_request: {
          number: 42,
          head: { sha: head, repo: { id: 1 } },
          base: { sha: 'd'.repeat(40), repo: { id: 1 } },
        },
      }),
    });
    const bytes = await legs.make({
      commit: checks === 0 ? runner.sha : 'e'.repeat(40),
      change: ({ subject }) => {
        subject.git.head_sha = head;
        Object.assign(subject.meta, { event_name: 'pull_request_target', event_sha: runner.sha, ...meta });
      },
    });
    service.put('a.quoderat.json', bytes);
    const step = await runner.run('main');
    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 0 });
    const made = api.written.filter(({ path }) => path.endsWith('/check-runs'));
    expect(made.map(({ body }) => body.head_sha)).toEqual(checks === 0 ? [] : [head]);
    expect(step.summary.includes("the pull request's own was not checked out")).toBe(checks === 0);
  });

  it('seals what it has when it is cancelled in the middle of a download', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({ with: { mode: 'collect', expected: '1', ...quiet }, env: service.env });
    service.put('a.quoderat.json', await legs.make({ commit: runner.sha }));
    service.fail('GetBlob', { kind: 'hang' });
    const running = await runner.start('main');
    await service.untilRequested('GetBlob');
    expect(await running.cancel()).toEqual(['SIGINT']);
    const step = await running.result;
    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 1 });
    expect(step.outputs['status']).toBe('failed');
    expect(step.summary).toContain('it could not be downloaded');
    expect(service.artifacts.map(({ name }) => name)).toContain('collection-31415926535.quoderat.json');
  });
});
