import type { ServerOptions } from '../server-options.ts';
import * as core from '@actions/core';
import { limits } from '../lib/limits.ts';
import { hasGithubTokenService, requestGithubToken } from '../sign/identity-token.ts';
import { InputError, type ServerInputs } from './inputs.ts';

/**
 * The server that the inputs name, with the token they hold or tokens that the runner hands out. Where there is neither (a
 * pull request from a fork has no way to either) and `on-server-error: warn` says that the server is not all-important,
 * there is none: the job seals its own evidence, which says so of itself.
 * @throws InputError when there is neither, and the server is all-important
 */
export function toServerOptions(
  inputs: ServerInputs | undefined,
  env: Record<string, string>,
): ServerOptions | undefined {
  if (inputs === undefined) return undefined;
  const { url, token, audience, key, onError } = inputs;
  if (token === undefined && !hasGithubTokenService(env)) {
    const fault = 'there is nothing to log in to the server with';
    const remedy = 'give `server-token`, or the job `id-token: write` (a pull request from a fork is never given it)';
    if (onError === 'fail') throw new InputError('bad_input', `${fault}: ${remedy}`);
    core.warning(`The job seals its own evidence, not the server: ${fault}; ${remedy}`);
    return undefined;
  }
  return {
    url,
    auth:
      token === undefined
        ? { oidc: () => requestGithubToken(audience, env, AbortSignal.timeout(limits.serverHeadMs)) }
        : { token },
    ...(key !== undefined && { key }),
  };
}
