import { CodedError } from '../lib/errors.ts';

/**
 * Why a statement was not signed. `no_identity_token`: nobody said who signs; `certificate_refused` and
 * `certificate_unavailable`: the authority would not, or could not; `bad_answer`: a service answered with something that
 * is no signature over this statement. Messages are of our own making: what a service says may hold the token it was sent.
 */
export type SignErrorCode =
  | 'no_identity_token'
  | 'bad_instance'
  | 'certificate_refused'
  | 'certificate_unavailable'
  | 'log_unavailable'
  | 'timestamp_unavailable'
  | 'timed_out'
  | 'cancelled'
  | 'bad_answer';
export class SignError extends CodedError<SignErrorCode> {}

/** Why a file cannot serve as the trusted root, or why none could be fetched. */
export class TrustError extends CodedError<'not_a_trusted_root' | 'not_fetched'> {}
