import { describe, expect, it } from 'vitest';
import { addRunnerFacts, copyEnvironment, restoreEnvironment, scrubEnvironment } from '../../src/action/environment.ts';

const full = {
  PATH: '/bin',
  GITHUB_OUTPUT: '/f',
  ACTIONS_RUNTIME_TOKEN: 't',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'i',
  'INPUT_SIGNING-KEY': 'k',
  'STATE_quoderat-dir': 'd',
  QUODERAT_SIGNING_KEY: 'k',
};

describe('the environment of the action', () => {
  it('loses what only the action is given', () => {
    const environment: NodeJS.ProcessEnv = { ...full };
    scrubEnvironment(environment);
    expect(environment).toEqual({ PATH: '/bin', GITHUB_OUTPUT: '/f' });
  });

  it('gets back what uploading needs, and nothing else', () => {
    const environment: NodeJS.ProcessEnv = {};
    restoreEnvironment(environment, full);
    expect(environment).toEqual({ ACTIONS_RUNTIME_TOKEN: 't', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'i' });
  });

  it('is copied without what is not set', () => {
    expect(copyEnvironment({ A: 'a', B: undefined })).toEqual({ A: 'a' });
  });

  it('is given on with the facts that only inputs tell', () => {
    const facts = { checkRunId: '7', matrix: '{"node":24}', signingKey: 'k' };
    expect(addRunnerFacts({ PATH: '/bin' }, facts)).toEqual({
      PATH: '/bin',
      QUODERAT_CHECK_RUN_ID: '7',
      QUODERAT_MATRIX: '{"node":24}',
      QUODERAT_SIGNING_KEY: 'k',
    });
    expect(addRunnerFacts({}, { checkRunId: undefined, matrix: 'null', signingKey: undefined })).toEqual({
      QUODERAT_MATRIX: 'null',
    });
  });
});
