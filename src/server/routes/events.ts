import { type Context, Hono } from 'hono';
import type { AppEnv, ServerDeps } from '../deps.ts';
import { ApiFault } from '../errors.ts';
import { readJsonBytes } from '../http/read-json.ts';
import { appendBatch } from '../store/append.ts';
import type { LogFormat } from '../streams/log-reader.ts';
import { streamHeaders } from '../streams/render.ts';
import { makeNodeSink, makeWebSink, type Sink } from '../streams/sink.ts';
import { parseBatch } from './parse-batch.ts';
import { assertAllowed, readRunOf, toCount, toFlag, toRunId } from './run-params.ts';

/** Events of a run: taken from its worker, and given to whoever reads them. */
export function makeEventRoutes(deps: ServerDeps): Hono<AppEnv> {
  const { db, streams, metrics, config } = deps;
  const app = new Hono<AppEnv>();

  app.post('/v1/runs/:id/events', async (context) => {
    const principal = assertAllowed(context, 'write');
    const runId = toRunId(context);
    const body = await readJsonBytes(context.req.raw, { maxBytes: config.limits.batchBytes, ms: config.limits.bodyMs });
    const batch = parseBatch(body, runId, config.limits.batchEvents);
    const answer = await appendBatch(db, principal, runId, batch);
    streams.wake(runId);
    metrics.eventsIngested(answer.stored);
    return context.json(answer);
  });

  app.get('/v1/runs/:id/events', async (context) => {
    assertAllowed(context, 'read');
    const run = await readRunOf(context, deps);
    const format = chooseFormat(context, ['ndjson', 'sse']);
    // A number that was never given here (a database that was restored): what comes next is behind the last that was.
    const after = Math.min(toAfter(context), run.last_server_seq);
    // Of a run that is over all is in the table, and a reader who has its end waits for nothing.
    const follow = toFlag(context.req.query('follow'), 'follow', true) && !run.terminal;
    // What tells an EventSource not to come again (WHATWG HTML, section 9.2.3).
    if (format === 'sse' && run.terminal && after >= run.last_server_seq) return context.body(null, 204);
    const { sink, response } = openSink(context, streamHeaders[format], deps);
    if (sink !== null) streams.feed(run.run_id, { sink, format, after, follow });
    return response;
  });

  app.get('/v1/runs/:id/logs', async (context) => {
    assertAllowed(context, 'read');
    const run = await readRunOf(context, deps);
    const format = chooseFormat(context, ['ndjson', 'sse', 'text']);
    const after = toAfter(context);
    const follow = toFlag(context.req.query('follow'), 'follow', true);
    const { sink, response } = openSink(context, format === 'text' ? textHeaders : streamHeaders[format], deps);
    if (sink !== null) streams.feedLog(run.run_id, { sink, format, after, follow, step: context.req.query('step') });
    return response;
  });

  return app;
}

/** What a program printed is never a page of this server's. */
const textHeaders = {
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-content-type-options': 'nosniff',
  'x-accel-buffering': 'no',
};

const types: Record<LogFormat, string> = {
  sse: 'text/event-stream',
  ndjson: 'application/x-ndjson',
  text: 'text/plain',
};

/** By Accept, its first that is known; SSE otherwise. */
function chooseFormat<Format extends LogFormat>(context: Context<AppEnv>, formats: readonly Format[]): Format | 'sse' {
  const accepted = (context.req.header('accept') ?? '').toLowerCase().split(',').slice(0, 16);
  for (const part of accepted) {
    const [type = ''] = part.split(';');
    const found = formats.find((format) => types[format] === type.trim());
    if (found !== undefined) return found;
  }
  return 'sse';
}

/** Last-Event-ID is newer than the address with which an EventSource was made. */
function toAfter(context: Context<AppEnv>): number {
  const header = context.req.header('last-event-id');
  return header === undefined || header === ''
    ? toCount(context.req.query('after'), 'after')
    : toCount(header, 'Last-Event-ID');
}

/** node's own response where there is one; the sentinel tells the adapter that it was used. null: HEAD wants no body. */
function openSink(
  context: Context<AppEnv>,
  headers: Record<string, string>,
  { streams, config }: Pick<ServerDeps, 'streams' | 'config'>,
): { sink: Sink | null; response: Response } {
  if (context.req.raw.method === 'HEAD') return { sink: null, response: new Response(null, { headers }) };
  streams.assertRoom();
  const outgoing = context.env?.outgoing;
  if (outgoing === undefined) {
    const { sink, body } = makeWebSink(config.limits.readerBytes);
    return { sink, response: new Response(body, { headers }) };
  }
  if (outgoing.headersSent) throw new ApiFault('internal', 'the answer has begun already');
  return {
    sink: makeNodeSink(outgoing, { ...headers, 'x-request-id': context.get('requestId') }),
    response: new Response(null, { headers: { 'x-hono-already-sent': 'true' } }),
  };
}
