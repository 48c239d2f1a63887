import type { ArtifactStore, Captured } from './execution/artifacts.ts';
import { toCanonicalJson } from './lib/canonical.ts';
import { toTimestamp } from './lib/clock.ts';
import { redactJson } from './redaction/json.ts';
import { type RunScope, toArtifactReceipt, toTextReceipt } from './run-events.ts';
import type { EventDraft } from './schema/event.ts';
import type { Observation } from './schema/record.ts';
import type { WorktreeUnknown } from './schema/worktree.ts';
import { toDiffSummary, toDiffValue } from './worktree/diff-value.ts';
import { toMaterialsSummary, toMaterialsValue } from './worktree/materials.ts';
import type { WorktreeWatch } from './worktree/watch.ts';

const DIFF = 'diff';
const MATERIALS = 'materials';

/** Rises with every change of what is told of the same work tree. */
const PARSER = { name: 'quoderat/worktree', version: '1.0.0' };

/** Records the lockfiles and manifests that the run was made from; nothing where there are none, or no checkout. */
export async function emitMaterials(scope: RunScope, store: ArtifactStore, watch: WorktreeWatch): Promise<void> {
  const answer = await watch.materials();
  if (!answer.ok || answer.value.materials.length === 0) return;
  const listed = redactJson(answer.value.materials, scope.redactor);
  const captured = await store.captureBytes({
    id: MATERIALS,
    kind: 'materials',
    name: 'materials.json',
    mediaType: 'application/json',
    stepId: null,
    bytes: Buffer.from(toCanonicalJson(listed.value)),
    redactor: null,
  });
  const timestamp = await emitCaptured(scope, captured);
  for (const found of listed.found) await scope.sink.emit(toTextReceipt(found, MATERIALS, timestamp));
  const value = toMaterialsValue({ ...answer.value, materials: listed.value });
  await emitObservation(scope, { id: MATERIALS, summary: toMaterialsSummary(value), value, basis: [MATERIALS] });
}

/** Records what became of the work tree, or why that is not known. To be called when no step runs any more. */
export async function emitDiff(scope: RunScope, store: ArtifactStore, watch: WorktreeWatch): Promise<void> {
  const answer = await watch.changes();
  if (!answer.ok) {
    await scope.sink.emit(toUnknownDiff(answer.reason, scope.now()));
    return;
  }
  const { diff } = answer.value;
  const captured = await store.captureBytes({
    id: DIFF,
    kind: 'diff',
    name: 'changes.diff',
    mediaType: 'text/x-diff',
    stepId: null,
    bytes: diff.bytes,
    redactor: scope.redactor,
  });
  const truncated = captured.artifact.truncated || diff.leftOut > 0;
  const timestamp = await emitCaptured(scope, { ...captured, artifact: { ...captured.artifact, truncated } });
  const value = toDiffValue(answer.value);
  const redacted = redactJson(value, scope.redactor, `/observations/${DIFF}/value`);
  for (const found of redacted.found) await scope.sink.emit(toTextReceipt(found, null, timestamp));
  await emitObservation(scope, { id: DIFF, summary: toDiffSummary(value), value: redacted.value, basis: [DIFF] });
}

/** The remark that nothing is known of changes. @param now milliseconds since the epoch */
export function toUnknownDiff(reason: WorktreeUnknown['reason'], now: number): EventDraft {
  const value: WorktreeUnknown = { outcome: 'unknown', reason };
  const summary = `what changed in the work tree is not known: ${REASONS[reason]}`;
  return toObservationEvent({ id: DIFF, summary, value, basis: [] }, now);
}

const REASONS: Record<WorktreeUnknown['reason'], string> = {
  git_not_found: 'git is not on PATH',
  not_a_checkout: 'the workspace is no checkout that git would read',
  no_commit: 'the checkout has no commit yet',
  odd_filter: 'git has a filter by a name under which it cannot be kept from running',
  git_failed: 'git could not read the checkout',
  no_room: 'there was no temporary folder to compare in',
  timed_out: 'comparing took too long',
  cancelled: 'the run was cancelled',
  process_lost: 'the process was lost before it could compare',
};

/** The artifact and the receipts of what was taken out of it. */
async function emitCaptured({ sink, now }: RunScope, { artifact, receipts }: Captured): Promise<string> {
  const timestamp = toTimestamp(now());
  await sink.emit({ type: 'artifact_captured', timestamp, step_id: null, artifact });
  for (const hit of receipts) await sink.emit(toArtifactReceipt(artifact, hit, timestamp));
  return timestamp;
}

type Observed = { id: string; summary: string; value: Observation['value']; basis: string[] };

async function emitObservation({ sink, now }: RunScope, observed: Observed): Promise<void> {
  await sink.emit(toObservationEvent(observed, now()));
}

function toObservationEvent({ id, summary, value, basis }: Observed, now: number): EventDraft {
  return {
    type: 'observation_recorded',
    timestamp: toTimestamp(now),
    step_id: null,
    observation: {
      id,
      type: id,
      summary,
      value,
      basis_artifact_ids: basis,
      informational: basis.length === 0,
      parser: PARSER,
    },
  };
}
