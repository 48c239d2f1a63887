import type { CiContext } from '../schema/context.ts';
import { readGitState } from './git.ts';
import type { GitProgram } from './git-program.ts';
import { readGithubEvent } from './github-event.ts';
import { toGithubContext } from './github.ts';
import { toGitlabContext } from './gitlab.ts';
import { readHost } from './host.ts';
import { toLocalContext } from './local.ts';
import type { Surroundings } from './surroundings.ts';

export type DetectOptions = {
  /** The runner's environment as the entry read it. */
  env: Record<string, string>;
  /** The workspace, absolute. */
  cwd: string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Settles to null where there is no git. */
  git: Promise<GitProgram | null>;
  /** Aborted: nobody wants to know any more, and git is ended. */
  signal?: AbortSignal;
};

/**
 * Who asked for this run, what it is about, and where it runs. The toolchain is empty: probeToolchain reads it beside
 * the steps. Never rejects: what is missing or malformed is null or absent.
 */
export async function detectContext(options: DetectOptions): Promise<CiContext> {
  const { env, cwd } = options;
  const platform = toPlatform(env);
  const [git, host, event] = await Promise.all([
    readGitState(cwd, options.git, options.signal),
    readHost(env),
    platform === 'github' ? readGithubEvent(env) : null,
  ]);
  const surroundings: Surroundings = { env, git, host, now: options.now() };
  if (event !== null) return toGithubContext(surroundings, event);
  return platform === 'gitlab' ? toGitlabContext(surroundings) : toLocalContext(surroundings);
}

/**
 * GitHub's runner (and those that follow it) sets GITHUB_ACTIONS=true, GitLab's GITLAB_CI=true. gitlab-ci-local sets
 * GITLAB_CI=false: a job is recognised by its two ids as well, and subject.meta.emulated says so.
 */
export function toPlatform(env: Record<string, string>): 'github' | 'gitlab' | 'local' {
  if (env['GITHUB_ACTIONS'] === 'true') return 'github';
  const isGitlab = env['GITLAB_CI'] === 'true' || (Boolean(env['CI_PIPELINE_ID']) && Boolean(env['CI_JOB_ID']));
  return isGitlab ? 'gitlab' : 'local';
}
