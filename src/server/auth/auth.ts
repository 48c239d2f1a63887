import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../deps.ts';
import { ApiFault } from '../errors.ts';
import type { Principal } from '../principal.ts';
import type { OidcAnswer } from './oidc.ts';

export type AuthOptions = {
  /** The token file's; absent: no tokens but those of OIDC. */
  findToken?: (token: string) => Promise<Principal | undefined>;
  verifyOidc?: (token: string) => Promise<OidcAnswer>;
};

/** RFC 6750, section 2.1: b64token. */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]{1,16384}=*)$/i;
const CHALLENGE = { 'www-authenticate': 'Bearer realm="quoderat"' };

/**
 * Says who asks: by a token of the file, or by a CI's OIDC token. For every path but the few that anyone may read. What a
 * principal may do is asked where it is done (src/server/principal.ts).
 * @throws ApiFault unauthorized, unavailable (an issuer's keys); never with the token or a part of it
 */
export function makeAuth(options: AuthOptions): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    context.set('principal', await identify(context.req.header('authorization'), options));
    await next();
  };
}

async function identify(header: string | undefined, options: AuthOptions): Promise<Principal> {
  if (header === undefined || header === '')
    throw refuse('a bearer token is needed (Authorization: Bearer ...)', CHALLENGE['www-authenticate']);
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) throw refuse('the Authorization header is not "Bearer" and a token');
  const known = await options.findToken?.(token);
  if (known !== undefined) return known;
  // RFC 7515, section 7.1: three parts; what has not is no token of OIDC.
  if (options.verifyOidc === undefined || token.split('.').length !== 3) throw refuse('the token is unknown here');
  const answer = await options.verifyOidc(token);
  if (answer.kind === 'principal') return answer.principal;
  if (answer.kind === 'refused') throw refuse(answer.reason);
  throw new ApiFault('unavailable', answer.reason, { headers: { 'retry-after': '5' } });
}

function refuse(message: string, challenge = `${CHALLENGE['www-authenticate']}, error="invalid_token"`): ApiFault {
  return new ApiFault('unauthorized', message, { headers: { 'www-authenticate': challenge } });
}
