import { CodedError } from '../lib/errors.ts';

/** A report that can't be read as what it was declared to be. The message says what and where. */
export class ReportError extends CodedError<'report_empty' | 'report_unreadable'> {}

/** @throws ReportError always */
export function refuse(message: string): never {
  throw new ReportError('report_unreadable', message);
}
