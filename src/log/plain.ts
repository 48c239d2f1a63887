import type { RunEvent } from '../schema/event.ts';
import { toInertOutput } from './inert-output.ts';
import type { JobLog } from './job-log.ts';
import { makeProgress } from './progress.ts';
import { makeStepOutput, type StepOutput } from './step-output.ts';
import { toEndLine, toRetryLine, toRunLine, toSkipLine, toTitle, toWarningLine } from './wording.ts';

/** A log of plain lines, for files, pipes and CI systems that fold nothing: output is marked with its step, `[unit]`. */
export function makePlainLog(options: { write: (text: string) => void | Promise<void> }): JobLog {
  const progress = makeProgress();
  const outputs = new Map<string, StepOutput>();

  const outputOf = (id: string): StepOutput => {
    const known = outputs.get(id) ?? makeStepOutput(false);
    outputs.set(id, known);
    return known;
  };
  const end = (id: string): string => {
    const rest = outputs.get(id)?.end() ?? '';
    outputs.delete(id);
    return mark(id, rest);
  };

  const toText = (event: RunEvent): string => {
    switch (event.type) {
      case 'step_started':
        return event.attempt > 1 ? '' : `> ${toTitle(progress.step(event.step_id))}\n`;
      case 'step_output':
        return mark(event.step_id, outputOf(event.step_id).push(event));
      case 'step_retrying':
        return `${end(event.step_id)}${toRetryLine(progress.step(event.step_id), event)}\n`;
      case 'step_warning':
        return `${toWarningLine(event)}\n`;
      case 'step_finished':
        return `${end(event.step_id)}${toEndLine(progress.step(event.step_id), event.result)}\n`;
      case 'step_skipped':
        return `${toSkipLine(progress.step(event.step_id), event)}\n`;
      default: {
        const line = toRunLine(event, progress);
        return line === undefined ? '' : `${line}\n`;
      }
    }
  };

  return {
    write(event) {
      progress.apply(event);
      const text = toText(event);
      return text === '' ? undefined : options.write(text);
    },
    end() {
      const rest = [...outputs.keys()].map(end).join('');
      return rest === '' ? undefined : options.write(rest);
    },
  };
}

function mark(id: string, lines: string): string {
  if (lines === '') return '';
  const prefix = `[${toInertOutput(id, false)}] `;
  return `${prefix}${lines.slice(0, -1).replaceAll('\n', () => `\n${prefix}`)}\n`;
}
