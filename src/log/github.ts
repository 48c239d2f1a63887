import { toInertLine } from '../render/inert.ts';
import { isFailure } from '../render/outcome.ts';
import { toReason, toStepWord } from '../render/step-words.ts';
import type { Attempt } from '../schema/record.ts';
import { makeGroupedLog } from './grouped.ts';
import type { JobLog } from './job-log.ts';
import type { StepView } from './progress.ts';
import { toTitle } from './wording.ts';

/** GitHub shows ten annotations of a kind per step. */
const maxAnnotations = 10;

/**
 * The job log of a GitHub Actions runner. All of it goes to one stream: on two, a child's line could be read before
 * the command that makes it harmless. Each group stops the runner's commands with a token of its own, which no child
 * ever sees. Source: docs.github.com, "Workflow commands"; actions/runner, ActionCommandManager.cs.
 * @param options.randomToken gives 32 or more random hex digits, others each time
 */
export function makeGithubLog(options: {
  write: (text: string) => void | Promise<void>;
  randomToken: () => string;
}): JobLog {
  let token = '';
  let annotations = 0;
  return makeGroupedLog(
    {
      open(step) {
        token = options.randomToken();
        return `::group::${toData(toTitle(step))}\n::stop-commands::${token}\n`;
      },
      close: () => `::${token}::\n::endgroup::\n`,
      outcome(step, result, line) {
        const failed = isFailure(result) || result.status === 'aborted';
        if (!failed || annotations === maxAnnotations) return `${line}\n`;
        annotations += 1;
        return `${line}\n${toAnnotation(step, result)}\n`;
      },
    },
    options.write,
  );
}

function toAnnotation(step: StepView, result: Attempt): string {
  const level = step.continue_on_error || result.status === 'aborted' ? 'warning' : 'error';
  const { word } = toStepWord({ ...step, status: result.status });
  const title = toProperty(toInertLine(`${step.id} ${word}`, 200));
  return `::${level} title=${title}::${toData(toReason(result) || word)}`;
}

/** The escapes of a command's data, and of its properties (actions/toolkit, core/src/command.ts). */
function toData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function toProperty(text: string): string {
  return toData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
