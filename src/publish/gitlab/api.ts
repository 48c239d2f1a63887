import { readFile } from 'node:fs/promises';
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { collectBytes } from '../../lib/collect-bytes.ts';
import { limits } from '../../lib/limits.ts';
import { readTrustedCas } from '../../lib/trusted-cas.ts';
import { GitlabError, toGitlabError, toTransportError } from './failure.ts';

/** GitLab's REST API v4, as much of it as a job's own page needs. */
export type GitlabApi = {
  /**
   * One request, tried again while GitLab is overloaded or away and there is time. Only what may be done twice is:
   * reading, replacing, deleting and what the caller says; creating when GitLab has refused it unread (429).
   * @param path below the API's root, percent-encoded: `projects/7/merge_requests/3/notes`
   * @param options.body a function is called for each try: what depends on what is there must not grow old between two
   * @param options.timeoutMs less than the usual time for one answer
   * @throws GitlabError, and what the function throws
   */
  ask(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    options?: { query?: Query; body?: Body; isRepeatable?: true; timeoutMs?: number },
  ): Promise<Answer>;
} & AsyncDisposable;

type Query = Record<string, string | number>;
type Body = object | (() => Promise<object>);
export type Answer = { value: unknown; /** null: this was the last page. */ nextPage: number | null };

export type GitlabApiOptions = {
  /** CI_API_V4_URL: an instance may live under a sub-path. */
  apiUrl: string;
  token: string;
  /** CI_SERVER_TLS_CA_FILE: the authority of a self-managed instance, beside those that Node knows. */
  caFile?: string;
  proxy: { httpProxy?: string; httpsProxy?: string; noProxy?: string };
  giveUp: AbortSignal;
  /** Resolves after `ms`, or rejects when `giveUp` aborts. */
  sleep: (ms: number, giveUp: AbortSignal) => Promise<void>;
};

/** @throws GitlabError refused, when the address is none that a token may be sent to */
export async function makeGitlabApi(options: GitlabApiOptions): Promise<GitlabApi> {
  const root = assertApiUrl(options.apiUrl);
  const dispatcher = await makeDispatcher(options);
  return {
    async ask(method, path, { query = {}, body, isRepeatable, timeoutMs = limits.forgeRequestMs } = {}) {
      const url = new URL(`${root}/${path}`);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
      const what = `${method} ${path}`;
      for (let attempt = 1; ; attempt += 1) {
        // Made first: what it throws is for the caller, and its time is not the request's.
        const made = typeof body === 'function' ? await body() : body;
        const outcome = await send({ method, url, what, body: made, timeoutMs, dispatcher, ...options });
        if (!('wait' in outcome)) return outcome;
        const isSafe = method !== 'POST' || isRepeatable === true || outcome.error.code === 'rate_limited';
        if (!isSafe || attempt >= limits.forgeAttempts) throw outcome.error;
        await options.sleep(outcome.wait ?? limits.retryFirstMs * 2 ** attempt, options.giveUp).catch(() => {
          throw outcome.error;
        });
      }
    },
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  };
}

type Sending = GitlabApiOptions & {
  method: Dispatcher.HttpMethod;
  url: URL;
  what: string;
  body: object | undefined;
  timeoutMs: number;
  dispatcher: Dispatcher;
};

/** `wait`: worth another try, after so many ms when GitLab has named a time. */
async function send(sending: Sending): Promise<Answer | { error: GitlabError; wait: number | undefined }> {
  const { method, url, what, body, timeoutMs, dispatcher, token, giveUp } = sending;
  if (giveUp.aborted) throw new GitlabError('timeout', `there was no time left for ${what}`);
  try {
    const answer = await request(url, {
      method,
      dispatcher,
      signal: AbortSignal.any([giveUp, AbortSignal.timeout(timeoutMs)]),
      headers: {
        'private-token': token,
        accept: 'application/json',
        'user-agent': 'quoderat',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const toTooLong = (): GitlabError => new GitlabError('bad_answer', `GitLab's answer to ${what} is too long`);
    const text = (await collectBytes(answer.body, limits.forgeAnswerBytes, toTooLong)).toString('utf8');
    const { statusCode: status, headers } = answer;
    if (status >= 200 && status < 300)
      return { value: parseJson(text, what), nextPage: toNextPage(headers['x-next-page']) };
    const error = toGitlabError(what, status, text);
    if (status === 429 || status >= 500) return { error, wait: toWait(headers['retry-after']) };
    throw error;
  } catch (error) {
    if (giveUp.aborted) throw new GitlabError('timeout', `GitLab did not answer ${what} in time`);
    const failure = toTransportError(what, error);
    if (failure.code !== 'unreachable') throw failure;
    return { error: failure, wait: undefined };
  }
}

async function makeDispatcher({ caFile, proxy }: GitlabApiOptions): Promise<Dispatcher> {
  const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8').catch(() => undefined);
  const timeouts = { headersTimeout: limits.forgeRequestMs, bodyTimeout: limits.forgeRequestMs };
  const connect = { timeout: limits.forgeRequestMs, ...(ca !== undefined && { ca: [...readTrustedCas(), ca] }) };
  const { httpProxy, httpsProxy, noProxy } = proxy;
  if (httpProxy === undefined && httpsProxy === undefined) return new Agent({ connect, ...timeouts });
  return new EnvHttpProxyAgent({
    connect,
    requestTls: connect,
    ...timeouts,
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    noProxy: noProxy ?? '',
  });
}

function assertApiUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '')
    return url.href.replace(/\/+$/, '');
  throw new GitlabError('refused', 'the address of GitLab (CI_API_V4_URL) is no plain http or https address');
}

function parseJson(text: string, what: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new GitlabError('bad_answer', `GitLab's answer to ${what} is no JSON; is CI_API_V4_URL its API?`);
  }
}

function toNextPage(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) : null;
}

function toWait(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string' || !/^\d{1,5}$/.test(header)) return undefined;
  return Math.min(Number(header) * 1000, limits.retryAfterMs);
}
