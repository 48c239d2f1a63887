import * as z from 'zod';
import { count, milliseconds, sha256Hex } from './primitives.ts';

/** What Quoderat itself saw of a step: the values of observations of the types `service`, `http` and `quarantine`. */

export const serviceValue = z.strictObject({
  ready_by: z.enum(['start', 'http', 'port', 'log']),
  /** The address asked, or the pattern found; null: nothing was looked at but that it had started. */
  target: z.string().nullable(),
  ready_after_ms: milliseconds,
});
export type ServiceValue = z.infer<typeof serviceValue>;

const certificate = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  valid_from: z.string(),
  valid_to: z.string(),
  fingerprint_sha256: z.string(),
});

export const tlsFacts = z.strictObject({
  version: z.string().nullable(),
  cipher: z.string().nullable(),
  /** Whether the certificate is trusted and names the host; false only where the manifest asks for no verification. */
  authorized: z.boolean(),
  /** Why it is not. */
  refusal: z.string().nullable(),
  certificate: certificate.nullable(),
});
export type TlsFacts = z.infer<typeof tlsFacts>;

/** The last answer that a probe got. Timings of the last hop, but for total_ms: of all. */
export const httpValue = z.strictObject({
  method: z.string(),
  url: z.string(),
  status: count,
  http_version: z.string(),
  remote_address: z.string(),
  remote_port: count,
  timings: z.strictObject({
    /** null: the host was an address. */
    dns_ms: milliseconds.nullable(),
    connect_ms: milliseconds,
    tls_ms: milliseconds.nullable(),
    /** From the request's sending to the answer's head. */
    first_byte_ms: milliseconds,
    total_ms: milliseconds,
  }),
  tls: tlsFacts.nullable(),
  redirects: z.array(z.strictObject({ status: count, url: z.string() })),
  body_bytes: count,
  /** true: it was longer than what was read of it. */
  body_cut: z.boolean(),
  /** How often was asked, this answer included. */
  requests: count.min(1),
  expectations: z.array(z.strictObject({ name: z.string(), holds: z.boolean(), message: z.string() })),
});
export type HttpValue = z.infer<typeof httpValue>;

/** Files that were found and not kept: what they hold can't be redacted. */
export const quarantineValue = z.strictObject({
  files: z.array(
    z.strictObject({
      name: z.string(),
      what: z.enum(['trace', 'video']),
      sha256: sha256Hex,
      size_bytes: count,
    }),
  ),
  files_left_out: count,
});
export type QuarantineValue = z.infer<typeof quarantineValue>;
