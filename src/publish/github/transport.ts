import { collectBytes } from '../../lib/collect-bytes.ts';
import { limits } from '../../lib/limits.ts';
import { PublishError } from './failure.ts';

export type HttpRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: URL;
  headers: Record<string, string>;
  body: string | undefined;
  signal: AbortSignal;
};

/** `body` is parsed JSON, or undefined when the answer had none. */
export type HttpAnswer = { status: number; header: (name: string) => string | undefined; body: unknown };

export type Transport = {
  send: (request: HttpRequest) => Promise<HttpAnswer>;
  close: () => Promise<void>;
};

/**
 * One connection to the API, through the proxy that the environment names.
 *
 * Not through Octokit: `@actions/github` reads the environment and parses the event file when it is imported, takes
 * answers of any length, and would be loaded with some thousand endpoints for the sake of nine.
 */
export async function makeTransport(apiUrl: URL, env: Record<string, string>): Promise<Transport> {
  // Loaded only here: it takes longer to load than many a run lasts.
  const { EnvHttpProxyAgent, request } = await import('undici');
  const proxy = toProxy(apiUrl, env);
  const dispatcher = new EnvHttpProxyAgent({
    // Given even where there is none: undici would look into the environment of the process for what is not.
    httpProxy: proxy,
    httpsProxy: proxy,
    noProxy: [env['no_proxy'] ?? env['NO_PROXY'] ?? '', 'localhost', '127.0.0.1', '[::1]'].join(','),
    connect: { timeout: limits.githubRequestMs },
  });
  return {
    async send({ method, url, headers, body, signal }) {
      const answer = await request(url, { method, headers, body: body ?? null, signal, dispatcher });
      const toTooLarge = (): PublishError => new PublishError('failed', 'the answer of GitHub is too large');
      const text = (await collectBytes(answer.body, limits.githubAnswerBytes, toTooLarge)).toString();
      return {
        status: answer.statusCode,
        header: (name) => toOne(answer.headers[name]),
        body: parseJson(text),
      };
    },
    close: () => dispatcher.destroy(),
  };
}

/** As curl and the runner read them: lower case first, and no proxy for https but the one that is named for it. */
function toProxy({ protocol }: URL, env: Record<string, string>): string {
  const names = protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
  const found = names.map((name) => env[name]?.trim()).find((value) => value) ?? '';
  const url = found === '' || found.includes('://') ? found : `http://${found}`;
  return URL.canParse(url) ? url : '';
}

/** A proxy or a gateway in trouble answers with HTML. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toOne(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
