import { makeProcessKind } from '../process-kind.ts';

/** A program that is run for its effect: declared files that are not there are worth a warning. */
export const command = makeProcessKind({ report: 'warn', output: 'warn' });
