import { Hono } from 'hono';
import type { Jwks } from '../../schema/api.ts';
import type { AppEnv, ServerDeps } from '../deps.ts';
import { JWKS_MAX_AGE_S } from './key-ring.ts';

/** GET /.well-known/jwks.json, for anyone. */
export function makeKeyRoutes({ keys }: Pick<ServerDeps, 'keys'>): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/.well-known/jwks.json', async (context) => {
    const set: Jwks = await keys.jwks();
    context.header('cache-control', `public, max-age=${JWKS_MAX_AGE_S}`);
    context.header('access-control-allow-origin', '*');
    return context.body(JSON.stringify(set), 200, { 'content-type': 'application/jwk-set+json' });
  });
}
