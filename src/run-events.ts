import type { EventSink } from './event-sink.ts';
import type { ArtifactStore } from './execution/artifacts.ts';
import { toCanonicalJson } from './lib/canonical.ts';
import { toTimestamp } from './lib/clock.ts';
import type { Evidence, Unsealed } from './outcome.ts';
import { toRunStatus } from './record/status.ts';
import type { Found, Redacted } from './redaction/json.ts';
import type { Hit, Redactor } from './redaction/types.ts';
import type { CiContext } from './schema/context.ts';
import type { DraftOf, EventDraft } from './schema/event.ts';
import type { Plan } from './schema/plan.ts';
import type { Artifact, RunStatus, RunTermination, Worker } from './schema/record.ts';

const PLAN_ARTIFACT = 'plan';

/** What the run-level events of one run share. */
export type RunScope = { sink: EventSink; redactor: Redactor; now: () => number };

/** run_started and plan_ready, and a receipt for each replacement in their texts. */
export async function emitStart(
  { sink, now }: RunScope,
  facts: {
    worker: Worker;
    context: Redacted<CiContext>;
    plan: Redacted<Plan>;
    planHash: string;
    expectedPlanHash?: string;
  },
): Promise<void> {
  const timestamp = toTimestamp(now());
  const { worker, context, plan, planHash, expectedPlanHash } = facts;
  await sink.emit({ type: 'run_started', timestamp, worker, ...context.value });
  await sink.emit({
    type: 'plan_ready',
    timestamp,
    plan: plan.value,
    plan_hash: planHash,
    ...(expectedPlanHash !== undefined && { expected_plan_hash: expectedPlanHash }),
  });
  for (const found of context.found) await sink.emit(toTextReceipt(found, null, timestamp));
  for (const found of plan.found) await sink.emit(toTextReceipt(found, PLAN_ARTIFACT, timestamp));
}

/** The declared secrets that nothing looks for, and why. */
export async function emitUnsearched(
  { sink, now }: RunScope,
  skipped: { name: string; reason: string }[],
): Promise<void> {
  for (const { name, reason } of skipped) {
    const message = `${name}: ${reason}`;
    await sink.emit({ type: 'error', timestamp: toTimestamp(now()), code: 'secret_not_redacted', message });
  }
}

/** Keeps the manifest (redacted) and the plan as recorded as artifacts of the run. */
export async function keepInputs(
  { sink, redactor, now }: RunScope,
  inputs: { store: ArtifactStore; manifest: { path: string; bytes: Uint8Array }; plan: Plan },
): Promise<Artifact> {
  const manifest = await inputs.store.captureBytes({
    id: 'manifest',
    kind: 'manifest',
    name: inputs.manifest.path,
    mediaType: 'application/yaml',
    stepId: null,
    bytes: inputs.manifest.bytes,
    redactor,
  });
  const plan = await inputs.store.captureBytes({
    id: PLAN_ARTIFACT,
    kind: 'plan',
    name: 'plan.json',
    mediaType: 'application/json',
    stepId: null,
    bytes: Buffer.from(toCanonicalJson(inputs.plan)),
    redactor: null,
  });
  const timestamp = toTimestamp(now());
  for (const { artifact, receipts } of [manifest, plan]) {
    await sink.emit({ type: 'artifact_captured', timestamp, step_id: null, artifact });
    for (const hit of receipts) await sink.emit(toArtifactReceipt(artifact, hit, timestamp));
  }
  return manifest.artifact;
}

/**
 * The outcome of the run as a whole, and the events that say so.
 * @param settle asked how many events were dropped on their way to a server
 */
export async function emitEnd(
  { sink, now }: Pick<RunScope, 'sink' | 'now'>,
  stop: AbortSignal,
  settle: () => number = () => 0,
): Promise<{ status: RunStatus; termination: RunTermination }> {
  const timestamp = toTimestamp(now());
  const termination = toTermination(stop);
  const status = toRunStatus(sink.steps(), termination);
  if (status === 'failed') await sink.emit({ type: 'run_failed', timestamp, reason: 'a step did not succeed' });
  if (status === 'aborted') await sink.emit({ type: 'run_aborted', timestamp, reason: termination });
  // This very event is the last that the record counts.
  const events = toCounted(sink.emitted() + 1, settle());
  await sink.emit({ type: 'finalize_started', timestamp, status, termination, events });
  return { status, termination };
}

/** What the record says of the events: those that were not dropped are acknowledged by the time that it is sealed. */
export function toCounted(emitted: number, dropped: number): { acknowledged: number; dropped: number } {
  return { acknowledged: emitted - dropped, dropped };
}

/** What the probes found, and a receipt for each replacement in it. */
export async function emitToolchain(
  { sink, now }: RunScope,
  toolchain: Redacted<Record<string, string>>,
): Promise<void> {
  const timestamp = toTimestamp(now());
  await sink.emit({ type: 'toolchain_probed', timestamp, toolchain: toolchain.value });
  for (const found of toolchain.found) await sink.emit(toTextReceipt(found, null, timestamp));
}

export function toFinalized({ envelope, envelopeSha256 }: Evidence, now: number): DraftOf<'run_finalized'> {
  return {
    type: 'run_finalized',
    timestamp: toTimestamp(now),
    evidence_id: envelope.evidence_id,
    head_entry_hash: envelope.integrity.head_entry_hash,
    envelope_sha256: envelopeSha256,
  };
}

export function toUnfinalized({ reason }: Unsealed, now: number): DraftOf<'finalize_failed'> {
  return { type: 'finalize_failed', timestamp: toTimestamp(now), reason };
}

function toTermination(stop: AbortSignal): RunTermination {
  if (!stop.aborted) return 'finished';
  return stop.reason === 'run_timeout' ? 'timed_out' : 'cancelled';
}

/** The receipt of a replacement in a recorded text. @param artifactId the artifact that `path` points into; null: the envelope */
export function toTextReceipt({ path, hit }: Found, artifactId: string | null, timestamp: string): EventDraft {
  const id = `${artifactId ?? 'record'}${path}/${hit.rule_id}/${hit.match_type}`;
  const receipt = { id, path, artifact_id: artifactId, stage: 'record' as const, timestamp, ...hit };
  return { type: 'redaction_applied', timestamp, step_id: null, receipt };
}

/** The receipt of a replacement in an artifact's bytes. */
export function toArtifactReceipt(artifact: Artifact, hit: Hit, timestamp: string): EventDraft {
  const id = `${artifact.id}/${hit.rule_id}/${hit.match_type}`;
  return {
    type: 'redaction_applied',
    timestamp,
    step_id: null,
    receipt: { id, path: artifact.name, artifact_id: artifact.id, stage: 'artifact', timestamp, ...hit },
  };
}
