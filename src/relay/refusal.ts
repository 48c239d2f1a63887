import { type ApiErrorCode, apiError } from '../schema/api.ts';
import { RelayError } from './errors.ts';

const MESSAGE_CHARS = 500;

/**
 * What an answer outside of 200 to 299 says: the protocol's own error, or that of a proxy on the way, of which only the
 * status counts.
 */
export function toRefusal(answer: {
  name: string;
  request: string;
  status: number;
  retryAfter: string | undefined;
  body: Buffer;
}): RelayError {
  const { name, request, status, retryAfter, body } = answer;
  const retryAfterMs = parseRetryAfter(retryAfter);
  if (status >= 300 && status < 400)
    return new RelayError(
      'redirected',
      `${name} answers ${request} with a redirect (${status}); name its own address`,
      {
        retryable: false,
      },
    );
  const said = parseError(body);
  if (said === null) {
    const code = statusCodes[status] ?? (status >= 500 ? 'unavailable' : 'bad_request');
    return new RelayError(code, `${name} answers ${request} with ${status}`, {
      retryable: status >= 500 || status === 408 || status === 425 || status === 429,
      retryAfterMs,
    });
  }
  const { code, message, retryable, details } = said;
  return new RelayError(code, `${name} refuses ${request}: ${message.slice(0, MESSAGE_CHARS)} (${code})`, {
    retryable,
    retryAfterMs,
    missing: details?.missing ?? [],
  });
}

/** Of answers without a body, as HEAD has them, and of those that are not the server's. */
const statusCodes: Record<number, ApiErrorCode> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'too_large',
  429: 'rate_limited',
};

function parseError(body: Buffer): ReturnType<typeof apiError.parse>['error'] | null {
  try {
    const parsed = apiError.safeParse(JSON.parse(body.toString()));
    return parsed.success ? parsed.data.error : null;
  } catch {
    return null;
  }
}

/** RFC 9110, 10.2.3, of which the date is not heeded: it depends on two clocks. */
function parseRetryAfter(text: string | undefined): number {
  return text !== undefined && /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) * 1000 : 0;
}
