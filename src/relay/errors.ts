import { CodedError } from '../lib/errors.ts';
import type { ApiErrorCode, SequenceRange } from '../schema/api.ts';

/** What the server said, in its own words, and what kept it from being asked. */
export type RelayErrorCode =
  | ApiErrorCode
  /** The address, the token or the proxy can't be used. */
  | 'bad_options'
  | 'unreachable'
  | 'tls_failed'
  | 'timed_out'
  /** No answer of the protocol: cut off, no JSON, not of the schema. */
  | 'bad_answer'
  | 'redirected'
  /** The time for it was over. */
  | 'gave_up';

export type RelayErrorFacts = {
  /** true: the same request may succeed later. */
  retryable: boolean;
  /** What the server asked to wait, in ms. */
  retryAfterMs?: number;
  missing?: readonly (SequenceRange | string)[];
  cause?: unknown;
};

/** Why the server could not be asked, or what it refused. Never holds a token, a header or a body. */
export class RelayError extends CodedError<RelayErrorCode> {
  readonly retryable: boolean;
  readonly retryAfterMs: number;
  readonly missing: readonly (SequenceRange | string)[];

  constructor(code: RelayErrorCode, message: string, facts: RelayErrorFacts) {
    super(code, message, { cause: facts.cause });
    this.retryable = facts.retryable;
    this.retryAfterMs = facts.retryAfterMs ?? 0;
    this.missing = facts.missing ?? [];
  }
}
