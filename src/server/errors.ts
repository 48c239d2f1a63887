import { CodedError } from '../lib/errors.ts';
import type { ApiError, ApiErrorCode } from '../schema/api.ts';

/** The HTTP status that each refusal has, and whether the same request may succeed later. */
const answers: Record<ApiErrorCode, { status: number; retryable: boolean }> = {
  bad_request: { status: 400, retryable: false },
  unauthorized: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  method_not_allowed: { status: 405, retryable: false },
  request_timeout: { status: 408, retryable: true },
  too_large: { status: 413, retryable: false },
  unsupported_media_type: { status: 415, retryable: false },
  rate_limited: { status: 429, retryable: true },
  run_conflict: { status: 409, retryable: false },
  run_over: { status: 409, retryable: false },
  events_incomplete: { status: 409, retryable: true },
  plan_mismatch: { status: 422, retryable: false },
  record_mismatch: { status: 422, retryable: false },
  record_invalid: { status: 422, retryable: false },
  artifacts_missing: { status: 409, retryable: true },
  digest_mismatch: { status: 422, retryable: false },
  insufficient_storage: { status: 507, retryable: true },
  unavailable: { status: 503, retryable: true },
  internal: { status: 500, retryable: true },
};

type Details = NonNullable<ApiError['error']['details']>;
type FaultOptions = { details?: Details; headers?: Record<string, string>; cause?: unknown };

/** A refusal, thrown anywhere below a route and answered in one place (src/server/app.ts). */
export class ApiFault extends CodedError<ApiErrorCode> {
  readonly details: Details | undefined;
  /** Retry-After, WWW-Authenticate, Allow ... */
  readonly headers: Record<string, string>;

  constructor(code: ApiErrorCode, message: string, { details, headers = {}, cause }: FaultOptions = {}) {
    super(code, message, { cause });
    this.details = details;
    this.headers = headers;
  }
}

/** The answer to a request that was refused. */
export function toErrorResponse({ code, message, details, headers }: ApiFault): Response {
  const { status, retryable } = answers[code];
  const body: ApiError = { error: { code, message, retryable, ...(details && { details }) } };
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}

/** What the server can't do anything about at once says when to come again, in seconds. */
export function makeUnavailable(message: string, cause?: unknown): ApiFault {
  return new ApiFault('unavailable', message, { headers: { 'retry-after': '1' }, cause });
}
