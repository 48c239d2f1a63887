import { formatCombination, toCombinations } from '../lib/combinations.ts';
import { normaliseRelativePath } from '../lib/relative-path.ts';
import { fillTemplate } from '../lib/template.ts';
import type { Manifest, ManifestStep } from '../schema/manifest.ts';
import type { Plan, PlanStep } from '../schema/plan.ts';

export type PlanWithEnvironments = {
  plan: Plan;
  /** Step id to the variables that the manifest sets for it. Kept out of the plan, which holds no values. */
  environments: Record<string, Record<string, string>>;
};

/** One step of the plan to be: a manifest step, or one leg of a mapped one. */
type Leg = { id: string; step: ManifestStep; map?: Record<string, string>; fill: (text: string) => string };

/**
 * A parsed manifest as the plan of a run: legs of `map` side by side, needs by their expanded ids, names of variables
 * without their values. Equal manifests give equal plans, byte for byte.
 * @param source the manifest file's path as people know it (no absolute path: it is hashed), and its SHA-256
 */
export function makePlan(manifest: Manifest, source: { path: string; sha256: string }): PlanWithEnvironments {
  const legs = manifest.steps.flatMap(toLegs);
  const idsOf = toIdsOf(legs);
  const environments = legs.map((leg): [string, Record<string, string>] => [leg.id, toEnvironment(manifest, leg)]);
  const plan: Plan = {
    plan_version: 1,
    name: manifest.name,
    manifest: source,
    max_parallel: manifest.max_parallel,
    max_duration_ms: manifest.max_duration,
    fail_fast: manifest.fail_fast,
    secrets: toSorted([...manifest.secrets, ...manifest.steps.flatMap((step) => step.secrets)]),
    redaction_rules: manifest.redaction.rules.map(({ id, pattern }) => ({ id, pattern })),
    steps: legs.map((leg, index) => toPlanStep(manifest, leg, index, idsOf)),
  };
  return { plan, environments: Object.fromEntries(environments) };
}

/** Manifest id to the ids that it stands for in the plan. */
function toIdsOf(legs: readonly Leg[]): Map<string, string[]> {
  const idsOf = new Map<string, string[]>();
  for (const { id, step } of legs) {
    const ids = idsOf.get(step.id);
    if (ids === undefined) idsOf.set(step.id, [id]);
    else ids.push(id);
  }
  return idsOf;
}

function toLegs(step: ManifestStep): Leg[] {
  if (step.map === undefined) return [{ id: step.id, step, fill: (text) => text }];
  return toCombinations(step.map).map((map) => {
    const values = new Map(Object.entries(map).map(([name, value]) => [`map.${name}`, value]));
    return { id: `${step.id}[${formatCombination(map)}]`, step, map, fill: (text) => fillTemplate(text, values) };
  });
}

function toPlanStep(manifest: Manifest, leg: Leg, index: number, idsOf: ReadonlyMap<string, string[]>): PlanStep {
  const { id, step, map, fill } = leg;
  const needed = new Set(step.needs);
  const literal = new Set([...Object.keys(manifest.env), ...Object.keys(step.env)]);
  return {
    id,
    index,
    ...(map === undefined ? {} : { parent_id: step.id }),
    kind: step.kind,
    name: toName(leg),
    needs: [...idsOf].flatMap(([parent, ids]) => (needed.has(parent) ? ids : [])),
    when: step.when,
    command: step.command,
    cwd: normaliseRelativePath(fill(step.cwd)),
    env_names: toSorted(literal),
    // What the manifest sets wins over what the runner has, so the name is not let through.
    pass_env: toSorted([...manifest.pass_env, ...step.pass_env].filter((name) => !literal.has(name))),
    timeout_ms: step.timeout,
    idle_timeout_ms: step.idle_timeout,
    retry: {
      max_attempts: step.retry.attempts,
      backoff_ms: step.retry.backoff,
      max_backoff_ms: step.retry.max_backoff,
    },
    continue_on_error: step.continue_on_error,
    outputs: step.outputs.map((glob) => normaliseRelativePath(fill(glob))),
    reports: toReports(leg, index),
    allow_empty: step.allow_empty,
    ...(map === undefined ? {} : { map }),
    ...(step.ready === undefined ? {} : { ready: step.ready }),
    ...(step.probe === undefined ? {} : { probe: step.probe }),
    ...(step.attach === undefined ? {} : { attach: step.attach }),
  };
}

/**
 * The reports that a step declares. Playwright's is declared for it, in the folder that its runner empties before it
 * begins, so that there is never an old one; the number keeps legs apart.
 */
function toReports({ step, fill }: Leg, index: number): PlanStep['reports'] {
  const declared = step.reports.map(({ path, format }) => ({ path: normaliseRelativePath(fill(path)), format }));
  if (step.kind !== 'playwright' || declared.some(({ format }) => format === 'playwright')) return declared;
  return [...declared, { path: `test-results/quoderat-${index}-${step.id}.json`, format: 'playwright' }];
}

/** A step without a name of its own is called by its id, and each of its legs by the leg's. */
function toName({ id, step, fill }: Leg): string {
  return step.name === step.id ? id : fill(step.name);
}

function toEnvironment(manifest: Manifest, { step, fill }: Leg): Record<string, string> {
  const own = Object.entries(step.env).map(([name, value]): [string, string] => [name, fill(value)]);
  return { ...manifest.env, ...Object.fromEntries(own) };
}

/** Each name once, by UTF-16 code units: the same order on every machine. */
function toSorted(names: Iterable<string>): string[] {
  return [...new Set(names)].toSorted();
}
