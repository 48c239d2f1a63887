import * as z from 'zod';
import type { GithubApi } from './api.ts';
import { PublishError } from './failure.ts';

/** Whose token it is. */
export type Viewer = { login: string; id: number | undefined };

export const author = z.object({ login: z.string(), id: z.int(), type: z.string().nullish() }).nullish();
type Author = z.infer<typeof author>;

const graphqlAnswer = z.object({
  data: z.object({ viewer: z.object({ login: z.string().min(1), databaseId: z.int().nullish() }) }),
});
const user = z.object({ login: z.string().min(1), id: z.int() });

/**
 * Asks whose token it is. GraphQL knows for every kind; GET /user does not for the token of a job or an App.
 * @throws PublishError when GitHub can't be asked at all
 */
export async function readViewer(api: GithubApi): Promise<Viewer> {
  const what = 'say whose token this is';
  try {
    const body = { query: '{ viewer { login databaseId } }' };
    const call = { method: 'POST', path: '', isGraphql: true, body, what } as const;
    const { login, databaseId } = (await api.ask(call, graphqlAnswer)).data.viewer;
    return { login, id: databaseId ?? undefined };
  } catch (error) {
    if (!isAnswer(error)) throw error;
  }
  try {
    return await api.ask({ method: 'GET', path: '/user', what }, user);
  } catch (error) {
    if (!isAnswer(error)) throw error;
    // The token of a job, most likely. Should it be another, its comment is not found and made anew: nobody's is harmed.
    return { login: 'github-actions[bot]', id: undefined };
  }
}

/**
 * Whether something was written with this token. A marker alone says nothing: anybody can copy it. Logins with "[bot]"
 * can't be registered by people; GraphQL leaves the suffix out in places.
 */
export function isBy(viewer: Viewer, who: Author): boolean {
  if (who === null || who === undefined) return false;
  if (viewer.id !== undefined && viewer.id === who.id) return true;
  return who.login === viewer.login || (who.type === 'Bot' && who.login === `${viewer.login}[bot]`);
}

function isAnswer(error: unknown): boolean {
  return error instanceof PublishError && error.code !== 'timeout' && error.code !== 'rate_limited';
}
