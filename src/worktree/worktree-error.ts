import { CodedError } from '../lib/errors.ts';

export class WorktreeError extends CodedError<
  'git_not_found' | 'not_a_checkout' | 'no_commit' | 'odd_filter' | 'git_failed' | 'no_room'
> {}

/** Whether something was thrown for what a machine does (git failed, the time is over, the disk is full): else it is a bug. */
export function isForeseen(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted || error instanceof WorktreeError || (error instanceof Error && 'code' in error);
}
