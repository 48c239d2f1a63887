import canonicalize from 'canonicalize';
import { CodedError } from './errors.ts';

export class CanonicalError extends CodedError<'not_json'> {}

/**
 * RFC 8785 (JSON Canonicalization Scheme) text of a plain JSON value. The value must have come out of a strict schema
 * or a JSON parser: a Date, a Map or a toJSON method would be altered silently.
 * @throws CanonicalError for what JCS cannot write: NaN, Infinity, a lone surrogate, a cycle, undefined.
 */
export function toCanonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (error) {
    throw new CanonicalError('not_json', 'this value has no RFC 8785 form', { cause: error });
  }
  if (text === undefined) throw new CanonicalError('not_json', 'undefined has no RFC 8785 form');
  if (!text.isWellFormed())
    throw new CanonicalError('not_json', 'a string holds a lone surrogate, which RFC 8785 refuses');
  return text;
}
