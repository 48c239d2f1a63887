import * as z from 'zod';
import { httpMethod } from './kinds.ts';
import { envName } from './primitives.ts';
import { writtenDuration } from './written-duration.ts';

const url = z
  .string()
  .min(1)
  .max(4000)
  .meta({ pattern: '^https?://', examples: ['http://127.0.0.1:3000/health'] });
const pattern = z.string().min(1).max(1000);
/** RFC 9110, section 5.6.2. */
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, { error: "must be a header's name" });
const text = z.string().min(1).max(100_000);

/** When a service is ready: one way to find out, and how long that may take. */
export const ready = z
  .strictObject({
    http: url.optional().describe('Ready when this address answers with a status from 200 to 399.'),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .describe('Ready when something listens on this TCP port of the machine itself.'),
    log: pattern
      .optional()
      .describe('Ready when a line of its output matches this pattern, which is bounded like those of redaction.'),
    timeout: writtenDuration.optional().describe('The service has failed when it is not ready by then. Default: 30s.'),
  })
  .meta({ oneOf: [{ required: ['http'] }, { required: ['port'] }, { required: ['log'] }] });

export const writtenRequest = z.strictObject({
  url: url.describe('The address, http or https, without a user name or password.'),
  method: httpMethod.optional().describe('Default: GET.'),
  headers: z.record(headerName, z.string()).optional().describe('Headers to send. Their values are recorded.'),
  headers_from_env: z
    .record(headerName, envName)
    .optional()
    .describe('Headers whose values are taken from variables. The values are treated as secrets.'),
  bearer_from_env: envName
    .optional()
    .describe('The variable with a token to send as "Authorization: Bearer". Its value is treated as a secret.'),
  body: z.string().max(1_000_000).optional().describe('The text to send. It is recorded.'),
  timeout: writtenDuration.optional().describe('For each request, redirects and body included. Default: 10s.'),
  follow_redirects: z
    .int()
    .min(0)
    .max(5)
    .optional()
    .describe('How many redirects are followed, 5 at most. Default: 0.'),
  ca: z
    .string()
    .min(1)
    .optional()
    .describe('A PEM file with certificates to trust beside the usual ones, relative to the workspace.'),
  verify_tls: z
    .boolean()
    .optional()
    .describe('false: a certificate that is not trusted is recorded, and is no failure. Default: true.'),
  allow_link_local: z
    .boolean()
    .optional()
    .describe('true: link-local addresses, where clouds hand out credentials, may be asked. Default: false.'),
});
export type WrittenRequest = z.infer<typeof writtenRequest>;

const statusClass = z.string().regex(/^[1-5]xx$/, { error: 'must be a status such as 200, or a class such as 2xx' });
const statusCode = z.int().min(100).max(599);
const oneStatus = z.union([statusCode, statusClass], {
  error: 'must be a status such as 200, or a class such as 2xx',
});

/** A text as such, or a way to look for one. */
const headerTest = z.union(
  [
    z.string().max(100_000),
    z.strictObject({ contains: text.describe('The value holds this text.') }),
    z.strictObject({ matches: pattern.describe('The value matches this pattern.') }),
  ],
  { error: 'must be the text itself, { contains: text } or { matches: pattern }' },
);

export const writtenExpect = z.strictObject({
  status: z
    .union([oneStatus, z.array(oneStatus).min(1)], {
      error: 'must be a status such as 200, a class such as 2xx, or a list of them',
    })
    .optional()
    .describe('Default: 2xx.'),
  headers: z
    .record(headerName, headerTest)
    .optional()
    .describe('What headers must say: the text itself, { contains: text } or { matches: pattern }.'),
  body: z
    .strictObject({
      contains: z
        .union([text, z.array(text).min(1)], { error: 'must be a text, or a list of texts' })
        .optional()
        .describe('Texts that it must hold.'),
      matches: pattern.optional().describe('A pattern that it must match, bounded like those of redaction.'),
      json: z
        .array(
          z.strictObject({
            path: z.string().min(1).max(1000).describe('Where: $.items[0].name or $["a key"].'),
            equals: z.json().describe('What must be there.'),
          }),
        )
        .min(1)
        .optional()
        .describe('Values in a body of JSON.'),
    })
    .optional()
    .describe('What the body must hold, of which the first MiB is looked at.'),
  within: writtenDuration.optional().describe('The time that all of it may take, redirects and body included.'),
});
export type WrittenExpect = z.infer<typeof writtenExpect>;
