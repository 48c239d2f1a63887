import { createRemoteJWKSet, customFetch, decodeJwt, errors, jwtVerify, type RemoteJWKSet } from 'jose';
import { collectBytes } from '../../lib/collect-bytes.ts';
import { limits } from '../../lib/limits.ts';
import { isObject } from '../../lib/json.ts';
import { type Principal, toOidcId, type VerifiedClaims } from '../principal.ts';
import { type Issuer, meets } from './issuers.ts';

/** Who a token is of, or why it is refused. Nothing of the token is in `reason`. */
export type OidcAnswer =
  | { kind: 'principal'; principal: Principal }
  | { kind: 'refused'; reason: string }
  /** Its keys can't be had now: nothing is said of the token. */
  | { kind: 'unavailable'; reason: string };

/** Tokens of GitHub have 2 KiB, of GitLab 3. */
const MOST_TOKEN_CHARS = 16 * 1024;
const MOST_CLAIM_CHARS = 1024;

/**
 * Verifies CI OIDC tokens: signature by the issuer's own keys (kept for ten minutes, fetched again at most every 30 s for
 * a key that is not among them), issuer, audience, times, algorithm; then the conditions of the issuer's `allow`.
 */
export function makeOidc(issuers: readonly Issuer[]): { verify(token: string): Promise<OidcAnswer> } {
  const keySets = new Map(issuers.map((issuer) => [issuer.issuer, { issuer, getKeys: makeKeySet(issuer) }]));
  return {
    async verify(token) {
      if (token.length > MOST_TOKEN_CHARS) return { kind: 'refused', reason: 'the token is too long' };
      const known = keySets.get(readIssuer(token) ?? '');
      if (known === undefined) return { kind: 'refused', reason: 'the token is unknown here' };
      const { issuer, getKeys } = known;
      try {
        const keys = await getKeys();
        const { payload } = await jwtVerify(token, keys, {
          issuer: issuer.issuer,
          audience: issuer.audience,
          algorithms: issuer.algorithms,
          clockTolerance: issuer.clock_tolerance_s,
          maxTokenAge: issuer.max_token_age_s,
          requiredClaims: ['iss', 'aud', 'exp', 'iat'],
        });
        return toAnswer(issuer, toTexts(payload));
      } catch (error) {
        return toRefusal(error);
      }
    },
  };
}

/** Not verified: only which keys to ask. */
function readIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

function toAnswer(issuer: Issuer, claims: Record<string, string>): OidcAnswer {
  const allowed = issuer.allow.find(({ when }) => meets(claims, when));
  if (allowed === undefined)
    return { kind: 'refused', reason: 'the token is genuine, but its repository is not among those allowed here' };
  const names = toNames(issuer, claims);
  if (names === undefined)
    return { kind: 'refused', reason: 'the token does not say of which repository and run it is' };
  const oidc: VerifiedClaims = { kind: issuer.kind, issuer: issuer.issuer, claims };
  return {
    kind: 'principal',
    principal: { id: names.id, scopes: allowed.scopes, projects: [names.project], oidc },
  };
}

/**
 * The principal is the repository's one pipeline run: its jobs share their runs here (a later job may finish what an
 * earlier one began), and those of another branch's pipeline can't write to them. GitLab: `job_project_*` is where the
 * job runs; `project_*` of a fork's merge request is the fork.
 */
function toNames(issuer: Issuer, claims: Record<string, string>): { id: string; project: string } | undefined {
  const [project, ...ids] =
    issuer.kind === 'github'
      ? [claims['repository'], claims['repository_id'], claims['run_id']]
      : issuer.kind === 'gitlab'
        ? [
            claims['job_project_path'] ?? claims['project_path'],
            claims['job_project_id'] ?? claims['project_id'],
            claims['pipeline_id'],
          ]
        : [claims[issuer.claims?.project ?? ''], ...(issuer.claims?.id ?? []).map((name) => claims[name])];
  const known = ids.filter((id) => id !== undefined);
  if (project === undefined || known.length < ids.length) return undefined;
  return { project, id: toOidcId(issuer.issuer, known) };
}

/** Claims that are texts, numbers or truth values, as texts; the rest decides nothing and names nothing. */
function toTexts(payload: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload).flatMap(([name, value]): [string, string][] => {
      if (typeof value !== 'string' && typeof value !== 'boolean' && !Number.isSafeInteger(value)) return [];
      const text = String(value);
      return text.length > MOST_CLAIM_CHARS ? [] : [[name, text]];
    }),
  );
}

function toRefusal(error: unknown): OidcAnswer {
  if (error instanceof errors.JWTExpired) return { kind: 'refused', reason: 'the token has expired' };
  if (error instanceof errors.JWTClaimValidationFailed)
    return { kind: 'refused', reason: `the token's claim ${JSON.stringify(error.claim)} is not what it must be` };
  if (error instanceof errors.JOSEAlgNotAllowed)
    return { kind: 'refused', reason: "the token's algorithm is not allowed" };
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  )
    return { kind: 'refused', reason: "the token's signature is by none of the issuer's keys" };
  if (
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    // A critical extension (RFC 7515, 4.1.11).
    error instanceof errors.JOSENotSupported
  )
    return { kind: 'refused', reason: 'the token is malformed' };
  return { kind: 'unavailable', reason: "the issuer's keys can't be had now" };
}

/** The issuer's keys, whose address is asked of it once. A failed question is asked again with the next token. */
function makeKeySet(issuer: Issuer): () => Promise<RemoteJWKSet> {
  let keySet: Promise<RemoteJWKSet> | undefined;
  return () => {
    keySet ??= readKeysUrl(issuer).then((url) =>
      createRemoteJWKSet(url, {
        timeoutDuration: limits.oidcFetchMs,
        cooldownDuration: 30_000,
        cacheMaxAge: 600_000,
        [customFetch]: fetchBounded,
      }),
    );
    keySet.catch(() => (keySet = undefined));
    return keySet;
  };
}

/** OpenID Connect Discovery 1.0, section 4: the document must name the issuer that was asked. */
async function readKeysUrl({ issuer, jwks_uri }: Issuer): Promise<URL> {
  if (jwks_uri !== undefined) return new URL(jwks_uri);
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetchBounded(address, { signal: AbortSignal.timeout(limits.oidcFetchMs) });
  const document: unknown = await answer.json();
  if (!answer.ok || !isObject(document) || document['issuer'] !== issuer || typeof document['jwks_uri'] !== 'string')
    throw new Error('no discovery document of this issuer');
  const found = new URL(document['jwks_uri']);
  if (found.protocol !== new URL(issuer).protocol) throw new Error('its keys are under a less safe address');
  return found;
}

/** No redirects, and no more bytes than any key set has. */
async function fetchBounded(url: string, options: { signal?: AbortSignal; headers?: Headers } = {}): Promise<Response> {
  const { signal, headers } = options;
  const answer = await fetch(url, { redirect: 'error', ...(signal && { signal }), ...(headers && { headers }) });
  const toTooLarge = (): Error => new Error('the issuer answers with too many bytes');
  const bytes = await collectBytes(answer.body ?? [], limits.oidcFetchBytes, toTooLarge);
  return new Response(bytes, {
    status: answer.status,
    headers: { 'content-type': 'application/json' },
  });
}
