import { CodedError } from '../lib/errors.ts';

/** Why bytes cannot be read as an envelope at all: exit code 2 of `quoderat verify`. */
export type EnvelopeErrorCode =
  | 'too_large'
  | 'not_utf8'
  | 'not_json'
  | 'duplicate_key'
  | 'unsafe_number'
  | 'lone_surrogate'
  | 'too_deep'
  | 'too_many_values'
  | 'not_an_envelope'
  | 'unknown_version';
export class EnvelopeError extends CodedError<EnvelopeErrorCode> {}

/** Why a record was not sealed. */
export class SealError extends CodedError<'invalid_record'> {}

/** Why a PEM text or a JSON Web Key Set is no key for Quoderat. Never holds key material, not even as a cause. */
export class KeyError extends CodedError<'not_pem' | 'not_jwks' | 'encrypted' | 'wrong_type' | 'wrong_half'> {}
