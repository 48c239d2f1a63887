import type { RunnerContext } from '../../schema/context.ts';
import type { RunRecord } from '../../schema/record.ts';
import { ApiFault } from '../errors.ts';
import type { VerifiedClaims } from '../principal.ts';

/** What of a token goes into an envelope: who ran what where. Never a person's address, never `jti` or times. */
const KEPT: Record<VerifiedClaims['kind'], readonly string[]> = {
  github: (
    'iss repository repository_id repository_owner repository_owner_id repository_visibility run_id run_number run_attempt ' +
    'check_run_id workflow_ref workflow_sha job_workflow_ref job_workflow_sha ref ref_type sha head_ref base_ref event_name ' +
    'environment actor actor_id runner_environment'
  ).split(' '),
  gitlab: (
    'iss project_id project_path job_project_id job_project_path namespace_id namespace_path pipeline_id pipeline_source ' +
    'job_id ref ref_type ref_path ref_protected sha environment environment_protected user_id user_login runner_id ' +
    'runner_environment ci_config_ref_uri ci_config_sha project_visibility'
  ).split(' '),
  other: ['iss', 'sub'],
};

/**
 * The runner context with the claims that the run's OIDC token was verified to bear. The record's own description must
 * say the same wherever both speak: a token of one job under the description of another is refused, not noted, since
 * nobody could say what such an envelope is evidence of.
 * @throws ApiFault forbidden, with the claim that differs
 */
export function toVerifiedContext(record: RunRecord, oidc: VerifiedClaims | null): RunnerContext {
  const { runner_context: runner } = record;
  // A worker can assert claims, and basis, as it likes.
  const { verified_claims: _asserted, ...asserted } = runner;
  if (oidc === null) return { ...asserted, basis: 'runner_asserted' };
  const said = toAsserted(record, oidc);
  for (const [claim, value] of Object.entries(said)) {
    const verified = oidc.claims[claim];
    if (verified === undefined || value === null || [value].flat().some((each) => isSame(claim, verified, each)))
      continue;
    throw new ApiFault(
      'forbidden',
      `the run says ${JSON.stringify(value)} where its OIDC token says ${JSON.stringify(verified)} (claim ${claim}): it is not the run of that token`,
      { details: { reason: `claim_mismatch:${claim}` } },
    );
  }
  const claims = Object.fromEntries(
    KEPT[oidc.kind].flatMap((name) => {
      const value = Object.hasOwn(oidc.claims, name) ? oidc.claims[name] : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return { ...asserted, basis: 'oidc_verified', verified_claims: { ...claims, iss: oidc.issuer } };
}

/** By claim: what the record says of the same thing, or all that it may be; null where it says nothing. */
function toAsserted(
  { subject, intent, runner_context: runner }: RunRecord,
  { kind, claims }: VerifiedClaims,
): Record<string, string | string[] | null> {
  const { repo, git, meta, source } = subject;
  const text = (name: string): string | null => {
    const value = meta[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  };
  if (kind === 'other') return {};
  if (source !== kind)
    throw new ApiFault('forbidden', `the run says that it ran on ${source}, its OIDC token is of ${kind}`, {
      details: { reason: 'claim_mismatch:iss' },
    });
  // The event's commit. The checkout may be of another, and a pull request has three (docs/envelope.md, 3.3).
  const commits = [text('event_sha'), git?.commit_sha, git?.merge_sha, git?.head_sha].filter(isText);
  const sha = commits.length === 0 ? null : commits;
  // src/ci writes `unknown` where the forge said nothing.
  const event = intent.event === 'unknown' ? null : intent.event;
  if (kind === 'github')
    return {
      repository: repo.name ?? '',
      repository_id: text('repository_id'),
      run_id: text('run_id'),
      run_attempt: text('run_attempt'),
      check_run_id: text('check_run_id'),
      workflow_ref: text('workflow_ref'),
      workflow_sha: text('workflow_sha'),
      sha,
      ref: git?.ref ?? null,
      event_name: event,
      runner_environment: runner.self_hosted === null ? null : runner.self_hosted ? 'self-hosted' : 'github-hosted',
    };
  return {
    [claims['job_project_path'] === undefined ? 'project_path' : 'job_project_path']: repo.name ?? '',
    pipeline_id: text('pipeline_id'),
    job_id: text('job_id'),
    sha,
    pipeline_source: event,
  };
}

function isText(value: string | null | undefined): value is string {
  return typeof value === 'string';
}

/** Names of repositories are the same in either case on both forges; the spelling may have been changed meanwhile. */
function isSame(claim: string, one: string, other: string): boolean {
  const isName = claim === 'repository' || claim.endsWith('project_path');
  return isName ? one.toLowerCase() === other.toLowerCase() : one === other;
}
