import * as z from 'zod';

/** SHA-256 as 64 lower-case hex digits. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits (SHA-256)');

/** A git object name: SHA-1 or SHA-256, lower-case hex. */
export const gitObjectId = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'must be a git object id');

/** UTC with milliseconds, `2026-11-21T09:27:19.123Z`: one spelling per instant, so that bytes are reproducible. */
export const timestamp = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'must be UTC with milliseconds');

/** UUIDv7 (RFC 9562): sorts by time of creation. */
export const uuidV7 = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** A whole, non-negative count of milliseconds. */
export const milliseconds = z.int().nonnegative();

/** A whole, non-negative count (bytes, lines, matches ...). */
export const count = z.int().nonnegative();

/** What a step may be called in a manifest. */
export const stepName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
  error: 'must be 1 to 64 letters, digits, "_" or "-", beginning with a letter or digit',
});

/** A step id in a plan: the manifest's id, and for a step made by `map` its leg, `compat[node=22]`. */
export const stepId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:\[[^\]\p{Cc}]{1,200}\])?$/u);

/** An environment variable's name (POSIX). */
export const envName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,255}$/, 'must be an environment variable name');
