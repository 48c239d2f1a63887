import { CodedError } from '../../lib/errors.ts';

/** Why a token file or the list of issuers can't be used. Never holds a token or its hash. */
export class AuthConfigError extends CodedError<'unreadable' | 'malformed'> {}
