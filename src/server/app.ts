import { randomUUID } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import { sql } from 'kysely';
import { limits } from '../lib/limits.ts';
import { PROTOCOL_VERSION, type ServerInfo } from '../schema/api.ts';
import { makeArtifactRoutes } from './artifacts/routes.ts';
import type { AppEnv, ServerDeps } from './deps.ts';
import { ApiFault, makeUnavailable, toErrorResponse } from './errors.ts';
import { makeEvidenceRoutes } from './evidence/routes.ts';
import { toFault } from './http/to-fault.ts';
import { makeKeyRoutes } from './keys/routes.ts';
import { makeMetricsRoutes } from './observe/observation.ts';
import { makeEventRoutes } from './routes/events.ts';
import { makeRunRoutes } from './routes/runs.ts';

export type AppOptions = {
  /** Says who asks, or throws; for all under /v1 but /v1/info. */
  auth: MiddlewareHandler<AppEnv>;
  /** Around every request, in this order: logs and numbers, limits by address. */
  around: readonly MiddlewareHandler<AppEnv>[];
  /** Behind the authentication: limits by principal. */
  behindAuth: readonly MiddlewareHandler<AppEnv>[];
  /** true: the server takes no more work. */
  isStopping: () => boolean;
};

/** The server as a function from a Request to a Response; nothing in it knows of node:http but the streams' sink. */
export function makeApp(deps: ServerDeps, { auth, around, behindAuth, isStopping }: AppOptions): Hono<AppEnv> {
  const { config, instance } = deps;
  const app = new Hono<AppEnv>();
  app.onError((error, context) => {
    const fault = toFault(error);
    if (fault.code === 'internal' || fault.code === 'unavailable')
      deps.log.error({ err: error, request_id: context.get('requestId') }, 'a request failed');
    return toErrorResponse(fault);
  });
  app.use(async (context, next) => {
    context.set('requestId', randomUUID());
    await next();
    const { res, env } = context;
    // A stream has begun, with headers of its own. The adapter finds its sentinel only in a response that was copied.
    if (env?.outgoing?.headersSent === true) return context.header('x-request-id', context.get('requestId'));
    // context.header() would copy the response once for each, its body made a stream.
    res.headers.set('x-request-id', context.get('requestId'));
    res.headers.set('x-content-type-options', 'nosniff');
  });
  for (const handler of around) app.use(handler);
  app.use(async (context, next) => {
    assertTarget(context.req.raw.url);
    await next();
  });

  const assertReady = makeReadyCheck(deps);
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', async (context) => {
    if (isStopping()) throw makeUnavailable('the server is stopping');
    await assertReady();
    return context.json({ status: 'ready' });
  });
  app.get('/v1/info', (context) => {
    const { batchEvents, batchBytes, artifactBytes, heartbeatMs } = config.limits;
    const info: ServerInfo = {
      name: 'quoderat',
      version: config.version,
      protocol: PROTOCOL_VERSION,
      instance,
      limits: {
        batch_events: batchEvents,
        batch_bytes: batchBytes,
        artifact_bytes: artifactBytes,
        heartbeat_ms: heartbeatMs,
      },
    };
    return context.json(info);
  });
  app.route('/', makeKeyRoutes(deps));
  app.use('/metrics', auth);
  app.route('/', makeMetricsRoutes(deps));
  app.use('/v1/*', auth);
  for (const handler of behindAuth) app.use('/v1/*', handler);
  for (const routes of [makeRunRoutes, makeEventRoutes, makeArtifactRoutes, makeEvidenceRoutes])
    app.route('/', routes(deps));
  app.notFound((context) => {
    const allowed = listMethods(app, context.req.path);
    return toErrorResponse(
      allowed.length === 0
        ? new ApiFault('not_found', 'there is nothing at this address')
        : new ApiFault('method_not_allowed', `this address takes ${allowed.join(', ')}`, {
            headers: { allow: allowed.join(', ') },
          }),
    );
  });
  return app;
}

/** One question to the database at a time, whoever asks. */
function makeReadyCheck({ db, now }: Pick<ServerDeps, 'db' | 'now'>): () => Promise<unknown> {
  let last: { at: number; answer: Promise<unknown> } | undefined;
  return () => {
    if (last === undefined || now() - last.at >= limits.readyMs)
      last = { at: now(), answer: sql`SELECT 1`.execute(db) };
    return last.answer;
  };
}

/** Percent-encoding that is none, or not of UTF-8, would reach a handler as it stands. */
function assertTarget(url: string): void {
  try {
    const { pathname, search } = new URL(url);
    if (decodeURIComponent(pathname).includes('\0')) throw new TypeError('NUL');
    decodeURIComponent(search.replaceAll('+', ' '));
  } catch {
    throw new ApiFault('bad_request', 'the address is not well formed');
  }
  if (url.length > limits.requestTargetChars) throw new ApiFault('bad_request', 'the address is too long');
}

/** The methods that routes of this path have. */
function listMethods(app: Hono<AppEnv>, path: string): string[] {
  const methods = app.routes
    .filter(({ method, path: pattern }) => method !== 'ALL' && toPattern(pattern).test(path))
    .map(({ method }) => method);
  return [...new Set(methods)].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}

function toPattern(template: string): RegExp {
  const parts = template
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)));
  return new RegExp(`^${parts.join('/')}$`);
}
