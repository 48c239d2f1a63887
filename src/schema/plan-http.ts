import * as z from 'zod';
import { httpMethod } from './kinds.ts';
import { count, envName, milliseconds } from './primitives.ts';

/** When a service may be used. Without a check it is ready as soon as its process runs. */
export const readiness = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('start') }),
  z.strictObject({ by: z.literal('http'), url: z.string(), timeout_ms: milliseconds }),
  z.strictObject({ by: z.literal('port'), port: count.min(1).max(65_535), timeout_ms: milliseconds }),
  z.strictObject({ by: z.literal('log'), pattern: z.string(), timeout_ms: milliseconds }),
]);
export type Readiness = z.infer<typeof readiness>;

/** A text and how it is looked for. `matches` is a safe pattern (lib/safe-pattern.ts). */
export const textTest = z.union([
  z.strictObject({ equals: z.string() }),
  z.strictObject({ contains: z.string() }),
  z.strictObject({ matches: z.string() }),
]);
export type TextTest = z.infer<typeof textTest>;

export const probe = z.strictObject({
  request: z.strictObject({
    url: z.string(),
    method: httpMethod,
    headers: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    /** Headers whose values come from variables: names here, values never. Sent to the origin of `url` only. */
    headers_from_env: z.array(z.strictObject({ name: z.string(), env: envName, prefix: z.string() })),
    body: z.string().nullable(),
    /** For one request, its redirects and its body included. */
    timeout_ms: milliseconds,
    max_redirects: count,
    /** A PEM file with certificates to trust beside the usual ones, relative to the workspace. */
    ca: z.string().nullable(),
    verify_tls: z.boolean(),
    allow_link_local: z.boolean(),
  }),
  expect: z.strictObject({
    /** Inclusive. */
    status: z.array(z.strictObject({ from: count, to: count })).min(1),
    headers: z.array(z.strictObject({ name: z.string(), test: textTest })),
    body: z.array(textTest),
    json: z.array(z.strictObject({ path: z.string(), equals: z.json() })),
    within_ms: milliseconds.nullable(),
  }),
  /** Asked again until the answer is as expected, for so long; null: asked once. */
  until_ms: milliseconds.nullable(),
});
export type Probe = z.infer<typeof probe>;
