import { sha256 } from '../../lib/hash.ts';
import type { GitlabApi } from './api.ts';

/** What GitLab calls the outcome of a commit status (docs.gitlab.com, "Commits API"). */
export type StatusState = 'pending' | 'running' | 'success' | 'failed' | 'canceled';

export type CommitStatus = {
  projectId: string;
  /** The pipeline's commit; the status joins that pipeline. */
  sha: string;
  pipelineId: string | undefined;
  /**
   * Told only where no pipeline is known: GitLab looks for a pipeline with both, and that of a merge request has another
   * ref (refs/merge-requests/7/head) than CI_COMMIT_REF_NAME says (app/services/ci/create_commit_status_service.rb).
   */
  ref: string | undefined;
  /** Tells this status from others on the commit; a long one is cut, and still told from others that begin as it does. */
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
      name: toFitName(name),
      description: Array.from(description).slice(0, 250).join(''),
      ...(pipelineId !== undefined && { pipeline_id: Number(pipelineId) }),
      ...(pipelineId === undefined && ref !== undefined && { ref }),
      ...(targetUrl !== undefined && isAddress(targetUrl) && { target_url: targetUrl }),
      ...(coveragePercent !== undefined && { coverage: coveragePercent }),
    },
  });
}

/** In GitLab's 255 characters. */
function toFitName(name: string): string {
  const characters = Array.from(name);
  return characters.length <= 200 ? name : `${characters.slice(0, 190).join('')}… ${sha256(name).slice(0, 8)}`;
}

/** GitLab refuses a status with any other. */
function isAddress(url: string): boolean {
  return /^https?:\/\//.test(url) && url.length <= 255;
}
