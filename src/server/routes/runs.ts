import { Hono } from 'hono';
import { CanonicalError } from '../../lib/canonical.ts';
import { limits } from '../../lib/limits.ts';
import {
  type CreateRun,
  createRun,
  finalizeRun as finalizeRequest,
  gateDecision,
  type RunList,
  runState,
} from '../../schema/api.ts';
import { gitObjectId, uuidV7 } from '../../schema/primitives.ts';
import type { AppEnv, ServerDeps } from '../deps.ts';
import { ApiFault } from '../errors.ts';
import { finalizeRun } from '../finalize/finalize.ts';
import { readAs } from '../http/read-json.ts';
import { isAdmin } from '../principal.ts';
import { decideGate } from '../store/gates.ts';
import { beat, cancel, type Reached } from '../store/lifecycle.ts';
import { createRunRow, listRuns, readCreateRequest, type RunFilter } from '../store/runs.ts';
import { assertAllowed, readRunOf, toCount, toRunId } from './run-params.ts';
import { readSeals, toListed, toView } from './run-view.ts';

/** Runs: made, looked at, kept alive, cancelled, decided on, finalized. */
export function makeRunRoutes(deps: ServerDeps): Hono<AppEnv> {
  const { db, streams } = deps;
  const { bodyMs } = deps.config.limits;
  const small = { maxBytes: limits.smallBodyBytes, ms: bodyMs };
  const app = new Hono<AppEnv>();

  app.post('/v1/runs', async (context) => {
    const principal = assertAllowed(context, 'write');
    const request = await readAs(context.req.raw, createRun, { maxBytes: limits.createRunBytes, ms: bodyMs });
    assertListable(request);
    const { projects } = principal;
    if (!isAdmin(principal) && projects !== undefined && !projects.includes(request.subject.repo.name ?? ''))
      throw new ApiFault('forbidden', 'the token is for other repositories than the one that the run is about');
    const outcome = await createRunRow(db, principal, request).catch((error: unknown) => {
      if (error instanceof CanonicalError) throw new ApiFault('bad_request', error.message);
      throw error;
    });
    if (outcome === 'taken')
      throw new ApiFault(
        'run_conflict',
        'the run id is taken: by another run, or by this one under another token or job',
      );
    const run = await readRunOfId(request.run_id);
    return context.json(run, outcome === 'created' ? 201 : 200, { location: `/v1/runs/${request.run_id}` });

    async function readRunOfId(runId: string) {
      const [[row], seals] = await Promise.all([
        db.selectFrom('runs').selectAll().where('run_id', '=', runId).execute(),
        readSeals(db, [runId]),
      ]);
      if (row === undefined) throw new ApiFault('internal', 'the run is gone');
      return toView(row, seals.get(runId), request);
    }
  });

  app.get('/v1/runs', async (context) => {
    const principal = assertAllowed(context, 'read');
    const filter = toFilter(context.req.query());
    const runs = await listRuns(db, principal, { ...filter, limit: filter.limit + 1 });
    const shown = runs.slice(0, filter.limit);
    const seals = await readSeals(
      db,
      shown.map(({ run_id }) => run_id),
    );
    const list: RunList = {
      runs: shown.map((run) => toListed(run, seals.get(run.run_id))),
      next: runs.length > shown.length ? (shown.at(-1)?.run_id ?? null) : null,
    };
    return context.json(list);
  });

  app.get('/v1/runs/:id', async (context) => {
    assertAllowed(context, 'read');
    const run = await readRunOf(context, deps);
    const [request, seals] = await Promise.all([readCreateRequest(db, run.run_id), readSeals(db, [run.run_id])]);
    return context.json(toView(run, seals.get(run.run_id), request));
  });

  const answerState = (runId: string, { hasNews, ...answer }: Reached) => {
    if (hasNews) streams.wake(runId);
    return answer;
  };
  app.post('/v1/runs/:id/heartbeat', async (context) => {
    const principal = assertAllowed(context, 'write');
    const runId = toRunId(context);
    return context.json(answerState(runId, await beat(db, principal, runId)));
  });
  app.post('/v1/runs/:id/cancel', async (context) => {
    const principal = assertAllowed(context, 'write');
    const runId = toRunId(context);
    return context.json(answerState(runId, await cancel(db, principal, runId)));
  });

  app.post('/v1/runs/:id/gates/:gate', async (context) => {
    const principal = assertAllowed(context, 'decide');
    const runId = toRunId(context);
    const decision = await readAs(context.req.raw, gateDecision, small);
    assertKeepable(decision.reason, context.req.param('gate'));
    const answer = await decideGate(db, principal, { runId, gateId: context.req.param('gate'), decision });
    streams.wake(runId);
    return context.json(answer);
  });

  app.post('/v1/runs/:id/finalize', async (context) => {
    const principal = assertAllowed(context, 'write');
    const runId = toRunId(context);
    const request = await readAs(context.req.raw, finalizeRequest, small);
    return context.json(await finalizeRun(deps, principal, runId, request));
  });

  return app;
}

/** PostgreSQL keeps no NUL in a text. */
function assertKeepable(...texts: (string | null)[]): void {
  if (texts.some((text) => text !== null && (text.includes('\0') || !text.isWellFormed())))
    throw new ApiFault('bad_request', 'a name holds a NUL or half a character');
}

/** A list holds many: what one run says of itself must not keep the others from being listed. */
function assertListable({ plan, subject }: CreateRun): void {
  assertKeepable(plan.name, subject.repo.name);
  if ((subject.repo.name ?? '').length > limits.repoNameChars)
    throw new ApiFault('bad_request', `the repository's name is over ${limits.repoNameChars} characters`);
  if (Buffer.byteLength(JSON.stringify([plan.name, subject])) > limits.listedRunBytes)
    throw new ApiFault('bad_request', `the subject and the plan's name are over ${limits.listedRunBytes} bytes`);
}

function toFilter(query: Record<string, string>): RunFilter {
  const { before, state, repo, commit } = query;
  const limit = toCount(query['limit'], 'limit', { least: 1, most: limits.listedRuns, otherwise: 50 });
  const filter: RunFilter = { limit };
  if (before !== undefined) filter.before = toValid(uuidV7, before, 'before');
  if (state !== undefined) filter.state = toValid(runState, state, 'state');
  if (commit !== undefined) filter.commit = toValid(gitObjectId, commit, 'commit');
  if (repo !== undefined) {
    assertKeepable(repo);
    filter.repo = repo;
  }
  return filter;
}

type Checks<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } };

function toValid<T>(schema: Checks<T>, text: string, name: string): T {
  const parsed = schema.safeParse(text);
  if (!parsed.success) throw new ApiFault('bad_request', `${name} in the query is not as it should be`);
  return parsed.data;
}
