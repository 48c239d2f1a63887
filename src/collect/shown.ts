import { limits } from '../lib/limits.ts';
import { type Envelope, type Integrity, envelope as envelopeSchema, type SealedMembers } from '../schema/envelope.ts';
import { toShort } from './leg.ts';

/**
 * A member as a page shows it: all of it when it is small and of a version that is known, else what a headline and a
 * list of steps need. The member itself lies in the store.
 */
export function toShownEnvelope(value: SealedMembers, integrity: Integrity, sizeBytes: number): Envelope {
  const whole = sizeBytes <= limits.memberShownBytes ? envelopeSchema.safeParse(value).data : undefined;
  return whole ?? toSlimEnvelope({ ...value, integrity });
}

/** Its answers without what they rest on. */
export function toSlimEnvelope(envelope: Envelope): Envelope {
  const { schema_version, evidence_id, run_id, generated_at, sealed_at, producer, identities, intent } = envelope;
  const { subject, plan, runner_context, execution, events, claims, integrity } = envelope;
  return {
    schema_version,
    evidence_id,
    run_id,
    generated_at,
    sealed_at,
    producer,
    identities,
    intent,
    subject,
    plan,
    runner_context,
    execution: { ...execution, steps: execution.steps.map(toSlimStep) },
    artifacts: [],
    observations: [],
    gates: [],
    redactions: [],
    events,
    claims,
    integrity: { ...integrity, hash_chain: integrity.hash_chain.slice(-1) },
  };
}

function toSlimStep(step: Envelope['execution']['steps'][number]): Envelope['execution']['steps'][number] {
  const { cause } = step;
  return {
    ...step,
    name: toShort(step.name),
    ...(cause && { cause: { code: cause.code, message: toShort(cause.message) } }),
    ...(step.skipped_reason !== undefined && { skipped_reason: toShort(step.skipped_reason) }),
    needs: [],
    attempts: [],
    command: null,
    env_names: [],
    report_artifact_ids: [],
    output_artifact_ids: [],
    warnings: [],
  };
}
