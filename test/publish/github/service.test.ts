import { describe, expect, it } from 'vitest';
import { toServiceProblem } from '../../../src/publish/github/service.ts';

const env = {
  GITHUB_SERVER_URL: 'https://github.com',
  ACTIONS_RUNTIME_TOKEN: 'token',
  ACTIONS_RESULTS_URL: 'https://results-receiver.actions.githubusercontent.com/',
};

describe('toServiceProblem', () => {
  it.each(['https://github.com', 'https://acme.ghe.com'])('finds the service on %s', (server) => {
    expect(toServiceProblem({ ...env, GITHUB_SERVER_URL: server })).toBeUndefined();
  });

  it.each(['https://github.acme.example', 'https://github.com.evil.example', 'not a url'])(
    'finds none on %s',
    (server) => {
      expect(toServiceProblem({ ...env, GITHUB_SERVER_URL: server })).toContain('no artifact service');
    },
  );

  it.each(['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL'])('names %s where it is missing', (name) => {
    expect(toServiceProblem({ ...env, [name]: '' })).toContain(name);
  });
});
