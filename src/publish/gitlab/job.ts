import { sha256 } from '../../lib/hash.ts';

/** The job that this is, as its predefined variables say it (docs.gitlab.com), for the leg that it is in a note. */
export type GitlabJob = {
  /** Pipelines can be put in order within it: their numbers count in a project, and children have numbers of their own. */
  lineage: string;
  /** The whole name, which a job has alone in its pipeline: `test: [mysql]`, `test 1/3`. */
  name: string;
  /** What the legs of one job share: `test`. */
  group: string;
  /** The leg: `mysql`, `1/3`; empty where there is one only. */
  label: string;
  total: number;
  /** Orders pipelines; 0 where GitLab does not say. */
  pipelineNumber: number;
  pipelineId: string;
  /** Orders the tries of a job: GitLab counts none, and who is tried again is a new job. */
  jobId: number;
  /** http or https, without a slash at its end. */
  projectUrl: string | undefined;
};

/** GitLab makes no more of one job. */
const MOST_LEGS = 1000;

export function toGitlabJob(env: Record<string, string>): GitlabJob {
  const name = env['CI_JOB_NAME'] || 'job';
  const total = toCount(env['CI_NODE_TOTAL']) || 1;
  const { group, label } = toLeg(name, total, env['CI_JOB_GROUP_NAME']);
  const url = env['CI_PROJECT_URL'] ?? '';
  return {
    ...toPipeline(env),
    name,
    group,
    label,
    total: total <= MOST_LEGS ? total : 1,
    jobId: toCount(env['CI_JOB_ID']),
    projectUrl: /^https?:\/\/[^\s"'<>]{1,1000}$/.test(url) ? url.replace(/\/+$/, '') : undefined,
  };
}

/** The same leg in each pipeline and try. */
export function toLegKey({ name }: GitlabJob, manifestPath: string): string {
  return sha256(JSON.stringify([name, manifestPath])).slice(0, 12);
}

/**
 * Children of one parent count as one pipeline, the parent's, where GitLab names it (18.9); before that each job of a
 * child has a note of its own, in which its own pipelines can be put in order.
 */
function toPipeline(env: Record<string, string>): Pick<GitlabJob, 'lineage' | 'pipelineNumber' | 'pipelineId'> {
  const base = `${env['CI_PROJECT_PATH'] ?? ''}//${env['CI_CONFIG_PATH'] || '.gitlab-ci.yml'}`;
  const own = { pipelineNumber: toCount(env['CI_PIPELINE_IID']), pipelineId: toDigits(env['CI_PIPELINE_ID']) };
  if (env['CI_PIPELINE_SOURCE'] !== 'parent_pipeline') return { lineage: base, ...own };
  const parent = toDigits(env['CI_UPSTREAM_PIPELINE_ID']);
  if (parent === '') return { lineage: `${base}#child:${env['CI_JOB_NAME'] ?? ''}`, ...own };
  return { lineage: `${base}#children`, pipelineNumber: toCount(parent), pipelineId: parent };
}

/** CI_JOB_GROUP_NAME is there from GitLab 17.10; before that only the name tells. */
function toLeg(name: string, total: number, given: string | undefined): Pick<GitlabJob, 'group' | 'label'> {
  const [, head, values, part] = /^(.*?)(?:: \[([^[\]]*)\]| (\d+\/\d+))$/.exec(name) ?? [];
  const isGiven = given !== undefined && given !== '' && given !== name && name.startsWith(given);
  if (isGiven) return { group: given, label: values ?? part ?? name.slice(given.length).trim() };
  if (total <= 1 || head === undefined || head === '') return { group: name, label: '' };
  return { group: head, label: values ?? part ?? '' };
}

function toCount(text: string | undefined): number {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0;
}

function toDigits(text: string | undefined): string {
  return /^\d{1,15}$/.exec(text ?? '')?.[0] ?? '';
}
