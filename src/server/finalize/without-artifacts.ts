import type { Attempt, Observation, RunRecord, StepRecord } from '../../schema/record.ts';

/** Files that one observation lists. */
const MOST_LISTED = 1000;

/**
 * The record without artifacts whose bytes never came. By docs/envelope.md what nobody can be given is no artifact: they
 * are told of in an observation instead, by name, digest and length, no step names them any more, and the output of a
 * step that lost some is not complete.
 * @param missing digests
 */
export function withoutArtifacts(record: RunRecord, missing: ReadonlySet<string>): RunRecord {
  const gone = record.artifacts.filter(({ sha256 }) => missing.has(sha256));
  if (gone.length === 0) return record;
  const ids = new Set(gone.map(({ id }) => id));
  const keep = (id: string): boolean => !ids.has(id);
  const { plan, execution } = record;
  return {
    ...record,
    plan: { ...plan, plan_artifact_id: toKept(plan.plan_artifact_id, ids) },
    execution: { ...execution, steps: execution.steps.map((step) => toKeptStep(step, ids)) },
    artifacts: record.artifacts.filter(({ id }) => keep(id)),
    observations: [
      ...record.observations.map((observation) => {
        const basis = observation.basis_artifact_ids.filter(keep);
        return { ...observation, basis_artifact_ids: basis, informational: basis.length === 0 };
      }),
      toObservation(gone, record.observations),
    ],
    redactions: record.redactions.map((receipt) => ({ ...receipt, artifact_id: toKept(receipt.artifact_id, ids) })),
  };
}

function toKeptStep(step: StepRecord, ids: ReadonlySet<string>): StepRecord {
  const { diff_artifact_id: diff, ...rest } = step;
  return {
    ...rest,
    ...toKeptFiles(step, ids),
    ...(diff !== undefined && !ids.has(diff) && { diff_artifact_id: diff }),
    attempts: step.attempts.map((attempt) => ({ ...attempt, ...toKeptFiles(attempt, ids) })),
  };
}

type Files = Pick<
  Attempt,
  'stdout_artifact_id' | 'stderr_artifact_id' | 'report_artifact_ids' | 'output_artifact_ids' | 'output_complete'
>;

function toKeptFiles(files: Files, ids: ReadonlySet<string>): Files {
  const stdout_artifact_id = toKept(files.stdout_artifact_id, ids);
  const stderr_artifact_id = toKept(files.stderr_artifact_id, ids);
  const isOutputWhole =
    stdout_artifact_id === files.stdout_artifact_id && stderr_artifact_id === files.stderr_artifact_id;
  return {
    stdout_artifact_id,
    stderr_artifact_id,
    report_artifact_ids: files.report_artifact_ids.filter((id) => !ids.has(id)),
    output_artifact_ids: files.output_artifact_ids.filter((id) => !ids.has(id)),
    output_complete: files.output_complete && isOutputWhole,
  };
}

function toKept(id: string | null, ids: ReadonlySet<string>): string | null {
  return id !== null && ids.has(id) ? null : id;
}

function toObservation(gone: RunRecord['artifacts'], known: readonly Observation[]): Observation {
  let id = 'artifacts_not_received';
  while (known.some((observation) => observation.id === id)) id += '+';
  return {
    id,
    type: 'artifacts_not_received',
    summary: `${gone.length} ${gone.length === 1 ? 'artifact was' : 'artifacts were'} captured and never received by the server`,
    value: {
      files: gone
        .slice(0, MOST_LISTED)
        .map(({ id: artifact_id, name, sha256, size_bytes }) => ({ artifact_id, name, sha256, size_bytes })),
      files_left_out: Math.max(0, gone.length - MOST_LISTED),
    },
    basis_artifact_ids: [],
    informational: true,
    parser: { name: 'quoderat/server', version: '1' },
  };
}
