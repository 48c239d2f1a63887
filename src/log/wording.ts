import { formatDuration } from '../lib/duration.ts';
import { toInertLine } from '../render/inert.ts';
import { toHeadline } from '../render/outcome.ts';
import { toReason, toStepWord } from '../render/step-words.ts';
import type { EventOf, RunEvent } from '../schema/event.ts';
import type { Attempt } from '../schema/record.ts';
import type { Progress, StepView } from './progress.ts';
import { toInertOutput } from './inert-output.ts';

/** `unit (test)`: inert, and begins with a letter or a digit. */
export function toTitle({ id, kind }: StepView): string {
  return safe(`${id} (${kind})`);
}

export function toEndLine(step: StepView, result: Attempt): string {
  const { symbol, word } = toStepWord({ ...step, status: result.status });
  const reason = toReason(result);
  const attempt = result.attempt > 1 ? ` on attempt ${result.attempt} of ${step.maxAttempts}` : '';
  const time = formatDuration(result.duration_ms);
  return safe(`${symbol} ${toTitle(step)} ${word} in ${time}${attempt}${reason === '' ? '' : `: ${reason}`}`);
}

export function toSkipLine(step: StepView, { reason }: EventOf<'step_skipped'>): string {
  return safe(`○ ${toTitle(step)} not run: ${reason}`);
}

export function toRetryLine(step: StepView, event: EventOf<'step_retrying'>): string {
  const { result, next_attempt: next, delay_ms: delay } = event;
  const reason = toReason(result);
  const why = reason === '' ? toStepWord({ ...step, status: result.status }).word : reason;
  const wait = delay === 0 ? 'now' : `in ${formatDuration(delay)}`;
  return safe(`! ${step.id}: attempt ${result.attempt} of ${step.maxAttempts}: ${why}; attempt ${next} starts ${wait}`);
}

export function toWarningLine({ step_id, message }: EventOf<'step_warning'>): string {
  return safe(`! ${step_id}: warning: ${message}`);
}

/** What an event says of the run as a whole, as one line; undefined where it says nothing to people. */
export function toRunLine(event: RunEvent, progress: Progress): string | undefined {
  const line = toLine(event, progress);
  return line === undefined ? undefined : safe(line);
}

function toLine(event: RunEvent, progress: Progress): string | undefined {
  switch (event.type) {
    case 'run_started': {
      const { git } = event.subject;
      const commit = git === null ? 'a workspace that is no git checkout' : `commit ${git.commit_sha}`;
      return `${event.worker.name} ${event.worker.version}: run ${event.run_id} of ${commit}`;
    }
    case 'plan_ready': {
      const { name, steps, max_parallel: parallel } = event.plan;
      const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
      return `Plan ${name}: ${count}, ${parallel === 1 ? 'one at a time' : `up to ${parallel} at a time`}, hash ${event.plan_hash}`;
    }
    case 'observation_recorded':
      // The one observation that is news while the run goes on: from here on others may start.
      return event.observation.type === 'service' ? `${event.step_id}: ${event.observation.summary}` : undefined;
    case 'finalize_started':
      return `${toHeadlineOf(event, progress)} in ${formatDuration(progress.elapsed(event))}`;
    case 'finalize_failed':
      return `Not sealed: ${event.reason}`;
    case 'run_finalized':
      return `Evidence ${event.evidence_id} sealed: head ${event.head_entry_hash}, envelope sha256:${event.envelope_sha256}`;
    case 'error':
      return `! ${event.code}: ${event.message}`;
    default:
      return undefined;
  }
}

function toHeadlineOf({ status, termination }: EventOf<'finalize_started'>, progress: Progress): string {
  // A step without an outcome was cut off before it could have one.
  const steps = progress
    .steps()
    .map((step) => ({ status: step.status ?? ('aborted' as const), continue_on_error: step.continue_on_error }));
  return toHeadline({ status, termination, steps }).sentence;
}

/** Our own lines hold names and messages of strangers, and stand outside of stop-commands. */
function safe(line: string): string {
  return toInertOutput(toInertLine(line, 2000), false);
}
