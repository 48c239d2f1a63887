import * as z from 'zod';
import { count, gitObjectId, timestamp } from './primitives.ts';

/** Who or what, and how that is known. */
export const identity = z.strictObject({
  type: z.enum(['workflow', 'job', 'user', 'host', 'server']),
  id: z.string(),
  name: z.string().optional(),
});

export const identities = z.strictObject({
  /** Who made the evidence: the workflow or job, or the user on a laptop. */
  producer: identity,
  /** Whom it is about: the person or account whose change or request was run. */
  subject: identity,
  viewer: identity.optional(),
});
export type Identities = z.infer<typeof identities>;

export const intent = z.strictObject({
  /** Closed set, the same words on every forge. */
  trigger: z.enum(['push', 'pull_request', 'merge_queue', 'schedule', 'manual', 'api', 'release', 'upstream', 'other']),
  /** The forge's own word (GITHUB_EVENT_NAME, CI_PIPELINE_SOURCE). */
  event: z.string(),
  actor: z.string().nullable(),
  requested_at: timestamp.nullable(),
});
export type Intent = z.infer<typeof intent>;

export const gitSubject = z.strictObject({
  /** The commit that was checked out and tested. */
  commit_sha: gitObjectId,
  ref: z.string().nullable(),
  branch: z.string().nullable(),
  tag: z.string().nullable(),
  /** Head and base of a pull or merge request, and the merge of the two, where there are such. */
  head_sha: gitObjectId.nullable(),
  base_sha: gitObjectId.nullable(),
  merge_sha: gitObjectId.nullable(),
  tree_sha: gitObjectId.nullable(),
  /** true: the work tree differed from commit_sha when the run began; null: not known. */
  dirty: z.boolean().nullable(),
});

export const subject = z.strictObject({
  kind: z.enum(['git_commit', 'workspace']),
  /** git.commit_sha, or null for a workspace that is no git checkout. */
  id: gitObjectId.nullable(),
  source: z.enum(['github', 'gitlab', 'local']),
  repo: z.strictObject({ url: z.string().nullable(), name: z.string().nullable(), provider: z.string().nullable() }),
  git: gitSubject.nullable(),
  /** What the forge says of the pipeline: project_path, pipeline_id, job_id, run_id, run_attempt, pr_number ... */
  meta: z.record(z.string(), z.union([z.string(), z.int(), z.boolean(), z.record(z.string(), z.string())])),
});
export type Subject = z.infer<typeof subject>;

export const runnerContext = z.strictObject({
  runner_type: z.enum(['ci', 'local', 'worker']),
  os: z.string(),
  arch: z.string(),
  /** Tool name to version, as each tool printed it: node_version, npm_version, python_version, git_version ... */
  toolchain: z.record(z.string(), z.string()),
  os_release: z.string().nullable(),
  /** The runner image's name and version, where the platform tells. */
  image: z.string().nullable(),
  cpu_count: count.nullable(),
  memory_bytes: count.nullable(),
  runner_name: z.string().nullable(),
  self_hosted: z.boolean().nullable(),
  basis: z.enum(['runner_asserted', 'oidc_verified']),
  verified_claims: z.record(z.string(), z.string()).optional(),
});
export type RunnerContext = z.infer<typeof runnerContext>;

/** All that is known about who, where and on what, before the first step runs. */
export const ciContext = z.strictObject({ identities, intent, subject, runner_context: runnerContext });
export type CiContext = z.infer<typeof ciContext>;
