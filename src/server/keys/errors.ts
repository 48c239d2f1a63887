import { CodedError } from '../../lib/errors.ts';

/** Why the server has no key to seal with. Never holds a part of a key. */
export class KeyRingError extends CodedError<'unreadable' | 'not_writable' | 'too_open' | 'malformed'> {}
