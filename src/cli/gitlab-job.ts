import { resolve } from 'node:path';
import { toMessage } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import { toInertLine } from '../render/inert.ts';
import { type JobReport, reportJobToGitlab } from '../report-to-gitlab.ts';
import { toShownSigning } from '../shown-signing.ts';
import type { Signing } from '../sign-evidence.ts';
import type { ForgePlan } from './forge-flags.ts';
import type { Io } from './io.ts';

type Subject = Pick<JobReport, 'evidence' | 'gathered' | 'comparison'> & {
  /** Where the steps ran; undefined: in the folder that the component's variable names. */
  workspace?: string;
  signing?: Signing;
};

/**
 * Shows a GitLab job's evidence where GitLab shows things. What goes wrong is told on stderr and has no say in the exit
 * code. A cancellation leaves little time; one that comes meanwhile ends it.
 */
export async function publishToGitlab(
  { workspace, signing, ...subject }: Subject,
  { modes }: ForgePlan,
  { io, signal }: { io: Pick<Io, 'env' | 'cwd' | 'stderr'>; signal: AbortSignal },
): Promise<void> {
  const { env, cwd, stderr } = io;
  const reports = env['QUODERAT_GITLAB_REPORTS'];
  const shown = toShownSigning(signing);
  try {
    const told = await reportJobToGitlab({
      ...subject,
      env,
      reportsDir: reports ? resolve(cwd, reports) : undefined,
      workspace: workspace ?? resolve(cwd, env['CI_PROJECT_DIR'] ?? '.', env['QUODERAT_WORKING_DIRECTORY'] ?? '.'),
      modes,
      token: env['QUODERAT_GITLAB_TOKEN'],
      giveUp: signal.aborted ? AbortSignal.timeout(limits.forgeCancelMs) : signal,
      ...(shown && { signing: shown }),
    });
    for (const sentence of told) stderr.write(`quoderat: ${toInertLine(sentence)}\n`);
  } catch (error) {
    stderr.write(`quoderat: GitLab was not told of this run: ${toInertLine(toMessage(error))}\n`);
  }
}
