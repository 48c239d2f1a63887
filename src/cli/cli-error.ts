import { CodedError } from '../lib/errors.ts';

/** What the caller can put right: a wrong argument, or a file that is not as it should be. Ends in exit code 2. */
export class CliError extends CodedError<'usage' | 'unreadable' | 'not_writable' | 'exists'> {}

/** A bug of ours. Ends in exit code 70, also when the cause is a coded error. */
export class InternalError extends CodedError<'internal'> {}
