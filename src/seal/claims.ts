import type { Claims } from '../schema/envelope.ts';
import type { RunRecord } from '../schema/record.ts';

/** True of every record. docs/envelope.md explains each code; a test holds the two together. */
const ALWAYS_MECHANICAL = [
  'every_step_listed',
  'exit_codes_as_returned',
  'artifacts_by_sha256',
  'redacted_before_hashing',
  'sealed_by_hash_chain',
] as const;

/** What no record of any kind shows. */
export const neverClaimed = [
  'sandbox',
  'network_blocked',
  'secret_free',
  'deterministic',
  'tests_sufficient',
  'forgeable_by_job',
  'time_self_reported',
] as const;

/**
 * What this record can and cannot show, as codes.
 * @param signed whether a key will sign the seal
 */
export function toClaims(record: RunRecord, component: 'server' | 'embedded', signed: boolean): Claims {
  const { plan, runner_context: runner, subject } = record;
  const isVerified = runner.basis === 'oidc_verified';
  const isPlanEnforced = plan.expected_plan_hash !== undefined && plan.expected_plan_hash === plan.plan_hash;
  return {
    mechanical: [
      ...ALWAYS_MECHANICAL,
      ...when(isPlanEnforced, 'plan_hash_enforced'),
      ...when(component === 'server', 'sealed_apart_from_job'),
      ...when(signed, 'signed_by_key'),
      ...when(isVerified, 'runner_identity_verified'),
    ],
    no_claims: [
      ...neverClaimed,
      ...when(component === 'embedded', 'sealed_inside_job'),
      ...when(!signed, 'unsigned'),
      ...when(!isVerified, 'runner_context_self_reported'),
      ...when(subject.git === null, 'not_bound_to_commit'),
      ...when(subject.git !== null && subject.git.dirty !== false, 'work_tree_may_differ_from_commit'),
      ...when(record.execution.termination === 'process_lost', 'end_of_run_unseen'),
      ...when(isOutputPartial(record), 'output_partial'),
    ],
  };
}

function when(applies: boolean, code: string): string[] {
  return applies ? [code] : [];
}

function isOutputPartial({ execution, artifacts, events }: RunRecord): boolean {
  return (
    artifacts.some(({ truncated }) => truncated) ||
    execution.steps.some(({ attempts }) => attempts.some(({ output_complete }) => !output_complete)) ||
    events.dropped > 0
  );
}
