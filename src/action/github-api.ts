import { setTimeout as delay } from 'node:timers/promises';
import { type GithubApi, makeGithubApi } from '../publish/github/api.ts';

/** A client for GitHub's API beside that of the check and the comment, which have their own. @param budgetMs how long it may talk */
export function openApi(
  env: Record<string, string>,
  { token, giveUp, budgetMs }: { token: string; giveUp: AbortSignal; budgetMs: number },
): Promise<GithubApi> {
  return makeGithubApi({
    apiUrl: env['GITHUB_API_URL'] || 'https://api.github.com',
    graphqlUrl: env['GITHUB_GRAPHQL_URL'] || 'https://api.github.com/graphql',
    token,
    env,
    giveUp,
    deadline: Date.now() + budgetMs,
    now: Date.now,
    random: Math.random,
    sleep: async (ms, signal) => {
      await delay(ms, undefined, { signal }).catch(() => {});
    },
  });
}
