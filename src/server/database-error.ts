import { CodedError } from '../lib/errors.ts';

/** Why there is no database: each message says what to do, DATABASE_URL being the way around all of them. */
export type DatabaseErrorCode =
  | 'missing_package'
  | 'no_user'
  | 'unreadable_folder'
  | 'in_use'
  | 'not_started'
  | 'unreachable'
  | 'newer_schema'
  | 'changed_schema';
export class DatabaseError extends CodedError<DatabaseErrorCode> {}
