import { CodedError } from '../lib/errors.ts';

export class WorktreeError extends CodedError<
  'git_not_found' | 'not_a_checkout' | 'no_commit' | 'odd_filter' | 'git_failed' | 'no_room'
> {}
