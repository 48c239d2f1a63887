import type { Context, MiddlewareHandler } from 'hono';
import type { AppEnv } from '../deps.ts';
import { ApiFault } from '../errors.ts';
import { type IsTrusted, toClientKey } from './address.ts';
import type { ServerMetrics } from './metrics.ts';
import { type Rate, makeBuckets } from './token-bucket.ts';

export type RateLimitOptions = {
  /** Of all requests from one address; a company's runners often share one. */
  perAddress: Rate;
  /** Of all requests of one principal. */
  perPrincipal: Rate;
  /** Of refused credentials from one address. Good ones pass all the same: one job's expired token is not the others' fault. */
  failures: Rate;
  /** Proxies in front, whose X-Forwarded-For is believed (parseProxies). */
  isTrusted: IsTrusted;
};

/** A worker makes about five requests a second, and one or two for each artifact. */
export const defaultRateLimits: RateLimitOptions = {
  perAddress: { perSecond: 500, burst: 5000 },
  perPrincipal: { perSecond: 200, burst: 2000 },
  failures: { perSecond: 1, burst: 30 },
  isTrusted: () => false,
};

/**
 * Token buckets of this process: a limit is for each of several. `around` goes before authentication, `behindAuth` after.
 * @param now milliseconds, monotonic
 */
export function makeRateLimit(
  options: RateLimitOptions,
  { metrics, now }: { metrics: ServerMetrics; now: () => number },
): { around: MiddlewareHandler<AppEnv>; behindAuth: MiddlewareHandler<AppEnv> } {
  const addresses = makeBuckets(options.perAddress, now);
  const failures = makeBuckets(options.failures, now);
  const principals = makeBuckets(options.perPrincipal, now);
  const toKey = (context: Context<AppEnv>): string =>
    toClientKey(context.env?.incoming?.socket.remoteAddress, context.req.header('x-forwarded-for'), options.isTrusted);
  const refuse = (by: 'principal' | 'address', wait: number): ApiFault => {
    metrics.rateLimited(by);
    return new ApiFault('rate_limited', `too many requests from this ${by}`, {
      headers: { 'retry-after': String(Math.max(1, Math.ceil(wait))) },
    });
  };
  return {
    async around(context, next) {
      // Who watches over the server must not be kept from it by whoever floods it.
      if (context.req.path === '/healthz' || context.req.path === '/readyz') return next();
      const key = toKey(context);
      const wait = addresses.take(key);
      if (wait > 0) throw refuse('address', wait);
      await next();
      const pause = context.res.status === 401 ? failures.take(key) : 0;
      if (pause > 0) throw refuse('address', pause);
    },
    async behindAuth(context, next) {
      const wait = principals.take(context.get('principal').id);
      if (wait > 0) throw refuse('principal', wait);
      await next();
    },
  };
}
