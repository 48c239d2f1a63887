import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startArtifactService } from '../support/artifact-service.ts';
import { parseEnvelope, unpackBundle } from '../support/evidence.ts';
import { makeMiniRunner, type StepResult } from '../support/mini-runner.ts';

const secret = 'correct-horse-battery-staple-0042';

describe('steps that mean no good', () => {
  it('get nothing of what only the action is given', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({
      files: { 'quoderat.yml': 'version: 1\nsteps:\n  - { id: look, kind: command, run: env > seen.txt }\n' },
      env: {
        ...service.env,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'id-token-request-0042',
        ACTIONS_ID_TOKEN_REQUEST_URL: 'https://example.com/token',
        GITHUB_TOKEN: 'ghs_0123456789abcdefghijABCDEFGHIJ012345',
        QUODERAT_SIGNING_KEY: undefined,
        OTHER: 'not passed',
      },
    });
    const step = await runner.run('main');
    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 0 });
    const names = (await readFile(join(runner.workspace, 'seen.txt'), 'utf8'))
      .split('\n')
      .map((line) => line.split('=')[0]);
    expect(names).toContain('PATH');
    expect(names.filter((name) => /^(?:ACTIONS_|INPUT_|STATE_|GITHUB_|RUNNER_|OTHER)/.test(name ?? ''))).toEqual([]);
  });

  it('can read the secrets of the job from the process above them, and see them redacted all the same', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({
      files: {
        'quoderat.yml': `version: 1
secrets: [DEPLOY_KEY]
steps:
  - id: leak
    kind: command
    run: |
      pid=$$
      while [ "$pid" -gt 1 ]; do
        tr '\\0' '\\n' < /proc/$pid/environ | grep -E '^(ACTIONS_RUNTIME_TOKEN|DEPLOY_KEY)=' || true
        pid=$(awk '/^PPid:/ { print $2 }' /proc/$pid/status)
      done | tee copy.txt
      echo "found $(grep -c . copy.txt) lines"
    outputs: [copy.txt]
`,
      },
      env: { ...service.env, DEPLOY_KEY: secret },
    });
    const step = await runner.run('main');
    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 0 });
    expect(step.log.shown()).toMatch(/found [1-9]/);
    await expectNowhere(
      [secret, service.env.ACTIONS_RUNTIME_TOKEN],
      step,
      service.artifacts.map(({ bytes }) => bytes),
    );
  });

  it('leave no passed secret in the log, the outputs, the page or the artifacts', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({
      files: {
        'quoderat.yml': `version: 1
pass_env: [DEPLOY_KEY]
secrets: [DEPLOY_KEY]
steps:
  - id: leak
    kind: command
    run: |
      echo "plain $DEPLOY_KEY"
      echo "base64 $(printf %s "$DEPLOY_KEY" | base64)" >&2
      printf %s "$DEPLOY_KEY" > leaked.txt
      exit 1
    outputs: [leaked.txt]
`,
      },
      env: { ...service.env, DEPLOY_KEY: secret },
    });
    const step = await runner.run('main');
    expect(step.exitCode).toBe(1);
    expect(step.log.shown()).toContain('plain ');
    const encoded = Buffer.from(secret).toString('base64').slice(0, 30);
    await expectNowhere(
      [secret, encoded],
      step,
      service.artifacts.map(({ bytes }) => bytes),
    );
    const envelope = parseEnvelope(service.artifacts[0]?.bytes ?? Buffer.alloc(0));
    expect(envelope.redactions.map(({ match_type }) => match_type)).toContain('known_value');
  });

  it('have no effect on the runner by what they print', async () => {
    const commands = [
      '::add-mask::evil',
      '::set-output name=status::pwned',
      '::save-state name=quoderat-dir::/pwned',
      '::error::pwned',
      '##[error]pwned',
      'text ##[add-mask]evil',
      '::group::pwned',
      '::endgroup::',
      '::stop-commands::pwned',
      '::pwned::',
      '  ::warning::pwned',
      '\\r::notice::pwned',
      'x\\r::notice::pwned',
      '::add-matcher::/pwned.json',
      '\\u200b::error::pwned',
      '::set-env name=PATH::/pwned',
    ];
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({
      files: {
        'speak.sh': commands.map((line) => `printf '%b\\n' ${JSON.stringify(line)} | tee /dev/stderr\n`).join(''),
        'quoderat.yml':
          'version: 1\nname: "::error::pwned"\nsteps:\n  - { id: speak, kind: command, name: "::error::pwned", run: bash speak.sh }\n',
      },
      env: service.env,
    });
    const step = await runner.run('main');
    expect({ exitCode: step.exitCode, log: step.log.shown() }).toMatchObject({ exitCode: 0 });
    const { masks, ...effects } = step.log.effects;
    // The SDK masks the signatures of its upload addresses; nothing else is.
    expect(masks.filter((mask) => !service.signatures.includes(mask))).toEqual([]);
    expect(effects).toMatchObject({
      outputs: {},
      states: {},
      env: {},
      paths: [],
      matchers: [],
      annotations: [],
      openGroups: 0,
      stoppedBy: null,
    });
    expect(step.log.shown().match(/pwned/g)?.length).toBeGreaterThan(20);
    expect(step.outputs['status']).toBe('success');
  });

  it('leave nothing behind in the folder for temporary files but the evidence', async () => {
    await using service = await startArtifactService();
    await using runner = await makeMiniRunner({
      files: { 'quoderat.yml': 'version: 1\nsteps:\n  - { id: a, kind: command, run: "true" }\n' },
      env: service.env,
    });
    await runner.run('main');
    expect((await readdir(runner.tempDir)).toSorted()).toEqual([
      '_github_workflow',
      '_runner_file_commands',
      'quoderat',
    ]);
  });
});

/** In nothing that people or later steps can see; artifacts are looked into, the bundle's members each by itself. */
async function expectNowhere(secrets: string[], step: StepResult, artifacts: Buffer[]): Promise<void> {
  const [envelope = Buffer.alloc(0), bundle = Buffer.alloc(0)] = artifacts;
  const members = [...(await unpackBundle(bundle)).values()];
  expect(members.length).toBeGreaterThan(4);
  const texts = [step.log.raw(), JSON.stringify(step.outputs), step.summary, ...[envelope, ...members].map(String)];
  for (const text of texts) for (const value of secrets) expect(text.includes(value)).toBe(false);
}
