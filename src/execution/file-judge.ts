import type { Cause } from '../schema/record.ts';
import type { AttemptContext } from './step-context.ts';

export type FileJudge = {
  /** Holds a fault of a declared file against the step, or tells it as a warning, as the kind's rule and allow_empty say. */
  judge: (rule: 'fail' | 'warn', cause: Cause) => void;
  /** The first that was held against it. */
  fault: () => Cause | null;
};

export function makeFileJudge(context: AttemptContext): FileJudge {
  let fault: Cause | null = null;
  return {
    judge(rule, cause) {
      if (rule === 'fail' && !context.step.allow_empty) {
        fault ??= { ...cause, message: context.redact(cause.message, 'cause/message') };
        return;
      }
      const missing = cause.code === 'report_missing' || cause.code === 'output_missing';
      context.warn(missing ? 'glob_matched_nothing' : 'file_not_captured', cause.message);
    },
    fault: () => fault,
  };
}
