import { makeProcessKind } from '../process-kind.ts';

/** Tests: without the report they declare nothing is known to have run. */
export const test = makeProcessKind({ report: 'fail', output: 'warn' });
