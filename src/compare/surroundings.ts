import type { Change } from '../schema/comparison.ts';
import type { Envelope } from '../schema/envelope.ts';
import type { RunStatus } from '../schema/record.ts';
import { makeChanges, toListChanges, toSense } from './change.ts';
import { compareDurations } from './duration.ts';

/** The run as a whole. */
export function compareRuns({ execution: before }: Envelope, { execution: after }: Envelope): Change[] {
  const { differs } = makeChanges('run');
  const bothWhole = before.status === 'success' && after.status === 'success';
  return [
    ...differs(
      'run_status',
      null,
      before.status,
      after.status,
      toSense(runRanks[before.status], runRanks[after.status], 'better'),
    ),
    ...differs(
      'run_termination',
      null,
      before.termination,
      after.termination,
      after.termination === 'finished' ? 'better' : 'worse',
    ),
    ...(bothWhole
      ? compareDurations('run', 'run_duration', null, { before: before.duration_ms, after: after.duration_ms })
      : []),
  ];
}

const runRanks: Record<RunStatus, number> = { success: 2, failed: 1, aborted: 0 };

/** What was to be run. */
export function comparePlans(before: Envelope, after: Envelope): Change[] {
  const { differs } = makeChanges('plan');
  return [
    ...differs('plan_hash', null, before.plan.plan_hash, after.plan.plan_hash),
    ...differs('manifest', null, before.plan.manifest_sha256, after.plan.manifest_sha256),
    ...differs('max_parallel', null, before.execution.max_parallel, after.execution.max_parallel),
  ];
}

/** A version that a tool did not tell in time says nothing: it differs from none. */
export function compareToolchains({ runner_context: before }: Envelope, { runner_context: after }: Envelope): Change[] {
  const { change, differs } = makeChanges('toolchain');
  const known = ([name]: [string, string]): boolean =>
    before.toolchain[name] !== notTold && after.toolchain[name] !== notTold;
  const old = new Map(Object.entries(before.toolchain).filter(known));
  const now = new Map(Object.entries(after.toolchain).filter(known));
  const names = toListChanges([...old.keys()], [...now.keys()]);
  return [
    ...names.removed.map((name) => change('tool_removed', name, old.get(name) ?? null, null)),
    ...names.added.map((name) => change('tool_added', name, null, now.get(name) ?? null)),
    ...[...now].flatMap(([name, version]) =>
      old.has(name) ? differs('tool_version', name, old.get(name) ?? null, version) : [],
    ),
  ];
}

const notTold = 'unknown';

/** Machines of one image differ by as much in the memory that they tell. */
const memoryNoise = 0.05;

/** The machine. Its name is left out: hosted runners have another one every time. */
export function compareRunners(before: Envelope, after: Envelope): Change[] {
  const { differs } = makeChanges('runner');
  const [old, now] = [before.runner_context, after.runner_context];
  const isOtherMemory =
    Math.abs((old.memory_bytes ?? 0) - (now.memory_bytes ?? 0)) > memoryNoise * (old.memory_bytes ?? 0);
  return [
    ...differs('runner_type', null, old.runner_type, now.runner_type),
    ...differs('os', null, old.os, now.os),
    ...differs('arch', null, old.arch, now.arch),
    ...differs('os_release', null, old.os_release, now.os_release),
    ...differs('image', null, old.image, now.image),
    ...differs('cpu_count', null, old.cpu_count, now.cpu_count),
    ...(isOtherMemory ? differs('memory_bytes', null, old.memory_bytes, now.memory_bytes) : []),
    ...differs('self_hosted', null, old.self_hosted, now.self_hosted),
    ...differs('quoderat_version', null, before.producer.worker.version, after.producer.worker.version),
  ];
}

/** Who vouches for it, and what it says itself that it cannot show. */
export function compareSeals(before: Envelope, after: Envelope): Change[] {
  const { change, differs } = makeChanges('seal');
  const [old, now] = [toSigners(before), toSigners(after)];
  const limits = toListChanges(before.claims.no_claims, after.claims.no_claims);
  return [
    ...differs('sealed_by', null, before.producer.component, after.producer.component),
    ...differs('signers', null, old, now, now === null ? 'worse' : 'neutral'),
    ...limits.added.map((code) => change('no_claim_added', code, null, code, 'worse')),
    ...limits.removed.map((code) => change('no_claim_removed', code, code, null, 'better')),
  ];
}

function toSigners({ integrity }: Envelope): string | null {
  const keys = integrity.signatures.map(({ keyid }) => keyid).toSorted();
  return keys.length === 0 ? null : keys.join(', ');
}
