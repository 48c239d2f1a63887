import { randomBytes } from 'node:crypto';
import type { JobLog } from '../log/job-log.ts';
import type { Io, Output } from './io.ts';
import { widthOf } from './terminal.ts';

/** The values of `--log`. */
export const logChoices = ['auto', 'live', 'plain', 'github', 'gitlab', 'json'] as const;
export type LogChoice = (typeof logChoices)[number];
export type LogKind = Exclude<LogChoice, 'auto'>;

/** `auto` resolved: the forge's own folding in its jobs, a live list on a terminal, plain lines elsewhere. */
export function chooseLog(choice: LogChoice, output: Output, env: Io['env']): LogKind {
  if (choice !== 'auto') return choice;
  if (env['GITHUB_ACTIONS'] === 'true') return 'github';
  if (env['GITLAB_CI'] === 'true') return 'gitlab';
  const live = output.isTTY === true && env['TERM'] !== 'dumb' && (env['CI'] ?? '') === '';
  return live ? 'live' : 'plain';
}

type Write = (text: string) => void | Promise<void>;

/** What a log may use of the process. */
type Means = { write: Write; output: Output; color: boolean; io: Pick<Io, 'env' | 'now'> };

/** Each kind's code is loaded when it is wanted. */
const makers: Record<LogKind, (means: Means) => Promise<JobLog>> = {
  live: async ({ write, output, color, io }) =>
    (await import('../log/live.ts')).makeLiveLog({
      write,
      dumb: output.isTTY !== true || io.env['TERM'] === 'dumb',
      color,
      columns: () => widthOf(output),
      now: io.now,
      every: (ms, tick) => {
        const timer = setInterval(tick, ms);
        return () => clearInterval(timer);
      },
    }),
  plain: async ({ write }) => (await import('../log/plain.ts')).makePlainLog({ write }),
  github: async ({ write }) =>
    (await import('../log/github.ts')).makeGithubLog({ write, randomToken: () => randomBytes(32).toString('hex') }),
  gitlab: async ({ write }) => (await import('../log/gitlab.ts')).makeGitlabLog({ write }),
  json: async ({ write }) => (await import('../log/json.ts')).makeJsonLog({ write }),
};

/** The log of that kind, writing to `output`. */
export function makeJobLog(kind: LogKind, means: Omit<Means, 'write'>): Promise<JobLog> {
  return makers[kind]({ ...means, write: makeWriter(means.output) });
}

/**
 * Writes to a stream so that a slow reader is waited for, and one that has gone away is written to no more: the run
 * goes on without it.
 */
function makeWriter(output: Output): Write {
  let isGone = false;
  output.once('error', () => {
    isGone = true;
  });
  const write = (text: string): Promise<void> =>
    new Promise((resolve) => {
      // The callback comes also when the write fails, where no `drain` would.
      if (output.write(text, () => resolve())) resolve();
    });
  return (text) => (isGone ? undefined : write(text));
}
