import type { Context } from 'hono';
import { uuidV7 } from '../../schema/primitives.ts';
import type { AppEnv, ServerDeps } from '../deps.ts';
import { ApiFault } from '../errors.ts';
import { isAllowed, maySee, type Principal, type Scope } from '../principal.ts';
import { makeNoRun } from '../store/append.ts';
import { readRun, type Run } from '../store/runs.ts';

/** Who asks, when it may do what the scope stands for. @throws ApiFault forbidden */
export function assertAllowed(context: Context<AppEnv>, scope: Scope): Principal {
  const principal = context.get('principal');
  if (!isAllowed(principal, scope))
    throw new ApiFault('forbidden', `this takes the scope "${scope}", which the token lacks`);
  return principal;
}

/** The run's id in the path. @throws ApiFault bad_request */
export function toRunId(context: Context<AppEnv>): string {
  const { success, data } = uuidV7.safeParse(context.req.param('id'));
  if (!success) throw new ApiFault('bad_request', 'the run id in the path is no UUIDv7 in lower case');
  return data;
}

/** The run in the path, when the principal may see it. @throws ApiFault bad_request, not_found */
export async function readRunOf(context: Context<AppEnv>, { db }: Pick<ServerDeps, 'db'>): Promise<Run> {
  const run = await readRun(db, toRunId(context));
  if (run === undefined || !maySee(context.get('principal'), run)) throw makeNoRun();
  return run;
}

/** A number in the query or a header. @throws ApiFault bad_request */
export function toCount(
  text: string | undefined,
  name: string,
  { least = 0, most = Number.MAX_SAFE_INTEGER, otherwise = 0 } = {},
): number {
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!/^[0-9]{1,16}$/.test(text) || value < least || value > most)
    throw new ApiFault('bad_request', `${name} must be a whole number from ${least} to ${most}`);
  return value;
}

/** `true` and `false`, and nothing else. @throws ApiFault bad_request */
export function toFlag(text: string | undefined, name: string, otherwise: boolean): boolean {
  if (text === undefined) return otherwise;
  if (text !== 'true' && text !== 'false') throw new ApiFault('bad_request', `${name} must be true or false`);
  return text === 'true';
}
