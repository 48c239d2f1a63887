import * as z from 'zod';
import { shell, type Attachment, type ReportFormat, type StepKind, type When } from './kinds.ts';
import { title, writtenEnv, writtenStep } from './manifest-step.ts';
import type { PlanCommand } from './plan.ts';
import type { Probe, Readiness } from './plan-http.ts';
import { envName } from './primitives.ts';
import { writtenDuration, writtenIdleTimeout } from './written-duration.ts';

const redactionRule = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
      error: 'must be 1 to 64 letters, digits, "_" or "-", beginning with a letter or digit',
    })
    .describe('Names the rule in the receipts. Unique in the manifest.'),
  pattern: z
    .string()
    .min(1)
    .max(1000)
    .describe('A regular expression of bounded length: {0,200} in place of * and +, no back-reference, no lookbehind.'),
});

/** The manifest as it is written (docs/manifest.md): its shape, and nothing that takes more than one key to judge. */
export const manifest = z.strictObject({
  $schema: z.string().optional().describe('For editors; Quoderat does not read it.'),
  version: z.literal(1).describe('The version of this format.'),
  name: title.optional().describe("What the run is called. Default: the file's name without its ending."),
  defaults: z
    .strictObject({
      timeout: writtenDuration.optional().describe('The timeout of steps that name none. Default: 15m.'),
      idle_timeout: writtenIdleTimeout.optional().describe('The idle_timeout of steps that name none. Default: 10m.'),
      shell: shell.optional().describe('The shell of steps that name none. Default: bash.'),
    })
    .optional()
    .describe('For every step that does not say otherwise.'),
  env: writtenEnv.optional().describe('Environment variables of every step.'),
  pass_env: z
    .array(envName)
    .optional()
    .describe(
      "Names let through from the runner's environment to every step. Nothing else is, beside a small safe base.",
    ),
  secrets: z
    .array(envName)
    .optional()
    .describe('Names of variables whose values must not appear anywhere. They are not let through by that.'),
  redaction: z
    .strictObject({
      rules: z.array(redactionRule).max(100).describe('Shapes of text to replace wherever they appear.'),
    })
    .optional()
    .describe('What to take out of the output beside secrets and well-known credentials.'),
  max_parallel: z.int().min(1).max(64).optional().describe('How many steps may run side by side. Default: 1.'),
  max_duration: writtenDuration.optional().describe('The whole run is ended after this time. Default: 60m.'),
  fail_fast: z
    .boolean()
    .optional()
    .describe(
      'true: after a failure no further step starts. false, the default: only what needs the failed step is skipped.',
    ),
  steps: z.array(writtenStep).min(1).max(1000).describe('What to run, in this order as far as needs allows.'),
});
export type WrittenManifest = z.infer<typeof manifest>;

/** A step in normal form: every default filled in, every duration in milliseconds; `${{ map.NAME }}` not yet filled in. */
export type ManifestStep = {
  id: string;
  kind: StepKind;
  name: string;
  command: PlanCommand | null;
  cwd: string;
  env: Record<string, string>;
  pass_env: string[];
  secrets: string[];
  timeout: number;
  /** null: the step may stay silent. */
  idle_timeout: number | null;
  retry: { attempts: number; backoff: number; max_backoff: number };
  continue_on_error: boolean;
  when: When;
  needs: string[];
  outputs: string[];
  reports: { path: string; format: ReportFormat }[];
  allow_empty: boolean;
  map?: Record<string, string[]>;
  ready?: Readiness;
  probe?: Probe;
  attach?: Attachment[];
};

/** The manifest in normal form. */
export type Manifest = {
  version: 1;
  name: string;
  env: Record<string, string>;
  pass_env: string[];
  secrets: string[];
  redaction: { rules: { id: string; pattern: string }[] };
  max_parallel: number;
  max_duration: number;
  fail_fast: boolean;
  steps: ManifestStep[];
};
