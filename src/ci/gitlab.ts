import type { CiContext, Identities, Intent } from '../schema/context.ts';
import { parseCount, parseFlag, parseId, parseInstant, parseSha, parseText } from './parse-values.ts';
import { toBareUrl } from './remote-url.ts';
import { type Claimed, toSubject } from './subject.ts';
import { type Surroundings, toRunnerContext } from './surroundings.ts';

const TRIGGERS = new Map<string, Intent['trigger']>([
  ['push', 'push'],
  ['merge_request_event', 'pull_request'],
  ['external_pull_request_event', 'pull_request'],
  ['schedule', 'schedule'],
  ['web', 'manual'],
  ['webide', 'manual'],
  ['chat', 'manual'],
  ['trigger', 'api'],
  ['api', 'api'],
  ['pipeline', 'upstream'],
  ['parent_pipeline', 'upstream'],
]);

/**
 * The context of a GitLab job, from its predefined variables. URLs are taken as given: an instance may live under a
 * sub-path. CI_REPOSITORY_URL is never read: it carries the job's token.
 * Source: docs.gitlab.com, "Predefined CI/CD variables reference".
 */
export function toGitlabContext({ env, host, git }: Surroundings): CiContext {
  return {
    identities: toIdentities(env),
    intent: {
      trigger: toTrigger(env),
      event: parseText(env['CI_PIPELINE_SOURCE']) ?? 'unknown',
      actor: parseText(env['GITLAB_USER_LOGIN']),
      requested_at: parseInstant(env['CI_PIPELINE_CREATED_AT']),
    },
    subject: toSubject(toClaimed(env), git),
    runner_context: toRunnerContext(host, {
      runner_type: 'ci',
      image: parseText(env['CI_JOB_IMAGE']),
      runner_name: parseText(env['CI_RUNNER_DESCRIPTION']),
      // Only the OIDC claim runner_environment tells.
      self_hosted: null,
    }),
  };
}

function toTrigger(env: Record<string, string>): Intent['trigger'] {
  if (env['CI_MERGE_REQUEST_EVENT_TYPE'] === 'merge_train') return 'merge_queue';
  return TRIGGERS.get(env['CI_PIPELINE_SOURCE'] ?? '') ?? 'other';
}

function toIdentities(env: Record<string, string>): Identities {
  const job = parseText(env['CI_JOB_NAME']);
  const login = parseText(env['GITLAB_USER_LOGIN']);
  return {
    producer: {
      type: 'job',
      id: `${toConfigUri(env)}#${job ?? 'unknown'}`,
      ...(job === null ? {} : { name: job }),
    },
    subject: {
      type: 'user',
      id: parseId(env['GITLAB_USER_ID']) ?? login ?? 'unknown',
      ...(login === null ? {} : { name: login }),
    },
  };
}

/** CI_CONFIG_REF_URI exists from GitLab 18.11; before that it is put together as the OIDC claim of that name is. */
function toConfigUri(env: Record<string, string>): string {
  const given = parseText(env['CI_CONFIG_REF_URI']);
  if (given !== null) return given;
  const server = parseText(env['CI_SERVER_FQDN']) ?? parseText(env['CI_SERVER_HOST']) ?? 'unknown';
  const project = parseText(env['CI_PROJECT_PATH']) ?? 'unknown';
  return `${server}/${project}//${toConfigPath(env) ?? '.gitlab-ci.yml'}@${toRef(env) ?? 'unknown'}`;
}

/** A path in this project, `path@group/project`, or the URL of a file elsewhere. */
function toConfigPath(env: Record<string, string>): string | null {
  const config = parseText(env['CI_CONFIG_PATH']);
  return config?.includes('://') === true ? toBareUrl(config) : config;
}

/**
 * In a merge request's pipeline CI_COMMIT_SHA is its head; in a pipeline for merged results or a merge train it is the
 * merge, and only then SOURCE_BRANCH_SHA and TARGET_BRANCH_SHA have values.
 */
function toClaimed(env: Record<string, string>): Claimed {
  const sha = parseSha(env['CI_COMMIT_SHA']);
  const isMergeRequest = parseCount(env['CI_MERGE_REQUEST_IID']) !== null;
  const source = parseSha(env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA']);
  const target = parseSha(env['CI_MERGE_REQUEST_TARGET_BRANCH_SHA']);
  return {
    source: 'gitlab',
    repo: { url: toBareUrl(env['CI_PROJECT_URL']), name: parseText(env['CI_PROJECT_PATH']), provider: 'gitlab' },
    sha,
    ref: toRef(env),
    branch: parseText(env['CI_COMMIT_BRANCH']) ?? parseText(env['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME']),
    tag: parseText(env['CI_COMMIT_TAG']),
    headSha: source ?? (isMergeRequest ? sha : parseSha(env['CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA'])),
    baseSha:
      target ??
      parseSha(env['CI_MERGE_REQUEST_DIFF_BASE_SHA']) ??
      parseSha(env['CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA']),
    mergeSha: source !== null && source !== sha ? sha : null,
    meta: toMembers(env),
  };
}

function toRef(env: Record<string, string>): string | null {
  const mergeRequest = parseText(env['CI_MERGE_REQUEST_REF_PATH']);
  const tag = parseText(env['CI_COMMIT_TAG']);
  const branch = parseText(env['CI_COMMIT_BRANCH']);
  if (mergeRequest !== null) return mergeRequest;
  if (tag !== null) return `refs/tags/${tag}`;
  return branch === null ? parseText(env['CI_COMMIT_REF_NAME']) : `refs/heads/${branch}`;
}

function toMembers(env: Record<string, string>): Claimed['meta'] {
  return {
    project_path: parseText(env['CI_PROJECT_PATH']),
    project_id: parseId(env['CI_PROJECT_ID']),
    server_url: toBareUrl(env['CI_SERVER_URL']),
    server_version: parseText(env['CI_SERVER_VERSION']),
    run_url: toBareUrl(env['CI_JOB_URL']),
    ref: parseText(env['CI_COMMIT_REF_NAME']),
    ref_protected: parseFlag(env['CI_COMMIT_REF_PROTECTED']),
    before_sha: parseSha(env['CI_COMMIT_BEFORE_SHA']),
    config_path: toConfigPath(env),
    event_name: parseText(env['CI_PIPELINE_SOURCE']),
    pipeline_id: parseId(env['CI_PIPELINE_ID']),
    pipeline_iid: parseCount(env['CI_PIPELINE_IID']),
    pipeline_url: toBareUrl(env['CI_PIPELINE_URL']),
    job: parseText(env['CI_JOB_NAME']),
    job_id: parseId(env['CI_JOB_ID']),
    job_group: parseText(env['CI_JOB_GROUP_NAME']),
    job_stage: parseText(env['CI_JOB_STAGE']),
    job_started_at: parseInstant(env['CI_JOB_STARTED_AT']),
    node_index: parseCount(env['CI_NODE_INDEX']),
    node_total: parseCount(env['CI_NODE_TOTAL']),
    actor_id: parseId(env['GITLAB_USER_ID']),
    mr_iid: parseCount(env['CI_MERGE_REQUEST_IID']),
    mr_id: parseId(env['CI_MERGE_REQUEST_ID']),
    mr_event_type: parseText(env['CI_MERGE_REQUEST_EVENT_TYPE']),
    mr_project_path: parseText(env['CI_MERGE_REQUEST_PROJECT_PATH']),
    mr_source_project_id: parseId(env['CI_MERGE_REQUEST_SOURCE_PROJECT_ID']),
    mr_source_branch: parseText(env['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME']),
    mr_target_branch: parseText(env['CI_MERGE_REQUEST_TARGET_BRANCH_NAME']),
    mr_diff_base_sha: parseSha(env['CI_MERGE_REQUEST_DIFF_BASE_SHA']),
    mr_from_fork: toFromFork(env),
    external_pr_number: parseCount(env['CI_EXTERNAL_PULL_REQUEST_IID']),
    runner_id: parseId(env['CI_RUNNER_ID']),
    runner_version: parseText(env['CI_RUNNER_VERSION']),
    disposable_environment: parseFlag(env['CI_DISPOSABLE_ENVIRONMENT']),
    // gitlab-ci-local sets GITLAB_CI=false and makes up the ids.
    emulated: env['GITLAB_CI'] === 'true' ? null : true,
  };
}

function toFromFork(env: Record<string, string>): boolean | null {
  const source = parseId(env['CI_MERGE_REQUEST_SOURCE_PROJECT_ID']);
  // The pipeline of a fork's merge request runs in the fork, or in the target project when a member starts it there.
  const target = parseId(env['CI_MERGE_REQUEST_PROJECT_ID']) ?? parseId(env['CI_PROJECT_ID']);
  return source === null || target === null ? null : source !== target;
}
