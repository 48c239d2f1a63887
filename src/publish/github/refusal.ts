import { toErrorCode, toMessage } from '../../lib/errors.ts';
import { PublishError, toCleanLine } from './failure.ts';
import type { HttpAnswer } from './transport.ts';

/** Why a request had no success, and what that means for another try. */
export type Refusal = {
  error: PublishError;
  /**
   * `final`: the same request would be refused again. `unsent`: GitHub did nothing. `unknown`: it may have done it, but
   * the answer was lost.
   */
  effect: 'final' | 'unsent' | 'unknown';
  /** GitHub asks for at least this pause. */
  waitMs: number | undefined;
};

/** GitHub asks for a minute where it names no time ("Rate limits for the REST API", secondary limits). */
const SECONDARY_WAIT_MS = 60_000;

/**
 * An answer that is no success.
 * @param what the request in words: `create the check run`
 * @param now milliseconds since the epoch
 */
export function toRefusal(answer: HttpAnswer, what: string, now: number): Refusal {
  const { status } = answer;
  const words = toWords(answer.body);
  const text = `GitHub would not ${what}: ${words === '' ? `status ${status}` : `${words} (${status})`}`;
  const final = (code: PublishError['code']): Refusal => ({
    error: new PublishError(code, text),
    effect: 'final',
    waitMs: undefined,
  });
  if (isRateLimit(answer, words)) {
    return { error: new PublishError('rate_limited', text), effect: 'unsent', waitMs: toWait(answer, now) };
  }
  if (status >= 500) return { error: new PublishError('failed', text), effect: 'unknown', waitMs: toWait(answer, now) };
  if (status === 403) return final('read_only');
  if (status === 404 || status === 410) return final('not_found');
  if (status === 409) return final('conflict');
  if (status === 413 || (status === 422 && /too (?:long|large|big)|maximum|exceed/i.test(words))) {
    return final('too_long');
  }
  return final('failed');
}

const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** A request that had no answer. */
export function toLostRefusal(error: unknown, what: string, isTimeout: boolean): Refusal {
  if (error instanceof PublishError) return { error, effect: 'final', waitMs: undefined };
  if (isTimeout) {
    const timeout = new PublishError('timeout', `GitHub did not answer in time when asked to ${what}`);
    return { error: timeout, effect: 'unknown', waitMs: undefined };
  }
  const code = toErrorCode(error);
  // Of the cause only the words: it may carry the request with its headers.
  const reason = toCleanLine(toMessage(error)) || code || 'unknown error';
  return {
    error: new PublishError('failed', `GitHub could not be asked to ${what}: ${reason}`),
    effect: code !== undefined && (UNSENT.has(code) || code === 'UND_ERR_CONNECT_TIMEOUT') ? 'unsent' : 'unknown',
    waitMs: undefined,
  };
}

function isRateLimit({ status, header }: HttpAnswer, words: string): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    header('retry-after') !== undefined || header('x-ratelimit-remaining') === '0' || /rate limit|abuse/i.test(words)
  );
}

function toWait({ status, header }: HttpAnswer, now: number): number | undefined {
  const after = header('retry-after')?.trim();
  if (after !== undefined && /^\d{1,9}$/.test(after)) return Number(after) * 1000;
  const date = after === undefined ? Number.NaN : Date.parse(after);
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  if (status >= 500) return undefined;
  const reset = header('x-ratelimit-reset');
  if (header('x-ratelimit-remaining') === '0' && reset !== undefined && /^\d{1,12}$/.test(reset)) {
    // A second more: the clock that GitHub counts by is not this one.
    return Math.max(0, Number(reset) * 1000 - now) + 1000;
  }
  return SECONDARY_WAIT_MS;
}

/** `message` and `errors[].message` of GitHub's error documents. */
function toWords(body: unknown): string {
  const errors = read(body, 'errors');
  const more = Array.isArray(errors) ? errors.map((entry: unknown) => read(entry, 'message') ?? entry) : [];
  const words = [read(body, 'message'), ...more].filter((word) => typeof word === 'string');
  return toCleanLine(words.join('; ')).slice(0, 300);
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
