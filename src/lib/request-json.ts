import { collectBytes } from './collect-bytes.ts';

/** One exchange: what to send, and the bounds of what comes back. */
export type JsonRequest = {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  limitBytes: number;
  timeoutMs: number;
  signal?: AbortSignal;
};

/** `json` is undefined when the body is no JSON. */
export type JsonAnswer = { status: number; json: unknown; retryAfter: string | undefined };

/**
 * One HTTP request with an end to its time and to the bytes of its answer. The proxy is that of the environment
 * (HTTPS_PROXY, NO_PROXY). Redirects are not followed: the headers hold credentials. undici loads only when called.
 * @throws TimeoutError (DOMException) when it takes too long; whatever undici throws, whose messages hold no headers
 */
export async function requestJson(url: string, options: JsonRequest): Promise<JsonAnswer> {
  const { method, headers, body, limitBytes, timeoutMs, signal } = options;
  const { EnvHttpProxyAgent, request } = await import('undici');
  const timeout = AbortSignal.timeout(timeoutMs);
  const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: timeoutMs } });
  try {
    const answer = await request(url, {
      method,
      headers: { 'user-agent': 'quoderat', ...headers },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      dispatcher,
      ...(body !== undefined && { body }),
    });
    const toTooLarge = (): Error => new Error(`the answer has more than ${limitBytes} bytes`);
    const bytes = await collectBytes(answer.body, limitBytes, toTooLarge);
    const retryAfter = answer.headers['retry-after'];
    return {
      status: answer.statusCode,
      json: parse(bytes.toString('utf8')),
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
    };
  } finally {
    await dispatcher.destroy();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
