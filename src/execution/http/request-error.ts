import { CodedError } from '../../lib/errors.ts';

/** Why there is no answer. The message names host and port, never a header or a body. */
export class RequestError extends CodedError<
  | 'address_refused'
  | 'not_resolved'
  | 'not_connected'
  | 'tls_failed'
  | 'bad_answer'
  | 'bad_redirect'
  | 'too_many_redirects'
  | 'not_sendable'
  /** The caller's signal ended it. */
  | 'stopped'
> {}

/** The system's or Node's own code of an error (ECONNREFUSED, HPE_INVALID_CHUNK_SIZE), or its class. */
export function toErrorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.name : 'unknown';
}
