import { CodedError } from '../lib/errors.ts';

/** Why a step's process could not be started. The message follows "could not be started: ". */
export class SpawnError extends CodedError<
  | 'cwd_not_found'
  | 'cwd_outside'
  | 'program_not_found'
  | 'not_permitted'
  | 'script_not_written'
  | 'refused_by_system'
  | 'port_taken'
> {}
