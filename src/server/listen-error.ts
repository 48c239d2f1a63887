import { CodedError } from '../lib/errors.ts';

/** Why the server has no place to listen on. */
export class ListenError extends CodedError<'in_use' | 'refused'> {}
