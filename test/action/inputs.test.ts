import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { type ActionInputs, readInputs } from '../../src/action/inputs.ts';

const env = { GITHUB_WORKSPACE: '/work/widgets', RUNNER_TEMP: '/work/_temp' };

describe('readInputs', () => {
  it('needs no input at all', () => {
    const inputs = read({});
    expect(inputs).toMatchObject({
      manifest: { file: '/work/widgets/quoderat.yml' },
      workspace: '/work/widgets',
      workingDirectory: '.',
      name: undefined,
      expectedPlanHash: undefined,
      signingKey: undefined,
      upload: 'auto',
      retentionDays: undefined,
      tempDir: '/work/_temp',
      checkRunId: undefined,
      matrix: 'null',
      mode: 'run',
      check: 'auto',
      comment: 'auto',
      attest: 'auto',
      githubToken: '',
      baseEnvelope: undefined,
      expected: undefined,
      server: undefined,
      jobTotal: 1,
    });
  });

  it('names the server as the audience of a token for it, unless another is given', () => {
    const server = { 'server-url': 'https://q.example/base' };
    expect(read({ ...server, 'server-token': ' t\n', 'on-server-error': 'warn' }).server).toEqual({
      url: 'https://q.example/base',
      token: 't',
      audience: 'https://q.example/base',
      key: undefined,
      onError: 'warn',
    });
    expect(read({ ...server, 'server-audience': 'q' }).server).toMatchObject({ audience: 'q', onError: 'fail' });
    expect(read({ 'server-token': 't' }).server).toBeUndefined();
  });

  it('counts the legs of a matrix as the runner tells', () => {
    expect(read({ 'job-total': '4' }).jobTotal).toBe(4);
    expect(read({ 'job-total': 'Object' }).jobTotal).toBe(1);
  });

  it('keeps evidence out of the work tree, in a new folder each time', () => {
    const dirs = [read({}), read({})].map(({ outDir }) => outDir);
    expect(dirs[0]).toMatch(/^\/work\/_temp\/quoderat\/[0-9a-f]{12}$/);
    expect(dirs[0]).not.toBe(dirs[1]);
  });

  it('finds the manifest in the working directory, and the evidence folder in the workspace', () => {
    const inputs = read({ 'working-directory': './packages/a/', manifest: 'ci/q.yml', out: 'evidence' });
    expect(inputs.workingDirectory).toBe('packages/a');
    expect(inputs.manifest).toEqual({ file: '/work/widgets/packages/a/ci/q.yml' });
    expect(inputs.outDir).toBe('/work/widgets/evidence');
  });

  it('keeps the first line of inline steps as it is indented', () => {
    const steps = '  - { id: a, run: x }\n  - { id: b, run: y }\n';
    expect(read({ steps }).manifest).toEqual({ inline: steps });
  });

  it('reads what the runner fills in', () => {
    const inputs = read({ 'check-run-id': '31415926535', matrix: '{\n  "node": 24\n}' });
    expect(inputs).toMatchObject({ checkRunId: '31415926535', matrix: '{\n  "node": 24\n}' });
  });

  it.each(['', 'null', 'Object', '12a', '-1'])('takes %j for no check run id', (value) => {
    expect(read({ 'check-run-id': value }).checkRunId).toBeUndefined();
  });

  it('takes the signing key from the input or the environment', () => {
    expect(read({ 'signing-key': '\nPEM\n' }).signingKey).toBe('PEM');
    expect(readInputs(() => '', { ...env, QUODERAT_SIGNING_KEY: 'PEM' }).signingKey).toBe('PEM');
  });

  it.each([
    [{ upload: 'yes' }, '`upload` must be one of auto, always, never'],
    [{ mode: 'watch' }, '`mode` must be one of run, collect, report'],
    [{ comment: 'true' }, '`comment` must be one of auto, always, never'],
    [{ 'on-server-error': 'ignore' }, '`on-server-error` must be one of fail, warn'],
    [{ 'server-url': 'https://u:p@q.example' }, '`server-url` must be an http or https address without credentials'],
    [{ 'sigstore-fulcio-url': 'fulcio' }, '`sigstore-fulcio-url` must be'],
    [{ expected: '301' }, '`expected` must be a whole number from 1 to 300'],
    [{ 'retention-days': '0' }, '`retention-days` must be a whole number from 1 to 400'],
    [{ 'retention-days': '1.5' }, '`retention-days` must be'],
    [{ 'expected-plan-hash': 'abc' }, '`expected-plan-hash` must be 64 lower-case hex digits'],
    [{ name: 'a\nb' }, '`name` must be one line'],
    [{ manifest: 'a.yml', steps: '- {}' }, 'both `manifest` and `steps` are given'],
  ])('refuses %j', (given, message) => {
    expect(() => read(given)).toThrow(message);
  });

  it('names every wrong input at once', () => {
    expect(() => read({ upload: 'yes', 'retention-days': 'x' })).toThrow(/upload.*retention-days/);
  });

  it('falls back to the system where the runner names no folder for temporary files', () => {
    expect(readInputs(() => '', {}).tempDir).toBe(tmpdir());
  });
});

function read(given: Record<string, string>): ActionInputs {
  return readInputs((name) => given[name] ?? '', env);
}
