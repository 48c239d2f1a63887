import * as z from 'zod';
import { attachment, reportFormat, shell, stepKind, when } from './kinds.ts';
import { probe, readiness } from './plan-http.ts';
import { count, envName, milliseconds, sha256Hex, stepId } from './primitives.ts';

/** What is executed: a script handed to a shell, or an argument vector handed to the operating system. */
export const planCommand = z.union([
  z.strictObject({ run: z.string(), shell }),
  z.strictObject({ argv: z.array(z.string()).min(1) }),
]);
export type PlanCommand = z.infer<typeof planCommand>;

/** One step after expansion: every default filled in, every duration in milliseconds, no value of any variable. */
export const planStep = z.strictObject({
  id: stepId,
  /** Position in the expanded plan, from 0. */
  index: count,
  /** The manifest step that `map` made this one from. */
  parent_id: stepId.optional(),
  kind: stepKind,
  name: z.string(),
  /** Expanded step ids, in plan order. */
  needs: z.array(stepId),
  when,
  /** null: a step of this kind runs none (http_probe). */
  command: planCommand.nullable(),
  /** Relative to the workspace, with "/" on every system; "." is the workspace itself. */
  cwd: z.string(),
  /** Names set by the manifest for this step, sorted. */
  env_names: z.array(envName),
  /** Names let through from the runner's environment, sorted. */
  pass_env: z.array(envName),
  timeout_ms: milliseconds,
  /** null: the step may stay silent for as long as its timeout allows. */
  idle_timeout_ms: milliseconds.nullable(),
  /** Attempt n waits backoff_ms * 2^(n-2), at most max_backoff_ms, before it starts. */
  retry: z.strictObject({ max_attempts: count.min(1), backoff_ms: milliseconds, max_backoff_ms: milliseconds }),
  continue_on_error: z.boolean(),
  /** Globs relative to cwd. */
  outputs: z.array(z.string()),
  reports: z.array(z.strictObject({ path: z.string(), format: reportFormat })),
  allow_empty: z.boolean(),
  /** The leg of `map` that this step is. */
  map: z.record(z.string(), z.string()).optional(),
  /** service: when the steps that need it may start. */
  ready: readiness.optional(),
  /** http_probe: what is asked, and what the answer must be. */
  probe: probe.optional(),
  /** playwright: recordings that are kept as artifacts. */
  attach: z.array(attachment).optional(),
});
export type PlanStep = z.infer<typeof planStep>;

/** The expanded manifest. plan_hash = SHA-256(JCS(this document)), before redaction. */
export const plan = z.strictObject({
  plan_version: z.literal(1),
  name: z.string(),
  manifest: z.strictObject({ path: z.string(), sha256: sha256Hex }),
  max_parallel: count.min(1),
  max_duration_ms: milliseconds,
  fail_fast: z.boolean(),
  /** Names (never values) of the variables whose values must not appear anywhere. */
  secrets: z.array(envName),
  redaction_rules: z.array(z.strictObject({ id: z.string(), pattern: z.string() })),
  steps: z.array(planStep).min(1),
});
export type Plan = z.infer<typeof plan>;
