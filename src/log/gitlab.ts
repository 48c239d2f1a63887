import { makeGroupedLog } from './grouped.ts';
import type { JobLog } from './job-log.ts';
import { toTitle } from './wording.ts';

const eraseLine = '\u001B[0K';

/**
 * The job log of GitLab: a collapsed section for each step.
 * Source: docs.gitlab.com, "Custom collapsible sections": names of letters, digits, "_", "." and "-".
 */
export function makeGitlabLog(options: { write: (text: string) => void | Promise<void> }): JobLog {
  let section = 0;
  const mark = (edge: 'start' | 'end', at: string, suffix: string): string =>
    `${eraseLine}section_${edge}:${Math.floor(Date.parse(at) / 1000)}:quoderat_${section}${suffix}\r${eraseLine}`;
  return makeGroupedLog(
    {
      open(step, at) {
        section += 1;
        return `${mark('start', at, '[collapsed=true]')}${toTitle(step)}\n`;
      },
      close: (_step, at) => `${mark('end', at, '')}\n`,
      outcome: (_step, _result, line) => `${line}\n`,
    },
    options.write,
  );
}
