import type { CiContext, Identities, Intent } from '../schema/context.ts';
import type { GithubEvent } from './github-event.ts';
import { parseCount, parseId, parseSha, parseText } from './parse-values.ts';
import { parseMatrix } from './matrix.ts';
import { toBareUrl } from './remote-url.ts';
import { type Claimed, toSubject } from './subject.ts';
import { type Surroundings, toRunnerContext } from './surroundings.ts';

const TRIGGERS = new Map<string, Intent['trigger']>([
  ['push', 'push'],
  ['pull_request', 'pull_request'],
  ['pull_request_target', 'pull_request'],
  ['pull_request_review', 'pull_request'],
  ['pull_request_review_comment', 'pull_request'],
  ['merge_group', 'merge_queue'],
  ['schedule', 'schedule'],
  ['workflow_dispatch', 'manual'],
  ['repository_dispatch', 'api'],
  ['release', 'release'],
  ['workflow_run', 'upstream'],
]);

/**
 * The context of a GitHub Actions job, from the variables that the runner sets and the event's payload. Works for
 * GitHub Enterprise Server and ghe.com: every URL begins with GITHUB_SERVER_URL.
 * Source: docs.github.com, "Variables reference" and "Events that trigger workflows".
 */
export function toGithubContext(surroundings: Surroundings, event: GithubEvent): CiContext {
  const { env, host, git } = surroundings;
  const image = [parseText(env['ImageOS']), parseText(env['ImageVersion'])].filter((part) => part !== null);
  return {
    identities: toIdentities(env),
    intent: {
      trigger: TRIGGERS.get(env['GITHUB_EVENT_NAME'] ?? '') ?? 'other',
      event: parseText(env['GITHUB_EVENT_NAME']) ?? 'unknown',
      actor: parseText(env['GITHUB_ACTOR']),
      // No event says when it was asked for: the times in it are those of the commit, the branch or the pull request.
      requested_at: null,
    },
    subject: toSubject(toClaimed(env, event), git),
    runner_context: toRunnerContext(host, {
      runner_type: 'ci',
      image: image.length === 0 ? null : image.join(' '),
      runner_name: parseText(env['RUNNER_NAME']),
      self_hosted: toSelfHosted(env['RUNNER_ENVIRONMENT']),
    }),
  };
}

function toIdentities(env: Record<string, string>): Identities {
  const actor = parseText(env['GITHUB_ACTOR']);
  const workflow = parseText(env['GITHUB_WORKFLOW_REF']) ?? parseText(env['GITHUB_REPOSITORY']) ?? 'unknown';
  const name = parseText(env['GITHUB_WORKFLOW']);
  return {
    producer: {
      type: 'workflow',
      id: `${workflow}#${parseText(env['GITHUB_JOB']) ?? 'unknown'}`,
      ...(name === null ? {} : { name }),
    },
    subject: {
      type: 'user',
      // Logins change hands; ids do not.
      id: parseId(env['GITHUB_ACTOR_ID']) ?? actor ?? 'unknown',
      ...(actor === null ? {} : { name: actor }),
    },
  };
}

function toClaimed(env: Record<string, string>, event: GithubEvent): Claimed {
  const ref = parseText(env['GITHUB_REF']);
  const name = parseText(env['GITHUB_REPOSITORY']);
  const server = toBareUrl(env['GITHUB_SERVER_URL']);
  const sha = parseSha(env['GITHUB_SHA']);
  const pullMerge = /^refs\/pull\/(\d+)\/merge$/.exec(ref ?? '');
  return {
    source: 'github',
    repo: { url: toRepoUrl(server, name), name, provider: 'github' },
    sha,
    ref,
    branch: toBranch(env, ref),
    tag: env['GITHUB_REF_TYPE'] === 'tag' ? parseText(env['GITHUB_REF_NAME']) : null,
    headSha: event.headSha,
    baseSha: event.baseSha,
    // On pull_request GITHUB_SHA is the merge that GitHub made; on pull_request_target it is a commit of the base.
    mergeSha: pullMerge === null ? event.mergeCommitSha : sha,
    meta: toMembers(env, event, parseCount(pullMerge?.[1])),
  };
}

function toBranch(env: Record<string, string>, ref: string | null): string | null {
  const head = parseText(env['GITHUB_HEAD_REF']);
  return head ?? (ref?.startsWith('refs/heads/') === true ? ref.slice('refs/heads/'.length) : null);
}

function toMembers(env: Record<string, string>, event: GithubEvent, prNumber: number | null): Claimed['meta'] {
  const checkRunId = parseId(env['QUODERAT_CHECK_RUN_ID']);
  return {
    project_path: parseText(env['GITHUB_REPOSITORY']),
    repository_id: parseId(env['GITHUB_REPOSITORY_ID']),
    repository_owner_id: parseId(env['GITHUB_REPOSITORY_OWNER_ID']),
    server_url: toBareUrl(env['GITHUB_SERVER_URL']),
    run_url: toRunUrl(env),
    run_id: parseId(env['GITHUB_RUN_ID']),
    run_number: parseCount(env['GITHUB_RUN_NUMBER']),
    run_attempt: parseCount(env['GITHUB_RUN_ATTEMPT']),
    workflow: parseText(env['GITHUB_WORKFLOW']),
    workflow_ref: parseText(env['GITHUB_WORKFLOW_REF']),
    workflow_sha: parseSha(env['GITHUB_WORKFLOW_SHA']),
    job: parseText(env['GITHUB_JOB']),
    job_id: checkRunId,
    check_run_id: checkRunId,
    matrix: parseMatrix(env['QUODERAT_MATRIX']),
    job_total: parseCount(env['QUODERAT_JOB_TOTAL']),
    event_name: parseText(env['GITHUB_EVENT_NAME']),
    event_action: event.action,
    actor_id: parseId(env['GITHUB_ACTOR_ID']),
    triggering_actor: parseText(env['GITHUB_TRIGGERING_ACTOR']),
    ref: parseText(env['GITHUB_REF']),
    head_ref: parseText(env['GITHUB_HEAD_REF']),
    base_ref: parseText(env['GITHUB_BASE_REF']),
    pr_number: event.prNumber ?? prNumber,
    pr_from_fork: event.prFromFork,
    pr_author: event.prAuthor,
    merge_group_head_ref: event.mergeGroupHeadRef,
    before_sha: event.beforeSha,
    after_sha: event.afterSha,
    schedule: event.schedule,
    release_tag: event.releaseTag,
    upstream_run_id: event.upstream.runId,
    upstream_run_attempt: event.upstream.runAttempt,
    upstream_head_sha: event.upstream.headSha,
    upstream_event: event.upstream.event,
    // nektos/act runs workflows on a laptop with made-up ids.
    emulated: env['ACT'] === 'true' ? true : null,
  };
}

function toRepoUrl(server: string | null, name: string | null): string | null {
  return server === null || name === null ? null : toBareUrl(`${server}/${name}`);
}

function toRunUrl(env: Record<string, string>): string | null {
  const repo = toRepoUrl(toBareUrl(env['GITHUB_SERVER_URL']), parseText(env['GITHUB_REPOSITORY']));
  const run = parseId(env['GITHUB_RUN_ID']);
  const attempt = parseCount(env['GITHUB_RUN_ATTEMPT']);
  if (repo === null || run === null) return null;
  return `${repo}/actions/runs/${run}${attempt === null ? '' : `/attempts/${attempt}`}`;
}

function toSelfHosted(environment: string | undefined): boolean | null {
  if (environment === 'self-hosted') return true;
  return environment === 'github-hosted' ? false : null;
}
