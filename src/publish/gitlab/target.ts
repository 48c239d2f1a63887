/** What a job's page and status go to, as the job's predefined variables say it (docs.gitlab.com). */
export type GitlabTarget = {
  /** CI_API_V4_URL. */
  apiUrl: string;
  /** Where the pipeline runs; the status goes there. */
  projectId: string;
  /** The pipeline's commit: of merged results and merge trains that is the merge. */
  sha: string;
  pipelineId: string | undefined;
  ref: string | undefined;
  jobUrl: string | undefined;
  /** Where the note goes: for a fork's merge request that is another project than the pipeline's. */
  mergeRequest: { project: string; iid: number } | undefined;
  /** The pipeline runs in the fork that the merge request comes from, with the fork's variables. */
  isOfFork: boolean;
  /** Why there is no merge request to write to, when there is none. */
  without: string;
};

/**
 * Reads the target from a job's environment; undefined outside of GitLab. In a merge request's pipeline, also of merged
 * results, a merge train or a child pipeline of these, the merge request is named; in a branch's pipeline the first open
 * one of that branch is taken (CI_OPEN_MERGE_REQUESTS).
 */
export function parseGitlabTarget(env: Record<string, string>): GitlabTarget | undefined {
  const { CI_API_V4_URL: apiUrl, CI_PROJECT_ID: projectId, CI_COMMIT_SHA: sha } = env;
  if (apiUrl === undefined || projectId === undefined || !isId(projectId)) return undefined;
  if (sha === undefined || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha)) return undefined;
  return {
    apiUrl,
    projectId,
    sha,
    pipelineId: toId(env['CI_PIPELINE_ID']),
    ref: env['CI_COMMIT_REF_NAME'] || undefined,
    jobUrl: env['CI_JOB_URL'] || undefined,
    mergeRequest: toMergeRequest(env),
    isOfFork: (toId(env['CI_MERGE_REQUEST_PROJECT_ID']) ?? projectId) !== projectId,
    without: toReason(env),
  };
}

function toMergeRequest(env: Record<string, string>): GitlabTarget['mergeRequest'] {
  const iid = toId(env['CI_MERGE_REQUEST_IID']);
  const project = toId(env['CI_MERGE_REQUEST_PROJECT_ID']) ?? toId(env['CI_PROJECT_ID']);
  if (iid !== undefined && project !== undefined) return { project, iid: Number(iid) };
  const open = /^([^\s,!]{1,500})!(\d{1,9})(?:,|$)/.exec(env['CI_OPEN_MERGE_REQUESTS'] ?? '');
  const [, path, number] = open ?? [];
  return path === undefined || number === undefined ? undefined : { project: path, iid: Number(number) };
}

function toReason({ CI_PIPELINE_SOURCE: source, CI_COMMIT_TAG: tag }: Record<string, string>): string {
  if (tag) return 'the pipeline is a tag’s';
  if (source === 'schedule') return 'the pipeline is scheduled';
  if (source === 'pipeline') return 'the pipeline was started by another project';
  return 'the branch has no open merge request';
}

function toId(text: string | undefined): string | undefined {
  return text !== undefined && isId(text) ? text : undefined;
}

function isId(text: string): boolean {
  return /^\d{1,15}$/.test(text) && Number(text) > 0;
}
