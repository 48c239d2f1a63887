import * as z from 'zod';
import type { GithubApi } from './api.ts';

/** The run that a `workflow_run` event is about, as GitHub itself tells it. Branch names are the contributor's choice. */
export type UpstreamRun = {
  id: string;
  attempt: number;
  /** Which run of its workflow it is. */
  number: number;
  /** Path of its workflow's file. */
  workflow: string | null;
  /** Its workflow's name. Not the run's own, which `run-name` in a pull request's copy of the file makes what it likes. */
  workflowName: string | null;
  headSha: string;
  headBranch: string | null;
  /** The repository that the head is in; null when the fork was deleted. */
  headRepository: { id: number; owner: string } | null;
  /** `owner/name`: in which it ran. */
  repository: string;
  /** What triggered it: `pull_request`, `push` ... */
  event: string;
  conclusion: string | null;
  url: string | null;
};

const name = z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/);

const payload = z.object({
  workflow_run: z.object({
    id: z.int().positive(),
    run_attempt: z.int().positive(),
    run_number: z.int().positive(),
    path: z.string().max(600).nullish(),
    head_sha: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
    head_branch: z.string().max(1000).nullish(),
    head_repository: z.object({ id: z.int(), owner: z.object({ login: z.string().max(100) }) }).nullish(),
    repository: z.object({ full_name: name }),
    event: z.string().max(100),
    conclusion: z.string().max(100).nullish(),
    html_url: z.url({ protocol: /^https?$/ }).nullish(),
  }),
  workflow: z.object({ name: z.string().max(1000) }).nullish(),
});

/** The event's payload; null when it is no `workflow_run` event's. */
export function parseUpstreamRun(json: unknown): UpstreamRun | null {
  const parsed = payload.safeParse(json);
  if (!parsed.success) return null;
  const { workflow_run: run, workflow } = parsed.data;
  const { head_repository: head } = run;
  return {
    id: String(run.id),
    attempt: run.run_attempt,
    number: run.run_number,
    // `.github/workflows/ci.yml`, of a required workflow with `@refs/heads/main` behind it.
    workflow: run.path?.split('@')[0] || null,
    workflowName: workflow?.name || null,
    headSha: run.head_sha,
    headBranch: run.head_branch ?? null,
    headRepository: head ? { id: head.id, owner: head.owner.login } : null,
    repository: run.repository.full_name,
    event: run.event,
    conclusion: run.conclusion ?? null,
    url: run.html_url ?? null,
  };
}

type Api = Pick<GithubApi, 'ask' | 'pages'>;

/** The attempt that the run is in by now: when it is a later one, its own event will be reported. @throws PublishError */
export async function readNewestAttempt(api: Api, { repository, id }: UpstreamRun): Promise<number> {
  const path = `/repos/${repository}/actions/runs/${id}`;
  const answer = z.object({ run_attempt: z.int().positive().nullish() });
  return (await api.ask({ method: 'GET', path, what: `show run ${id}` }, answer)).run_attempt ?? 1;
}

const pulls = z.array(
  z.object({
    number: z.int().positive(),
    state: z.string(),
    head: z.object({ sha: z.string(), repo: z.object({ id: z.int() }).nullish() }),
  }),
);

/**
 * The open pull requests whose head is this very commit in this very repository. The event names none when the head
 * is in a fork.
 * @throws PublishError
 */
export async function findPullRequests(api: Api, run: UpstreamRun): Promise<number[]> {
  const { headRepository, headBranch, repository, headSha } = run;
  if (headRepository === null || headBranch === null) return [];
  const head = encodeURIComponent(`${headRepository.owner}:${headBranch}`);
  const path = `/repos/${repository}/pulls?state=open&head=${head}`;
  const found: number[] = [];
  for await (const page of api.pages({ method: 'GET', path, what: 'list the pull requests' }, pulls)) {
    for (const pull of page) {
      const isHead = pull.head.sha === headSha && pull.head.repo?.id === headRepository.id;
      if (isHead && pull.state === 'open') found.push(pull.number);
    }
  }
  return found;
}
