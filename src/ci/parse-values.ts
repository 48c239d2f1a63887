import { limits } from '../lib/limits.ts';

/**
 * A text that says something: well-formed (RFC 8785 refuses lone surrogates), without control characters, at most
 * `limits.contextTextChars` UTF-16 units. Forges set variables that do not apply to the empty string: that is null here.
 */
export function parseText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .slice(0, limits.contextTextChars)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim();
  return text === '' ? null : text;
}

/** A git object name (lower-case hex, SHA-1 or SHA-256). The all-zero name, "no such commit", is null. */
export function parseSha(value: unknown): string | null {
  if (typeof value !== 'string' || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return null;
  return /^0+$/.test(value) ? null : value;
}

/** A whole non-negative number, or the decimal spelling of one; null beyond 2^53. */
export function parseCount(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? Math.abs(number) : null;
}

/** The id of something on a forge, as a string: ids outgrow 2^53 where counts do not. */
export function parseId(value: unknown): string | null {
  if (typeof value === 'string') return /^\d{1,20}$/.test(value) ? value : null;
  return parseCount(value)?.toString() ?? null;
}

/** `true` and `false` as forges spell them in variables, or as JSON has them. */
export function parseFlag(value: unknown): boolean | null {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : null;
}

/** An ISO 8601 instant as UTC with milliseconds. */
export function parseInstant(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(value))
    return null;
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) return null;
  const text = instant.toISOString();
  return text.length === 24 ? text : null;
}

/** What lies at a path of own keys in parsed JSON; undefined as soon as there is no such thing. */
export function pick(value: unknown, ...path: string[]): unknown {
  let at = value;
  for (const key of path) {
    if (!isRecord(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
