import { toCanonicalJson } from '../lib/canonical.ts';
import { toTimestamp } from '../lib/clock.ts';
import { sha256 } from '../lib/hash.ts';
import type { CollectionValue } from '../schema/collection.ts';
import type { CiContext } from '../schema/context.ts';
import type { Artifact, Observation, RunRecord, Worker } from '../schema/record.ts';
import type { Gathered, LegOutcome } from './gather.ts';
import type { Member, Rejected } from './judge.ts';
import { type RecordedLeg, toMemberStep } from './member-step.ts';
import { toStepIds } from './step-ids.ts';
import type { ExpectedRun } from './same-run.ts';

export type CollectionFacts = {
  gathered: Gathered;
  /** What the collection is called. */
  name: string;
  compared: ExpectedRun;
  context: CiContext;
  worker: Worker;
  /** UUIDv7. */
  runId: string;
  /** Milliseconds since the epoch. */
  now: number;
};

/**
 * A collection as the record of a run whose steps are the legs (docs/envelope.md, "Collections").
 * @returns the record, and the bytes of its plan, which are an artifact too
 */
export function toCollectionRecord(facts: CollectionFacts): { record: RunRecord; plan: Buffer } {
  const { gathered, context, worker, runId } = facts;
  const ids = toStepIds(gathered.legs.map(({ label }) => label));
  const legs = gathered.legs.map((outcome, index) => toRecordedLeg(outcome, index, ids[index] ?? `leg-${index}`));
  const plan = Buffer.from(toCanonicalJson(toPlan(facts)));
  const planHash = sha256(plan);
  const startedAt = toStart(gathered, facts.now);
  const record: RunRecord = {
    run_id: runId,
    worker,
    ...context,
    plan: {
      name: facts.name,
      plan_hash: planHash,
      // The plan is all the manifest that a collection has.
      manifest_sha256: planHash,
      manifest_path: '',
      plan_artifact_id: 'plan',
    },
    execution: {
      status: gathered.status,
      started_at: toTimestamp(startedAt),
      finished_at: toTimestamp(facts.now),
      duration_ms: facts.now - startedAt,
      max_parallel: Math.max(1, legs.length),
      termination: 'finished',
      steps: legs.map(toMemberStep),
    },
    artifacts: [toPlanArtifact(plan, planHash), ...legs.flatMap(({ artifacts }) => artifacts)],
    observations: [toCollectionObservation(facts, legs), ...legs.flatMap((leg) => toMemberObservation(leg, worker))],
    gates: [],
    redactions: [],
    events: { emitted: 0, acknowledged: 0, dropped: 0 },
  };
  return { record, plan };
}

function toRecordedLeg(outcome: LegOutcome, index: number, id: string): RecordedLeg {
  const files = toFiles(outcome);
  const artifacts = files.flatMap((file, nth) => {
    if (file.sha256 === null) return [];
    return [toFileArtifact(file, { id: `${id}/envelope${nth === 0 ? '' : `/${nth + 1}`}`, stepId: id })];
  });
  return { id, index, outcome, artifacts };
}

function toFiles(outcome: LegOutcome): (Member | Rejected)[] {
  if (outcome.state === 'in') return [outcome.member];
  return outcome.state === 'rejected' ? outcome.files : [];
}

function toFileArtifact(file: Member | Rejected, { id, stepId }: { id: string; stepId: string }): Artifact {
  return {
    id,
    kind: 'report',
    sha256: file.sha256 ?? '',
    content_uri: `urn:sha256:${file.sha256 ?? ''}`,
    size_bytes: file.sizeBytes,
    media_type: file.kind === 'member' ? 'application/json' : 'application/octet-stream',
    name: file.source,
    step_id: stepId,
    redaction: { class: 'none', applied: false },
    truncated: false,
  };
}

function toPlanArtifact(plan: Buffer, digest: string): Artifact {
  return {
    id: 'plan',
    kind: 'plan',
    sha256: digest,
    content_uri: `urn:sha256:${digest}`,
    size_bytes: plan.length,
    media_type: 'application/json',
    name: 'plan.json',
    step_id: null,
    redaction: { class: 'none', applied: false },
    truncated: false,
  };
}

/** What was asked of the collector. */
function toPlan({ name, gathered, compared }: CollectionFacts) {
  const { expected, expectedBasis } = gathered;
  return { kind: 'collection', name, expected, expected_basis: expectedBasis, compared: toCompared(compared) };
}

function toCompared({ repo, commit, run }: ExpectedRun): CollectionValue['compared'] {
  return { repo, commit, run };
}

/** From the beginning of the first leg, unless its clock runs ahead of ours. */
function toStart({ legs }: Gathered, now: number): number {
  const starts = legs.flatMap((leg) => (leg.state === 'in' ? [Date.parse(leg.member.startedAt)] : []));
  return Math.min(now, ...starts);
}

function toCollectionObservation(facts: CollectionFacts, legs: readonly RecordedLeg[]): Observation {
  const { gathered, worker } = facts;
  const basis = legs.flatMap(({ artifacts }) => artifacts.map(({ id }) => id));
  const value = toCollectionValue(facts);
  return {
    id: 'collection',
    type: 'collection',
    summary: `${value.in} of ${value.expected ?? 'an unknown number of'} legs in, ${value.missing.length} missing, ${value.rejected.length} rejected: ${gathered.status}`,
    value,
    basis_artifact_ids: basis,
    informational: basis.length === 0,
    parser: { name: worker.name, version: worker.version },
  };
}

function toCollectionValue({ gathered, compared }: CollectionFacts): CollectionValue {
  const { legs, superseded, newestAttempt } = gathered;
  return {
    expected: gathered.expected,
    expected_basis: gathered.expectedBasis,
    in: legs.filter(({ state }) => state === 'in').length,
    missing: legs.flatMap((leg) => (leg.state === 'missing' ? [{ leg: leg.label, reason: leg.reason }] : [])),
    rejected: legs.flatMap((leg) => (leg.state === 'rejected' ? toRejections(leg) : [])),
    newest_attempt: newestAttempt,
    superseded: superseded.map(({ leg, recency, facts, sha256: digest }) => ({
      leg: leg.label,
      run_attempt: recency.attempt,
      evidence_id: facts.evidence_id,
      envelope_sha256: digest,
    })),
    compared: toCompared(compared),
  };
}

function toRejections(leg: Extract<LegOutcome, { state: 'rejected' }>): CollectionValue['rejected'] {
  return leg.files.map(({ source, sha256: digest }) => ({
    leg: leg.label,
    source,
    reason: leg.reason,
    envelope_sha256: digest,
  }));
}

function toMemberObservation({ id, outcome, artifacts }: RecordedLeg, worker: Worker): Observation[] {
  if (outcome.state !== 'in') return [];
  const { facts } = outcome.member;
  const { passed, total } = facts.steps;
  const attempt = facts.run_attempt === null ? '' : `, attempt ${facts.run_attempt}`;
  return [
    {
      id: `${id}/member`,
      type: 'collection_member',
      summary: `${outcome.label}: ${facts.status}, ${passed} of ${total} steps passed${attempt}`,
      value: { ...facts, leg: outcome.label },
      basis_artifact_ids: artifacts.map((artifact) => artifact.id),
      informational: false,
      parser: { name: worker.name, version: worker.version },
    },
  ];
}
