import { limits } from '../lib/limits.ts';
import { normaliseRelativePath } from '../lib/relative-path.ts';
import type { Shell } from '../schema/kinds.ts';
import type { WrittenProbeStep, WrittenProgramStep, WrittenStep } from '../schema/manifest-step.ts';
import type { Manifest, ManifestStep, WrittenManifest } from '../schema/manifest.ts';
import { toMilliseconds } from './durations.ts';
import { toProbe, toReadiness } from './normalise-http.ts';

/** What a step falls back to: the manifest's `defaults`, themselves with every gap closed. */
type Defaults = { timeout: number; idle_timeout: number | null; shell: Shell; runTimeout: number };

const BACKOFF = '1s';
const MAX_BACKOFF_MS = 5 * 60_000;

/** A manifest without faults in normal form. This is the one place that knows the defaults. */
export function toNormalForm(written: WrittenManifest, fileName: string): Manifest {
  const { timeout, idle_timeout: idleTimeout, shell = 'bash' } = written.defaults ?? {};
  const runTimeout = toDuration(written.max_duration, limits.runMaxDurationMs);
  const defaults = {
    runTimeout,
    timeout: toDuration(timeout, limits.stepTimeoutMs),
    idle_timeout: toIdleTimeout(idleTimeout, limits.idleTimeoutMs),
    shell,
  };
  return {
    version: 1,
    name: written.name ?? toName(fileName),
    env: toText(written.env),
    pass_env: written.pass_env ?? [],
    secrets: written.secrets ?? [],
    redaction: { rules: written.redaction?.rules ?? [] },
    max_parallel: written.max_parallel ?? 1,
    max_duration: runTimeout,
    fail_fast: written.fail_fast ?? false,
    steps: written.steps.map((step, index) => toStep(step, written.steps.slice(0, index), defaults)),
  };
}

function toStep(step: WrittenStep, above: readonly WrittenStep[], defaults: Defaults): ManifestStep {
  const when = step.when ?? 'success';
  // A step that looks after failures, and names none, looks after all that came before it.
  const implicitNeeds = when === 'success' ? [] : above.map(({ id }) => id);
  const needs = step.needs ?? [];
  return {
    id: step.id,
    kind: step.kind,
    name: step.name ?? step.id,
    ...(step.kind === 'http_probe' ? toProbeParts(step, defaults) : toProgramParts(step, defaults)),
    retry: toRetry(step.retry),
    continue_on_error: step.continue_on_error ?? false,
    when,
    needs: needs.length > 0 ? needs : implicitNeeds,
  };
}

type Parts = Omit<ManifestStep, 'id' | 'kind' | 'name' | 'retry' | 'continue_on_error' | 'when' | 'needs'>;

function toProgramParts(step: WrittenProgramStep, defaults: Defaults): Parts {
  const parts = {
    command:
      step.argv === undefined ? { run: step.run ?? '', shell: step.shell ?? defaults.shell } : { argv: step.argv },
    cwd: normaliseRelativePath(step.cwd ?? '.'),
    env: toText(step.env),
    pass_env: step.pass_env ?? [],
    secrets: step.secrets ?? [],
    outputs: (step.outputs ?? []).map(normaliseRelativePath),
  };
  if (step.kind === 'service') {
    const idle_timeout = toIdleTimeout(step.idle_timeout, null);
    const ready = toReadiness(step.ready);
    return { ...parts, timeout: defaults.runTimeout, idle_timeout, reports: [], allow_empty: false, ready };
  }
  return {
    ...parts,
    timeout: toDuration(step.timeout, defaults.timeout),
    idle_timeout: toIdleTimeout(step.idle_timeout, defaults.idle_timeout),
    reports: (step.reports ?? []).map(({ path, format }) => ({ path: normaliseRelativePath(path), format })),
    allow_empty: step.allow_empty ?? false,
    ...(step.map === undefined ? {} : { map: toAxes(step.map) }),
    ...(step.kind === 'playwright' ? { attach: step.attach ?? [] } : {}),
  };
}

/** A probe runs no program; the variables that it sends are secrets, and let through by being named. */
function toProbeParts(step: WrittenProbeStep, defaults: Defaults): Parts {
  const probe = toProbe(step);
  const names = probe.request.headers_from_env.map(({ env }) => env);
  return {
    command: null,
    cwd: '.',
    env: {},
    pass_env: names,
    secrets: names,
    timeout: toDuration(step.timeout, defaults.timeout),
    idle_timeout: null,
    outputs: [],
    reports: [],
    allow_empty: false,
    probe,
  };
}

function toRetry(retry: WrittenStep['retry']): ManifestStep['retry'] {
  if (retry === undefined) return { attempts: 1, backoff: 0, max_backoff: 0 };
  const backoff = toMilliseconds(retry.backoff ?? BACKOFF);
  return {
    attempts: retry.attempts,
    backoff,
    max_backoff: toDuration(retry.max_backoff, Math.max(backoff, MAX_BACKOFF_MS)),
  };
}

function toDuration(written: string | undefined, otherwise: number): number {
  return written === undefined ? otherwise : toMilliseconds(written);
}

function toIdleTimeout(written: string | undefined, otherwise: number | null): number | null {
  return written === 'none' ? null : written === undefined ? otherwise : toMilliseconds(written);
}

function toText(values: WrittenProgramStep['env'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function toAxes(map: Record<string, unknown[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(map).map(([name, values]) => [name, values.map(String)]));
}

/** `release` of `ci/release.yml`. */
function toName(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? '';
  const stem = base.replace(/\.(?:ya?ml|json)$/i, '').replaceAll(/\p{Cc}/gu, ' ');
  return stem.slice(0, 200).toWellFormed().trim() || 'manifest';
}
