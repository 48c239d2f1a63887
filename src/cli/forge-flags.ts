import { CliError } from './cli-error.ts';

export const forgeModes = ['auto', 'always', 'never'] as const;
export type ForgeMode = (typeof forgeModes)[number];
export type ForgeFlags = { comment?: ForgeMode; commitStatus?: ForgeMode };

/** What is to become of the page on a forge. */
export type ForgePlan = {
  modes: { note: ForgeMode; status: ForgeMode };
  /** Whether anything is asked for, or GitLab is there: what does it is loaded only then. */
  isWanted: boolean;
};

/**
 * The options, else QUODERAT_COMMENT and QUODERAT_COMMIT_STATUS, which the component sets for all commands of a job, else auto.
 * @throws CliError usage
 */
export function chooseForgePlan(flags: ForgeFlags, env: Record<string, string>): ForgePlan {
  const note = flags.comment ?? readMode('QUODERAT_COMMENT', env);
  const status = flags.commitStatus ?? readMode('QUODERAT_COMMIT_STATUS', env);
  const isAsked = note === 'always' || status === 'always';
  return {
    modes: { note, status },
    isWanted: isAsked || Boolean(env['QUODERAT_GITLAB_REPORTS'] || env['CI_API_V4_URL']),
  };
}

function readMode(name: string, env: Record<string, string>): ForgeMode {
  const named = env[name]?.trim() || 'auto';
  const mode = forgeModes.find((known) => known === named);
  if (mode === undefined) throw new CliError('usage', `${name} must be one of ${forgeModes.join(', ')}`);
  return mode;
}
