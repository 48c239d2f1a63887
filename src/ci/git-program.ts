import { toBareEnv } from './bare-env.ts';
import { findOnPath } from './find-on-path.ts';

/** How git is called here: the program, the settings that come before every command, and all of its environment. */
export type GitProgram = { file: string; options: string[]; env: Record<string, string> };

/**
 * Git as a program that only answers questions: it takes no lock, runs no hook or file system monitor, asks nothing of a
 * terminal or a network, and gets no token. null when it is not on PATH.
 */
export async function findGit(env: Record<string, string>): Promise<GitProgram | null> {
  const file = await findOnPath('git', env);
  if (file === null) return null;
  const settings = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'status.renames=false', ...readSafe(env)];
  return {
    file,
    options: settings.flatMap((setting) => ['-c', setting]),
    env: {
      ...toBareEnv(env, ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM', 'GIT_CEILING_DIRECTORIES']),
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
    },
  };
}

/** `safe.directory` is often set through GIT_CONFIG_KEY_n, beside headers with tokens: only the former is let through. */
function readSafe(env: Record<string, string>): string[] {
  return Object.entries(env)
    .filter(([name, value]) => /^GIT_CONFIG_KEY_\d+$/.test(name) && value.toLowerCase() === 'safe.directory')
    .map(([name]) => `safe.directory=${env[name.replace('KEY', 'VALUE')] ?? ''}`);
}
