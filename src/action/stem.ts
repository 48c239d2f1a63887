import { toArtifactStem } from '../publish/github/artifact-name.ts';
import type { ActionInputs } from './inputs.ts';

/** The first part of the names of what this step uploads. */
export function toStem(name: string, { checkRunId, matrix }: ActionInputs, env: Record<string, string>): string {
  return toArtifactStem(name, {
    checkRunId,
    matrix,
    job: env['GITHUB_JOB'] ?? '',
    action: env['GITHUB_ACTION'] ?? '',
    attempt: env['GITHUB_RUN_ATTEMPT'] ?? '1',
  });
}
