import type { GitlabApi } from './api.ts';

/** What GitLab calls the outcome of a commit status (docs.gitlab.com, "Commits API"). */
export type StatusState = 'pending' | 'running' | 'success' | 'failed' | 'canceled';

export type CommitStatus = {
  projectId: string;
  /** The pipeline's commit; the status joins that pipeline. */
  sha: string;
  pipelineId: string | undefined;
  ref: string | undefined;
  /** Tells this status from others on the commit. */
  name: string;
  state: StatusState;
  /** Cut at GitLab's 255 characters. */
  description: string;
  targetUrl: string | undefined;
  coveragePercent: number | undefined;
};

/** Sets the status of a commit. Setting it again under the same name replaces it. @throws GitlabError */
export async function setCommitStatus(api: GitlabApi, status: CommitStatus): Promise<void> {
  const { projectId, sha, pipelineId, ref, name, state, description, targetUrl, coveragePercent } = status;
  await api.ask('POST', `projects/${encodeURIComponent(projectId)}/statuses/${encodeURIComponent(sha)}`, {
    isRepeatable: true,
    body: {
      state,
      name: Array.from(name).slice(0, 200).join(''),
      description: Array.from(description).slice(0, 250).join(''),
      ...(pipelineId !== undefined && { pipeline_id: Number(pipelineId) }),
      ...(ref !== undefined && { ref }),
      ...(targetUrl !== undefined && { target_url: targetUrl }),
      ...(coveragePercent !== undefined && { coverage: coveragePercent }),
    },
  });
}
