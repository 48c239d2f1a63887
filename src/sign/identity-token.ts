import { isObject } from '../lib/json.ts';
import { limits } from '../lib/limits.ts';
import { requestJson } from '../lib/request-json.ts';
import { SignError } from './errors.ts';

/** The audience that Fulcio asks for. */
const sigstoreAudience = 'sigstore';

/** What a token says of its owner. Nobody has checked it here: the authority does. */
export type TokenClaims = { subject: string; issuer: string; visibility: string | undefined };

/**
 * Whether this environment can give an identity token: GitLab's `id_tokens: SIGSTORE_ID_TOKEN` (docs.gitlab.com,
 * "Use Sigstore for keyless signing"), or a GitHub job with `id-token: write`.
 */
export function hasIdentityToken(env: Record<string, string>): boolean {
  return isSet(env['SIGSTORE_ID_TOKEN']) || hasGithubTokenService(env);
}

/** Whether the job may ask GitHub for an identity token: `permissions: id-token: write`, not from a fork. */
export function hasGithubTokenService(env: Record<string, string>): boolean {
  return isSet(env['ACTIONS_ID_TOKEN_REQUEST_URL']) && isSet(env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']);
}

/**
 * The identity token of this environment.
 * @throws SignError no_identity_token, timed_out
 */
export async function readIdentityToken(env: Record<string, string>, signal: AbortSignal): Promise<string> {
  const given = env['SIGSTORE_ID_TOKEN']?.trim();
  if (given) return given;
  if (!hasGithubTokenService(env)) {
    throw new SignError(
      'no_identity_token',
      'there is no identity token: on GitLab give the job `id_tokens: SIGSTORE_ID_TOKEN: aud: sigstore`, on GitHub `permissions: id-token: write`; elsewhere set SIGSTORE_ID_TOKEN',
    );
  }
  return requestGithubToken(sigstoreAudience, env, signal);
}

/**
 * The claims of a token (RFC 7519), for a look before it is sent anywhere.
 * @throws SignError no_identity_token, which never holds a part of it
 */
export function parseTokenClaims(token: string): TokenClaims {
  const claims = decodeClaims(token);
  if (claims === null)
    throw new SignError('no_identity_token', 'the identity token is no JSON Web Token; was it cut or masked?');
  const { sub, email, iss } = claims;
  const subject = isText(email) ? email : sub;
  if (!isText(subject) || !isText(iss))
    throw new SignError('no_identity_token', 'the identity token names no subject or no issuer');
  if (isText(email) && claims['email_verified'] !== true)
    throw new SignError(
      'no_identity_token',
      'the identity token holds an e-mail address that its issuer never verified',
    );
  const visibility = claims['repository_visibility'] ?? claims['project_visibility'];
  return { subject, issuer: iss, visibility: isText(visibility) ? visibility : undefined };
}

/**
 * An identity token of this GitHub job for an audience (docs.github.com, "OpenID Connect reference"). Not by the toolkit,
 * which writes it to the log as a mask: while a step's output is shown the runner takes no commands, and the token would
 * stand there in clear.
 * @throws SignError no_identity_token, timed_out, cancelled; never with the address or the token, both are secrets
 */
export async function requestGithubToken(
  audience: string,
  env: Record<string, string>,
  signal: AbortSignal,
): Promise<string> {
  const address = env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
  const bearer = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) throw new SignError('no_identity_token', 'ACTIONS_ID_TOKEN_REQUEST_URL is no address');
  url.searchParams.set('audience', audience);
  const answer = await requestJson(url.href, {
    method: 'GET',
    headers: { authorization: `Bearer ${bearer}`, accept: 'application/json' },
    limitBytes: limits.serviceAnswerBytes,
    timeoutMs: limits.signRequestMs,
    signal,
  }).catch((error: unknown) => {
    // No cause: it may hold the request.
    if (signal.aborted) throw new SignError('cancelled', 'signing was given up: the job is being cancelled');
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    throw isLate
      ? new SignError('timed_out', `GitHub gave no identity token within ${limits.signRequestMs / 1000} s`)
      : new SignError('no_identity_token', "GitHub's identity token service cannot be reached");
  });
  const token = isObject(answer.json) ? answer.json['value'] : undefined;
  if (answer.status !== 200 || !isText(token))
    throw new SignError('no_identity_token', `GitHub gave no identity token (HTTP ${answer.status})`);
  return token;
}

function decodeClaims(token: string): Record<string, unknown> | null {
  if (token.length > limits.identityTokenBytes) return null;
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    return isObject(claims) ? claims : null;
  } catch {
    return null;
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
