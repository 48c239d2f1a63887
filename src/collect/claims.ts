import type { Claims } from '../schema/envelope.ts';
import type { RunRecord } from '../schema/record.ts';
import { neverClaimed } from '../seal/claims.ts';

/**
 * What a collection can and cannot show, in the codes of docs/envelope.md. It ran nothing, so it claims nothing about
 * exit codes and redaction: what the members claim stands in the members.
 * @param signed whether a key will sign the seal
 */
export function toCollectionClaims({ subject }: RunRecord, signed: boolean): Claims {
  return {
    mechanical: [
      'every_step_listed',
      'artifacts_by_sha256',
      'sealed_by_hash_chain',
      ...(signed ? ['signed_by_key'] : []),
    ],
    no_claims: [
      ...neverClaimed,
      'sealed_inside_job',
      ...(signed ? [] : ['unsigned']),
      'runner_context_self_reported',
      subject.git === null ? 'not_bound_to_commit' : 'work_tree_may_differ_from_commit',
    ],
  };
}
