import * as z from 'zod';

/** The kinds of steps, in the order in which the documentation lists them. */
export const stepKinds = ['command', 'lint', 'test', 'build', 'service', 'http_probe', 'playwright'] as const;
export const stepKind = z.enum(stepKinds);
export type StepKind = z.infer<typeof stepKind>;

/** The report formats that a step may declare. The file is captured as it is; its meaning is read from it later. */
export const reportFormats = [
  'junit',
  'trx',
  'xunit',
  'nunit',
  'tap',
  'ctrf',
  'playwright',
  'go-test',
  'sarif',
  'checkstyle',
  'eslint',
  'lcov',
  'cobertura',
  'jacoco',
  'go-cover',
] as const;
export const reportFormat = z.enum(reportFormats);
export type ReportFormat = z.infer<typeof reportFormat>;

/** The shells a `run` script may ask for. */
export const shells = ['bash', 'sh', 'pwsh', 'cmd'] as const;
export const shell = z.enum(shells);
export type Shell = z.infer<typeof shell>;

/** When a step runs: after success of what it needs (the default), after a failure, or in either case. */
export const whenConditions = ['success', 'failure', 'always'] as const;
export const when = z.enum(whenConditions);
export type When = z.infer<typeof when>;

/** What of a browser's recordings a `playwright` step may attach; without leave they are listed, not kept. */
export const attachments = ['trace', 'video'] as const;
export const attachment = z.enum(attachments);
export type Attachment = z.infer<typeof attachment>;

/** What a probe may send. CONNECT and TRACE are for proxies. */
export const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export const httpMethod = z.enum(httpMethods);
