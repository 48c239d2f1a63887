import * as z from 'zod';
import { attachment, reportFormat, shell, when, type StepKind } from './kinds.ts';
import { ready, writtenExpect, writtenRequest } from './manifest-http.ts';
import { envName, stepName } from './primitives.ts';
import { writtenDuration, writtenIdleTimeout } from './written-duration.ts';

/** A value that ends up as text in an environment variable. */
const writtenScalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'must be text, a number, true or false',
});

/** One line for people. */
export const title = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'must be one line without control characters');

export const writtenEnv = z.record(envName, writtenScalar);

const retry = z.strictObject({
  attempts: z.int().min(1).max(20).describe('How often the step may run in all, the first time included.'),
  backoff: writtenDuration
    .optional()
    .describe('The wait before the second attempt; it doubles before each further one. Default: 1s.'),
  max_backoff: writtenDuration
    .optional()
    .describe('No wait is longer than this. Default: 5m, or backoff when that is longer.'),
});

const report = z.strictObject({
  path: z.string().min(1).describe('The file, or a glob, relative to cwd.'),
  format: reportFormat.describe('How the file is to be read.'),
});

const mapName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, {
  error: 'must be 1 to 64 letters, digits, "_" or "-", beginning with a letter or "_"',
});

const common = {
  id: stepName.describe('The step is known by this in needs, in the log and in the evidence. Unique in the manifest.'),
  name: title.optional().describe('A name for people. Default: the id.'),
  needs: z
    .array(stepName)
    .optional()
    .describe(
      'Ids of steps that come first. A mapped id means all of its legs. Default: none; with when: failure or always, every step above.',
    ),
  when: when
    .optional()
    .describe(
      'success (the default): all that it needs succeeded; failure: something that it needs did not; always: in either case.',
    ),
  continue_on_error: z
    .boolean()
    .optional()
    .describe(
      'true: a failure of this step is recorded, but neither fails the run nor skips what needs it. Default: false.',
    ),
};

const program = {
  run: z.string().min(1).optional().describe('A script for the shell, of one line or many. Either this or argv.'),
  argv: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('A program and its arguments, run without a shell. Either this or run.'),
  shell: shell.optional().describe('What reads run. Default: defaults.shell, else bash, on Windows too.'),
  cwd: z
    .string()
    .min(1)
    .optional()
    .describe('The folder to run in, relative to the workspace. Default: the workspace.'),
  env: writtenEnv.optional().describe('Environment variables of this step, over those of the manifest.'),
  pass_env: z
    .array(envName)
    .optional()
    .describe("Names let through from the runner's environment to this step, beside those of the manifest."),
  secrets: z
    .array(envName)
    .optional()
    .describe('Names of variables whose values must not appear anywhere, beside those of the manifest.'),
  retry: retry
    .optional()
    .describe('How often, and how patiently, a step that failed is run again. Default: not at all.'),
  outputs: z.array(z.string().min(1)).optional().describe('Files to keep as artifacts: globs relative to cwd.'),
};

const timeout = writtenDuration
  .optional()
  .describe('The step is ended after this time. Default: defaults.timeout, else 15m.');

const process = {
  ...program,
  timeout,
  idle_timeout: writtenIdleTimeout
    .optional()
    .describe(
      'The step is ended when it prints nothing for this time; none: never. Default: defaults.idle_timeout, else 10m.',
    ),
  reports: z.array(report).optional().describe('Files in which the step says what it found.'),
  allow_empty: z
    .boolean()
    .optional()
    .describe(
      'true: reports and outputs that are missing or empty, and a test run of nothing, are no failure. Default: false.',
    ),
  map: z
    .record(mapName, z.array(writtenScalar).min(1).max(1000))
    .optional()
    .meta({ minProperties: 1, description: 'The step runs once for each combination of these values.' }),
};

const oneOfRunAndArgv = { oneOf: [{ required: ['run'] }, { required: ['argv'] }] };

/** A step that runs a process and ends with it. */
const processStep = <Kind extends StepKind>(kind: Kind, description: string) =>
  z.strictObject({ kind: z.literal(kind).describe(description), ...common, ...process }).meta(oneOfRunAndArgv);

const serviceStep = z
  .strictObject({
    kind: z.literal('service').describe('service: runs in the background until every other step is over.'),
    ...common,
    ...program,
    idle_timeout: writtenIdleTimeout
      .optional()
      .describe('The service is ended, as a failure, when it prints nothing for this time. Default: none.'),
    ready: ready.optional().describe('When the steps that need it may start. Default: as soon as it runs.'),
  })
  .meta(oneOfRunAndArgv);

const probeStep = z.strictObject({
  kind: z.literal('http_probe').describe('http_probe: asks a server, and judges the answer.'),
  ...common,
  request: writtenRequest.describe('What is asked.'),
  expect: writtenExpect.optional().describe('What the answer must be. Default: any status from 200 to 299.'),
  until: writtenDuration
    .optional()
    .describe('Ask again until the answer is as expected, for at most this time. Default: ask once.'),
  timeout,
  retry: retry.optional().describe('How often a probe that failed is made again as a whole. Default: not at all.'),
});

const playwrightStep = z
  .strictObject({
    kind: z
      .literal('playwright')
      .describe("playwright: the project's own Playwright; its JSON report decides beside its exit code."),
    ...common,
    ...process,
    attach: z
      .array(attachment)
      .optional()
      .describe('Recordings to keep as artifacts; they may show passwords. Default: none, they are only listed.'),
  })
  .meta(oneOfRunAndArgv);

/** A step as written. Which of its keys belong together is checked where the manifest is parsed. */
export const writtenStep = z.discriminatedUnion('kind', [
  processStep('command', 'command: any command; its exit code decides.'),
  processStep('lint', 'lint: a linter; declared reports must be fresh and hold something.'),
  processStep('test', 'test: a test run; declared reports must be fresh and hold something.'),
  processStep('build', 'build: makes files; every glob in outputs must match at least one.'),
  serviceStep,
  probeStep,
  playwrightStep,
]);
export type WrittenStep = z.infer<typeof writtenStep>;
export type WrittenProbeStep = z.infer<typeof probeStep>;
export type WrittenProgramStep = Exclude<WrittenStep, WrittenProbeStep>;
