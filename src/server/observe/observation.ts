import { Hono, type MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Logger } from 'pino';
import type { AppEnv } from '../deps.ts';
import { ApiFault } from '../errors.ts';
import { isAllowed } from '../principal.ts';
import { makeRequestLogger, type RequestEntry } from './log.ts';
import type { ServerMetrics } from './metrics.ts';

/** Asked by machines every few seconds: counted, logged only at level debug. */
const QUIET = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Around every request: counts it and logs it once its answer begins. The route's template is told, never the address: it
 * holds ids, and its query may hold more. Middleware is registered under patterns; a request that met only those has none.
 */
export function makeObservation({ log, metrics }: { log: Logger; metrics: ServerMetrics }): MiddlewareHandler<AppEnv> {
  const requests = makeRequestLogger(log);
  return async (context, next) => {
    const begin = performance.now();
    await next();
    const ms = performance.now() - begin;
    const { method } = context.req;
    const { status } = context.res;
    const route = matchedRoutes(context).findLast(({ path }) => !path.endsWith('*'))?.path ?? 'none';
    metrics.requested({ method, route, status, seconds: ms / 1000 });
    const length = context.res.headers.get('content-length');
    const principal = context.get('principal') as AppEnv['Variables']['principal'] | undefined;
    const entry: RequestEntry = {
      request_id: context.get('requestId'),
      method,
      route,
      status,
      ms: Math.round(ms * 10) / 10,
      ...(length !== null && { bytes: Number(length) }),
      ...(principal !== undefined && { principal: principal.id }),
    };
    if (QUIET.has(route)) requests.debug(entry);
    else if (status >= 500) requests.error(entry);
    else requests.info(entry);
  };
}

/** GET /metrics, for who has the scope `metrics`: names of routes and numbers of runs are a company's own. */
export function makeMetricsRoutes({ metrics }: { metrics: ServerMetrics }): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/metrics', async (context) => {
    if (!isAllowed(context.get('principal'), 'metrics'))
      throw new ApiFault('forbidden', 'reading metrics needs the scope "metrics"');
    const { text, contentType } = await metrics.expose();
    return context.body(text, 200, { 'content-type': contentType, 'cache-control': 'no-store' });
  });
}
