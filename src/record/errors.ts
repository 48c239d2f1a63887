import { CodedError } from '../lib/errors.ts';

/** Why events give no record. */
export class RecordError extends CodedError<
  'foreign_event' | 'not_started' | 'no_plan' | 'not_finalized' | 'unknown_step'
> {}
