import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { toCanonicalJson } from '../../lib/canonical.ts';
import { sha256 } from '../../lib/hash.ts';
import { type CreateRun, createRun, type RunState } from '../../schema/api.ts';
import type { Database, Db, RunRow } from '../database.ts';
import { isAdmin, OIDC, type Principal, toRealm } from '../principal.ts';

/** A run's row, without the request and the claims of who made it. */
export type Run = Omit<RunRow, 'request' | 'oidc'>;

const columns = [
  'run_id',
  'principal',
  'project',
  'repo',
  'commit_sha',
  'name',
  'state',
  'plan_hash',
  'request_sha256',
  'subject',
  'created_at',
  'updated_at',
  'heartbeat_at',
  'status',
  'received',
  'acked_seq',
  'last_server_seq',
  'dropped',
  'cancel_requested',
  'terminal',
] as const satisfies readonly (keyof Run)[];

/**
 * Creates a run unless its id is taken.
 * @returns `created`; `attached` when the very same request made the run that is there; `taken` otherwise
 * @throws CanonicalError for a request whose texts are no Unicode
 */
export async function createRunRow(
  db: Db,
  principal: Principal,
  request: CreateRun,
): Promise<'created' | 'attached' | 'taken'> {
  const { run_id, plan, plan_hash, subject } = request;
  const request_sha256 = sha256(toCanonicalJson(request));
  const made = await db
    .insertInto('runs')
    .values({
      run_id,
      principal: principal.id,
      oidc: principal.oidc === undefined ? null : Buffer.from(JSON.stringify(principal.oidc)),
      project: mayFile(principal, subject.repo.name) ? subject.repo.name : null,
      repo: subject.repo.name,
      commit_sha: subject.git?.commit_sha ?? null,
      name: plan.name,
      state: 'pending',
      plan_hash,
      request: Buffer.from(JSON.stringify(request)),
      request_sha256,
      subject: Buffer.from(JSON.stringify(subject)),
      status: null,
    })
    .onConflict((conflict) => conflict.column('run_id').doNothing())
    .returning('run_id')
    .executeTakeFirst();
  if (made !== undefined) return 'created';
  const there = await readRun(db, run_id);
  return there?.principal === principal.id && there.request_sha256 === request_sha256 ? 'attached' : 'taken';
}

/** What a run says that it is about is the worker's word: only who is trusted with a repository files runs under it. */
function mayFile(principal: Principal, repo: string | null): boolean {
  return isAdmin(principal) || (repo !== null && (principal.projects ?? []).includes(repo));
}

export async function readRun(db: Db, runId: string): Promise<Run | undefined> {
  return db.selectFrom('runs').select(columns).where('run_id', '=', runId).executeTakeFirst();
}

/** Reads a run and keeps every other writer of it waiting until the transaction ends. */
export async function lockRun(tx: Transaction<Database>, runId: string): Promise<Run | undefined> {
  return tx.selectFrom('runs').select(columns).where('run_id', '=', runId).forUpdate().executeTakeFirst();
}

/** What the run was created with. */
export async function readCreateRequest(db: Db, runId: string): Promise<CreateRun> {
  const { request } = await db
    .selectFrom('runs')
    .select('request')
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow();
  return createRun.parse(JSON.parse(request.toString()));
}

/** Runs of the principal's repositories, as maySee() has it. */
export function whereProject({ id, projects = [] }: Principal): RawBuilder<boolean> {
  const named = sql<boolean>`runs.project = ANY(${[...projects]}::text[])`;
  const realm = toRealm(id);
  if (realm === null) return named;
  return sql`(${named} AND (NOT starts_with(runs.principal, ${OIDC}) OR split_part(runs.principal, '#', 1) = ${realm}))`;
}

export type RunFilter = { before?: string; state?: RunState; repo?: string; commit?: string; limit: number };

/** The newest runs that the principal may see, by their ids: UUIDv7 sorts by time. */
export async function listRuns(db: Kysely<Database>, principal: Principal, filter: RunFilter): Promise<Run[]> {
  const { before, state, repo, commit, limit } = filter;
  let query = db.selectFrom('runs').select(columns).orderBy('run_id', 'desc').limit(limit);
  if (!isAdmin(principal))
    query = query.where((where) => where.or([where('principal', '=', principal.id), whereProject(principal)]));
  if (before !== undefined) query = query.where('run_id', '<', before);
  if (state !== undefined) query = query.where('state', '=', state);
  if (repo !== undefined) query = query.where('repo', '=', repo);
  if (commit !== undefined) query = query.where('commit_sha', '=', commit);
  return query.execute();
}
