import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STEP_MARK, toChildEnvironment } from '../../src/execution/environment.ts';
import { isReservedEnvName } from '../../src/lib/reserved-env.ts';

const mark = 'ab'.repeat(16);
const base = { runnerEnv: {}, passEnv: [], manifestEnv: {}, mark, platform: 'linux' as const };

describe('the environment of a step', () => {
  it('has the safe base of the runner, what pass_env names and what the manifest sets, and nothing else', () => {
    const runnerEnv = { PATH: '/bin', LC_ALL: 'C', NPM_TOKEN: 't', AWS_SECRET_ACCESS_KEY: 's', GITHUB_SHA: 'abc' };
    expect(toChildEnvironment({ ...base, runnerEnv, passEnv: ['NPM_TOKEN'], manifestEnv: { A: '1' } })).toEqual({
      PATH: '/bin',
      LC_ALL: 'C',
      NPM_TOKEN: 't',
      A: '1',
      [STEP_MARK]: mark,
    });
  });

  it('prefers the value of the manifest to that of the runner', () => {
    const options = { ...base, runnerEnv: { PATH: '/bin' }, manifestEnv: { PATH: '/opt/bin' } };
    expect(toChildEnvironment(options).PATH).toBe('/opt/bin');
  });

  it.each([
    'ACTIONS_RUNTIME_TOKEN',
    'actions_id_token_request_url',
    'INPUT_TOKEN',
    'STATE_X',
    'QUODERAT_SIGNING_KEY',
    'GITHUB_ENV',
    'GITHUB_OUTPUT',
    'GITHUB_TOKEN',
    'CI_JOB_TOKEN',
    'CI_JOB_JWT_V2',
    'SIGSTORE_ID_TOKEN',
  ])('never has %s, whatever the plan says', (name) => {
    const options = { ...base, runnerEnv: { [name]: 'x' }, passEnv: [name], manifestEnv: { [name]: 'y' } };
    expect(Object.keys(toChildEnvironment(options))).toEqual([STEP_MARK]);
  });

  it('has no reserved name and no name that nobody asked for (property)', () => {
    const name = fc.oneof(
      fc.stringMatching(/^[A-Z_]{1,12}$/),
      fc.constantFrom('ACTIONS_X', 'INPUT_Y', 'PATH', 'GITHUB_TOKEN', 'QUODERAT_STEP_MARK', 'HOME'),
    );
    const environment = fc.dictionary(name, fc.string());
    fc.assert(
      fc.property(environment, fc.array(name), environment, (runnerEnv, passEnv, manifestEnv) => {
        const names = Object.keys(toChildEnvironment({ ...base, runnerEnv, passEnv, manifestEnv }));
        const asked = new Set([...passEnv, ...Object.keys(manifestEnv), 'PATH', 'HOME', 'LANG', 'LANGUAGE', 'TMPDIR']);
        for (const common of ['TEMP', 'TMP', 'TZ', 'CI', 'USER', 'LOGNAME', 'SHELL', 'TERM']) asked.add(common);
        expect(names.filter((key) => key !== STEP_MARK && isReservedEnvName(key))).toEqual([]);
        expect(names.filter((key) => key !== STEP_MARK && !asked.has(key) && !key.startsWith('LC_'))).toEqual([]);
      }),
    );
  });

  it('keeps the mark of a run that this run is a step of', () => {
    const outer = 'cd'.repeat(16);
    expect(toChildEnvironment({ ...base, runnerEnv: { [STEP_MARK]: outer } })[STEP_MARK]).toBe(`${outer},${mark}`);
    expect(toChildEnvironment({ ...base, runnerEnv: { [STEP_MARK]: 'rm -rf /' } })[STEP_MARK]).toBe(mark);
  });

  it('knows on Windows that names differ in case only', () => {
    const runnerEnv = { Path: 'C:\\bin', SystemRoot: 'C:\\Windows', 'ProgramFiles(x86)': 'C:\\P', Secret: 's' };
    const options = { ...base, runnerEnv, manifestEnv: { PATH: 'D:\\bin' }, platform: 'win32' as const };
    expect(toChildEnvironment(options)).toEqual({
      PATH: 'D:\\bin',
      SystemRoot: 'C:\\Windows',
      'ProgramFiles(x86)': 'C:\\P',
      [STEP_MARK]: mark,
    });
  });
});
