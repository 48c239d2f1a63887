import type { RunEvent } from '../schema/event.ts';
import type { Attempt } from '../schema/record.ts';
import { type Backlog, type Backlogs, makeBacklogs } from './backlog.ts';
import type { JobLog } from './job-log.ts';
import { makeProgress, type StepView } from './progress.ts';
import { makeStepOutput, type StepOutput } from './step-output.ts';
import { toEndLine, toRetryLine, toRunLine, toSkipLine, toWarningLine } from './wording.ts';

/** How a forge folds the output of a step. Texts are whole lines, each ended by "\n". */
export type GroupDialect = {
  /** @param at the event's timestamp */
  open(step: StepView, at: string): string;
  close(step: StepView, at: string): string;
  /** What follows the group of a step that is over: its outcome, outside of the fold. */
  outcome(step: StepView, result: Attempt, line: string): string;
};

type Group = {
  step: StepView;
  output: StepOutput;
  backlog: Backlog;
  hasColor: boolean;
  result: Attempt | null;
};

const reset = '\u001B[0m';

/** A service goes on until the others are over: shown live, it would keep all of them back until then. */
function mayBeLive({ step }: Group): boolean {
  return step.kind !== 'service';
}

/**
 * A log in groups, which forges can't interleave: one step at a time is shown live. The others wait, bounded, and are
 * shown when their turn comes; those that are over first, and then the one that began first. Services are shown when they
 * are over.
 */
export function makeGroupedLog(dialect: GroupDialect, write: (text: string) => void | Promise<void>): JobLog {
  const progress = makeProgress();
  const backlogs: Backlogs = makeBacklogs();
  /** Begun and not yet shown to their end, in the order of their beginning; and those over, in the order of their end. */
  const groups = new Map<string, Group>();
  const over: Group[] = [];
  let live: Group | null = null;
  /** Lines about the run or about other steps that came while a group was open. */
  let later: string[] = [];
  let out = '';

  const tell = (line: string): void => {
    if (live === null) out += `${line}\n`;
    else later.push(line);
  };
  const add = (group: Group, text: string): void => {
    if (text === '') return;
    group.hasColor ||= text.includes('\u001B');
    if (group === live) out += text;
    else group.backlog.add(text);
  };
  /** A line of ours among the step's own. */
  const remark = (group: Group, line: string): void => add(group, `${group.hasColor ? reset : ''}${line}\n`);
  const begin = (group: Group, at: string): void => {
    live = group;
    const { text, lost } = group.backlog.take();
    out += dialect.open(group.step, at);
    if (lost > 0)
      out += `… ${lost} characters of earlier output are left out here; the step's artifacts have all of it\n`;
    out += text;
  };
  const finish = (group: Group, at: string): void => {
    live = null;
    groups.delete(group.step.id);
    const { step, result, hasColor } = group;
    const normal = hasColor ? reset : '';
    out += dialect.close(step, at);
    // Never a reset before a command of ours: that has to begin its line.
    if (result !== null) out += dialect.outcome(step, result, normal + toEndLine(step, result));
    else if (hasColor) out += `${normal}\n`;
    for (const line of later) out += `${line}\n`;
    later = [];
  };
  const next = (at: string): void => {
    for (const group of over.splice(0)) {
      begin(group, at);
      finish(group, at);
    }
    const oldest = [...groups.values()].find(mayBeLive);
    if (oldest !== undefined) begin(oldest, at);
  };
  const groupOf = (id: string, at: string): Group => {
    const known = groups.get(id);
    if (known !== undefined) return known;
    const group = {
      step: progress.step(id),
      output: makeStepOutput(true),
      backlog: backlogs.make(),
      hasColor: false,
      result: null,
    };
    groups.set(id, group);
    if (live === null && mayBeLive(group)) begin(group, at);
    return group;
  };

  const take = (event: RunEvent): void => {
    const at = event.timestamp;
    switch (event.type) {
      case 'step_started':
        groupOf(event.step_id, at);
        break;
      case 'step_output': {
        const group = groupOf(event.step_id, at);
        add(group, group.output.push(event));
        break;
      }
      case 'step_retrying': {
        const group = groupOf(event.step_id, at);
        add(group, group.output.end());
        remark(group, toRetryLine(group.step, event));
        break;
      }
      case 'step_warning': {
        const group = groups.get(event.step_id);
        if (group === undefined) tell(toWarningLine(event));
        else remark(group, toWarningLine(event));
        break;
      }
      case 'step_finished': {
        const group = groupOf(event.step_id, at);
        add(group, group.output.end());
        group.result = event.result;
        if (group !== live) {
          groups.delete(event.step_id);
          over.push(group);
          if (live === null) next(at);
          break;
        }
        finish(group, at);
        next(at);
        break;
      }
      case 'step_skipped':
        tell(toSkipLine(progress.step(event.step_id), event));
        break;
      default: {
        const line = toRunLine(event, progress);
        if (line !== undefined) tell(line);
      }
    }
  };

  let lastAt = '';
  const flush = (): void | Promise<void> => {
    if (out === '') return;
    const text = out;
    out = '';
    return write(text);
  };
  return {
    write(event) {
      progress.apply(event);
      lastAt = event.timestamp;
      take(event);
      return flush();
    },
    end() {
      // Steps that had no outcome: a signal came, or the run broke off.
      for (let group = live; group !== null; group = live) {
        add(group, group.output.end());
        finish(group, lastAt);
        next(lastAt);
      }
      for (const group of groups.values()) {
        begin(group, lastAt);
        add(group, group.output.end());
        finish(group, lastAt);
      }
      return flush();
    },
  };
}
