import type * as z from 'zod';
import { limits } from '../../lib/limits.ts';
import { PublishError } from './failure.ts';
import { type Refusal, toLostRefusal, toRefusal } from './refusal.ts';
import { type HttpAnswer, type HttpRequest, makeTransport, type Transport } from './transport.ts';

/** The clock, the pause and the dice of a conversation; a pause ends early when its signal is aborted. */
export type Ports = {
  now: () => number;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1, 1 not included. */
  random: () => number;
};

export type ApiOptions = Ports & {
  apiUrl: string;
  graphqlUrl: string;
  token: string;
  /** Of the runner, for its proxies. */
  env: Record<string, string>;
  giveUp: AbortSignal;
  /** Milliseconds since the epoch: a pause that would end later is not begun. */
  deadline: number;
};

export type Call = {
  method: HttpRequest['method'];
  /** Below the API's base, with encoded parts: `/repos/acme/shop/check-runs`. */
  path: string;
  /** A function is called for each try: a body that depends on what is there must not grow old between two. */
  body?: object | (() => Promise<object>);
  /** In words, after "GitHub would not": `create the check run`. */
  what: string;
  /** Less than the usual time for one answer. */
  timeoutMs?: number;
  /** GitHub's other API, beside the base. */
  isGraphql?: true;
};

/**
 * A client for GitHub's REST API that gives up in time. What GitHub answered with a fault of its own, a broken
 * connection, silence or a rate limit is asked again while the time lasts.
 * Source: docs.github.com, "Best practices for using the REST API".
 */
export type GithubApi = Ports & {
  giveUp: AbortSignal;
  /**
   * A request that does no harm when GitHub gets it twice: reading, replacing, deleting.
   * @throws PublishError
   */
  ask: <T>(call: Call, schema: z.ZodType<T>) => Promise<T>;
  /**
   * A request that must not take effect twice. When its answer is lost, `find` looks for the effect first.
   * @throws PublishError
   */
  create: <T>(call: Call, schema: z.ZodType<T>, find: () => Promise<T | undefined>) => Promise<T>;
  /**
   * The pages of a list, 100 entries each, until the last.
   * @throws PublishError
   */
  pages: <T>(call: Call, schema: z.ZodType<T>) => AsyncGenerator<T>;
  close: () => Promise<void>;
};

/** @throws PublishError when address or token can't be what they should */
export async function makeGithubApi(options: ApiOptions): Promise<GithubApi> {
  const base = parseBase(options.apiUrl);
  if (!/^[\u0021-\u007E]{1,4096}$/.test(options.token)) {
    throw new PublishError('failed', 'the GitHub token is empty or no token');
  }
  const transport = await makeTransport(base, options.env);
  const attempt = (call: Call): Promise<HttpAnswer | Refusal> => send(call, base, transport, options);

  const ask = async (call: Call): Promise<HttpAnswer> => {
    for (let tries = 1; ; tries += 1) {
      const result = await attempt(call);
      if ('status' in result) return result;
      // What was deleted by a request whose answer was lost is not there to be deleted again.
      if (call.method === 'DELETE' && result.error.code === 'not_found')
        return { status: 204, header: () => undefined, body: undefined };
      await pauseOrThrow(result, tries, options);
    }
  };

  return {
    now: options.now,
    sleep: options.sleep,
    random: options.random,
    giveUp: options.giveUp,
    ask: async (call, schema) => parse(await ask(call), schema, call),
    async create(call, schema, find) {
      for (let tries = 1; ; tries += 1) {
        const result = await attempt(call);
        if ('status' in result) return parse(result, schema, call);
        try {
          await pauseOrThrow(result, tries, options);
        } catch (error) {
          // The last look: what is there although its answer was lost must not be reported as missing.
          const found = result.effect === 'unknown' ? await find().catch(() => undefined) : undefined;
          if (found !== undefined) return found;
          throw error;
        }
        if (result.effect !== 'unknown') continue;
        const found = await find().catch(() => {
          // Not to know whether it is there is no reason to make it twice; what went wrong first is what to tell.
          throw result.error;
        });
        if (found !== undefined) return found;
      }
    },
    async *pages(call, schema) {
      for (let page = 1; page <= limits.githubPages; page += 1) {
        const mark = call.path.includes('?') ? '&' : '?';
        const answer = await ask({ ...call, path: `${call.path}${mark}per_page=100&page=${page}` });
        yield parse(answer, schema, call);
        // Pages may be short in the middle of a list: GitHub hides entries after it has counted them.
        const isFull = Array.isArray(answer.body) && answer.body.length >= 100;
        if (!isFull && !/rel="next"/.test(answer.header('link') ?? '')) return;
      }
      throw new PublishError('failed', `GitHub would not ${call.what}: the list has no end`);
    },
    close: transport.close,
  };
}

/** `https://api.github.com`, `https://github.acme.example/api/v3`, `https://api.acme.ghe.com`. */
function parseBase(apiUrl: string): URL {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') {
    throw new PublishError('failed', 'GITHUB_API_URL is no web address');
  }
  return url;
}

/** One request, followed to where GitHub moved what it asks for: a repository that was renamed. */
async function send(call: Call, base: URL, { send }: Transport, options: ApiOptions): Promise<HttpAnswer | Refusal> {
  // Made first: what it throws is for the caller, and its time is not the request's.
  const made = typeof call.body === 'function' ? await call.body() : call.body;
  const body = made === undefined ? undefined : JSON.stringify(made);
  let url = call.isGraphql ? toGraphql(options.graphqlUrl, base) : new URL(base.origin + toPrefix(base) + call.path);
  const timeout = AbortSignal.timeout(call.timeoutMs ?? limits.githubRequestMs);
  const signal = AbortSignal.any([options.giveUp, timeout]);
  const headers = toHeaders(options.token, body !== undefined);
  for (let hops = 0; ; hops += 1) {
    if (options.giveUp.aborted) return giveUpOn(call);
    try {
      const answer = await send({ method: call.method, url, headers, body, signal });
      const next = hops < 3 ? toRedirect(answer, url) : undefined;
      if (next === undefined) {
        return answer.status >= 200 && answer.status < 300 ? answer : toRefusal(answer, call.what, options.now());
      }
      url = next;
    } catch (error) {
      return options.giveUp.aborted ? giveUpOn(call) : toLostRefusal(error, call.what, timeout.aborted);
    }
  }
}

/** GitHub Enterprise Server has `/api/graphql` beside `/api/v3`. The token goes to no other server. */
function toGraphql(graphqlUrl: string, base: URL): URL {
  const named = URL.canParse(graphqlUrl) ? new URL(graphqlUrl) : undefined;
  return named?.origin === base.origin ? named : new URL(`${base.origin}${toPrefix(base)}/graphql`);
}

function toPrefix(base: URL): string {
  return base.pathname.replace(/\/+$/, '');
}

function giveUpOn({ what }: Call): Refusal {
  return toLostRefusal(undefined, what, true);
}

/** The token goes to no other server. */
function toRedirect({ status, header }: HttpAnswer, from: URL): URL | undefined {
  const location = header('location') ?? '';
  if (![301, 302, 307, 308].includes(status) || !URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  return to.origin === from.origin ? to : undefined;
}

function toHeaders(token: string, hasBody: boolean): Record<string, string> {
  return {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    // GitHub refuses requests without one.
    'user-agent': 'quoderat',
    'x-github-api-version': '2022-11-28',
    ...(hasBody && { 'content-type': 'application/json' }),
  };
}

/** Waits before the next try, or throws when there is none: it would be in vain, too often or too late. */
async function pauseOrThrow({ error, effect, waitMs }: Refusal, tries: number, options: ApiOptions): Promise<void> {
  const { giveUp, deadline, now, random, sleep } = options;
  if (effect === 'final' || giveUp.aborted || tries >= limits.githubTries) throw error;
  const pause = Math.max(waitMs ?? 0, limits.githubPauseMs * 2 ** (tries - 1) * (0.5 + random()));
  if (now() + pause >= deadline) throw error;
  await sleep(pause, giveUp);
  if (giveUp.aborted) throw error;
}

function parse<T>(answer: HttpAnswer, schema: z.ZodType<T>, { what }: Call): T {
  const result = schema.safeParse(answer.body);
  if (result.success) return result.data;
  throw new PublishError('failed', `GitHub was asked to ${what} and answered with something else`);
}
